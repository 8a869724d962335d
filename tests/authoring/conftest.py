"""A copy of the shipped rules to break, and the rules themselves loaded once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.rules import ruleset
from kg.rules.ruleset import RuleSet

KEPT = ("chips.yaml", "documents.yaml", "companies-us.yaml", "companies-cn-internet.yaml")
"""The lexicon files of the copy: a small one loads fast."""

RELATION = """\
# 买下一家公司、一个产品。
relation: 收购
triggers: [收购, 并购, 买下]
not_in: [收购方]
frames:
  - 及物
examples:
  - 谷歌以320亿美元收购Wiz => 谷歌 收购 Wiz
  - 谷歌否认收购Wiz => none
"""
"""The copy's file of one relation, which tests change: the shipped one may be rewritten at any time."""


@pytest.fixture
def rules_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    shutil.copytree(ruleset.shipped(), folder)
    for path in (folder / "lexicon").iterdir():
        if path.name not in KEPT:
            path.unlink()
    (folder / "relations" / "收购.yaml").write_text(RELATION, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def shipped_rules() -> RuleSet:
    return ruleset.load(ruleset.shipped())
