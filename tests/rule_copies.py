"""Smaller copies of the shipped rules: they load fast, and may be broken."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from kg.rules import ruleset

KEPT = {
    "lexicon": ("chips.yaml", "documents.yaml", "companies-us.yaml", "companies-cn-internet.yaml"),
    "relations": ("任职.yaml", "合作.yaml", "起诉.yaml"),
}
"""What the small copy has of these folders: a small one loads fast."""

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
"""The small copy's file of one relation, which tests change: the shipped one may be rewritten at any time."""


def small_rules(folder: Path) -> Path:
    """Fill `folder` with the small copy and return it."""
    shrunk(folder, KEPT)
    (folder / "relations" / "收购.yaml").write_text(RELATION, encoding="utf-8")
    return folder


def shrunk(folder: Path, kept: Mapping[str, Collection[str]]) -> None:
    """Copy the shipped rules to `folder`, of some of its folders only the files that are `kept`."""
    shutil.copytree(ruleset.shipped(), folder, ignore=shutil.ignore_patterns("schema"))
    for name, files in kept.items():
        for path in (folder / name).iterdir():
            if path.name not in files:
                path.unlink()
