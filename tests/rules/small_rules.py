"""A rule folder that is the shipped one with a few invented names and one relation: it loads in no time."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from kg.rules import ruleset

RELATION = "投资"
LEXICON = {
    "机构": ["云杉科技", "青藤智能", "蓝鲸资本", "远帆集团"],
    "产品": ["Bluebird"],
    "地点": ["中国", "法国", "滨海"],
}
RULE = {
    "relation": RELATION,
    "triggers": ["投资"],
    "frames": ["【head】…【trigger】[了]【tail】"],
    "examples": ["云杉科技投资了青藤智能 => 云杉科技 投资 青藤智能", "云杉科技没有投资青藤智能 => none"],
}


def write(path: Path, data: object) -> None:
    """Write a rule file."""
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def copy(folder: Path, rule: dict[str, object] | None = None) -> Path:
    """Fill `folder` with the small rules, whose one relation file is `rule` or RULE."""
    shutil.copytree(
        ruleset.shipped(), folder, ignore=shutil.ignore_patterns("lexicon", "relations", "schema")
    )
    (folder / "lexicon").mkdir()
    (folder / "relations").mkdir()
    for kind, names in LEXICON.items():
        write(folder / "lexicon" / f"{kind}.yaml", {"type": kind, "entities": {name: [] for name in names}})
    write(folder / "relations" / f"{RELATION}.yaml", rule or RULE)
    return folder
