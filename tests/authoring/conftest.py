"""A copy of the shipped rules to break, and the rules themselves loaded once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.rules import ruleset
from kg.rules.ruleset import RuleSet

KEPT = ("chips.yaml", "documents.yaml", "companies-us.yaml", "companies-cn-internet.yaml")
"""The lexicon files of the copy: a small one loads fast."""


@pytest.fixture
def rules_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    shutil.copytree(ruleset.shipped(), folder)
    for path in (folder / "lexicon").iterdir():
        if path.name not in KEPT:
            path.unlink()
    return folder


@pytest.fixture(scope="session")
def shipped_rules() -> RuleSet:
    return ruleset.load(ruleset.shipped())
