"""JSON in columns."""

from __future__ import annotations

import json
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def to_json(value: Any) -> str:
    """Compact JSON that keeps Chinese readable."""
    return _ENCODER.encode(value)


def read_names(written: str) -> tuple[str, ...]:
    """The names that an entity's column holds."""
    return tuple(json.loads(written))


def read_qualifiers(written: str | None) -> tuple[tuple[str, str], ...]:
    """The qualifiers that a statement's column holds."""
    return tuple(json.loads(written).items()) if written else ()
