"""A copy of the shipped rules to break, and the rules themselves loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest
from rule_copies import small_rules

from kg.extraction import Extractor
from kg.rules import ruleset
from kg.rules.ruleset import RuleSet


@pytest.fixture
def rules_dir(tmp_path: Path) -> Path:
    return small_rules(tmp_path / "rules")


@pytest.fixture(scope="session")
def shipped_rules() -> RuleSet:
    return Extractor.load(ruleset.shipped()).rules


@pytest.fixture(scope="session")
def few_rules(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    """The rules of `rules_dir`, loaded."""
    return ruleset.load(small_rules(tmp_path_factory.mktemp("few") / "rules"))
