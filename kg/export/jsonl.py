"""One JSON object a line for each statement, the very format of `kg extract`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.export.atomic import atomic_text
from kg.export.model import GraphData

_DOCUMENT = ("title", "url", "date")
"""What a statement in a graph has beside the fields of `kg extract`."""


def write(data: GraphData, path: Path) -> None:
    """Write the statements by document and place; raises InputError where `path` cannot be written."""
    statements = [statement for edge in data.edges for statement in edge.statements]
    statements.sort(key=_place)
    # Half a surrogate pair has no UTF-8; Python's escape for it is JSON's too.
    with atomic_text(path, errors="backslashreplace") as out:
        for statement in statements:
            fields = {key: value for key, value in statement.items() if key not in _DOCUMENT}
            out.write(json.dumps(fields, ensure_ascii=False) + "\n")


def _place(statement: Mapping[str, Any]) -> tuple[Any, ...]:
    evidence = statement["evidence"]
    where = (evidence["start"], evidence["head"], evidence["tail"])
    return (statement["doc"], *where, statement["relation"], statement["rule"])
