"""A key of a rule file that no code reads would be an option that does nothing."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import kg
from kg.rules import schema

ROOT = Path(kg.__file__).parent
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in ROOT.rglob("*.py")
    if path.name not in ("schema.py", "schemas.py")
)
KEYS = sorted(
    {
        (model.__name__, key)
        for _, model in inspect.getmembers(schema, inspect.isclass)
        if issubclass(model, schema.FileModel)
        for key in model.model_fields
    }
)


@pytest.mark.parametrize(("model", "key"), KEYS)
def test_code_reads_the_key(model: str, key: str) -> None:
    assert re.search(rf"\.{key}\b", CODE), f"{model}.{key}"
