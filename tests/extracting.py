"""What tests of the extraction share: a text as a document, and what was found as readable lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from _pytest.mark import ParameterSet

from kg.extraction import Extractor
from kg.model import HEDGED, Document, Extraction, Region, Statement
from kg.rules import ruleset


def document(text: str, date: str | None = None, id: str = "doc") -> Document:
    """A document that is prose from end to end."""
    return Document(id, text, (Region(0, len(text)),), date=date)


def extract(text: str, date: str | None = None) -> Extraction:
    """What the shipped rules find; conftest.py sees to it that they are read once."""
    return Extractor.load(ruleset.shipped()).extract(document(text, date))


def shown(statement: Statement) -> str:
    """`头 关系 尾 (hedged; inferred; time; 职务 总裁)`, the brackets only where something stands in them."""
    notes = [HEDGED] if statement.certainty == HEDGED else []
    notes += ["inferred"] if statement.inferred else []
    notes += [statement.time] if statement.time else []
    notes += [f"{name} {value}" for name, value in statement.qualifiers]
    said = f"{statement.head} {statement.relation} {statement.tail}"
    return f"{said} ({'; '.join(notes)})" if notes else said


def said(text: str, date: str | None = None) -> list[str]:
    """All statements of a text, in a fixed order."""
    return sorted(map(shown, extract(text, date).statements))


def load(path: Path) -> Any:
    """The data of a case file, all scalars being strings."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def grouped(path: Path) -> list[ParameterSet]:
    """The cases of a file `group: {text: expected}`, each named by its group and text."""
    return [
        pytest.param(text, expected, id=f"{group}: {text}")
        for group, texts in load(path).items()
        for text, expected in texts.items()
    ]
