"""A JSON Schema of every rule file, so that editors complete and check as one types.

`python -m kg.authoring.schemas rules/schema` writes them anew after a change of the models.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from kg.authoring.notes import notes
from kg.authoring.workspace import FOLDERS, SINGLES
from kg.rules.yamlfile import FileModel

_DIALECT = "http://json-schema.org/draft-07/schema#"
_SCALAR = ["string", "number", "boolean"]


def models() -> dict[str, type[FileModel]]:
    """Return the models by schema file: tone.json for tone.yaml, lexicon.json for lexicon/*."""
    singles = {f"{Path(name).stem}.json": model for name, model in SINGLES.items()}
    folders = {f"{name.removesuffix('s')}.json": model for name, model in FOLDERS.items()}
    return dict(sorted({**singles, **folders}.items()))


def schema(name: str) -> dict[str, Any]:
    """Return a JSON Schema by its file name; as in rules, numbers, yes and no pass for words."""
    found = _widened(models()[name].model_json_schema(by_alias=True))
    for key, note in notes().get(name, {}).items():
        if key in found["properties"]:
            found["properties"][key] = {**found["properties"][key], "description": note}
    return {"$schema": _DIALECT, **found}


def _widened(node: Any) -> Any:
    if isinstance(node, list):
        return [_widened(item) for item in node]
    if not isinstance(node, dict):
        return node
    widened = {key: _widened(value) for key, value in node.items() if key != "default"}
    if widened.get("type") == "string":
        widened["type"] = _SCALAR
    return widened


def text(name: str) -> str:
    """Return the text of a schema file."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> list[Path]:
    """Write all schemas into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name in models():
        path = folder / name
        path.write_text(text(name), encoding="utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    write(Path(sys.argv[1]))
