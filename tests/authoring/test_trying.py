"""`kg rules coverage`, `diff` and `watch` try rules on articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from kg.authoring import coverage as covering
from kg.authoring import diff as differing
from kg.authoring.diff import Difference
from kg.errors import RuleError

ARTICLE = "谷歌收购了Snap公司。\n微软被谷歌收购。\n亚马逊计划收购Meta。\n"


@pytest.fixture
def articles(tmp_path: Path) -> list[str]:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return [str(path)]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    names = ("谷歌", "微软", "亚马逊", "Meta")
    data = {
        "id": "a",
        "entities": [{"id": name, "type": "机构", "name": name} for name in names],
        "triples": [{"head": "谷歌", "relation": "收购", "tail": "微软", "evidence": "微软被谷歌收购"}],
    }
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder


def edit(rules_dir: Path, old: str, new: str, name: str = "收购") -> None:
    path = rules_dir / "relations" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_coverage_counts_statements_documents_and_precision(
    rules_dir: Path, articles: list[str], gold: Path
) -> None:
    found = covering.coverage(rules_dir, articles, gold)
    passive = next(rule for rule in found.rules if rule.fired and any("微软" in s for s in rule.samples))
    assert (passive.relation, passive.fired, passive.documents, passive.precision) == ("收购", 1, 1, 1.0)
    assert found.statements == sum(rule.fired for rule in found.rules)
    assert any(rule.startswith("起诉/") for rule in found.never)
    assert json.loads(json.dumps(found.as_json()))["documents"] == 1


def test_coverage_names_the_rule_that_shadows_another(rules_dir: Path, articles: list[str]) -> None:
    edit(rules_dir, "- 及物", "- 及物\n  - 【head】【trigger】[了]【tail】")
    found = covering.coverage(rules_dir, articles)
    (shadowed,) = (rule for rule in found.shadowed if rule.rule == "收购/【head】【trigger】[了]【tail】")
    assert shadowed.by.startswith("收购/及物#")


def test_a_diff_tells_gains_losses_and_changes_apart(
    tmp_path: Path, rules_dir: Path, articles: list[str], gold: Path
) -> None:
    import shutil

    other = tmp_path / "other"
    shutil.copytree(rules_dir, other)
    edit(other, "- 及物", "- 【head】…【trigger】[了]…【tail】")
    tone = (other / "tone.yaml").read_text(encoding="utf-8")
    (other / "tone.yaml").write_text(tone.replace("计划, ", ""), encoding="utf-8")
    found = differing.diff(rules_dir, other, articles, gold)
    assert [(c.head, c.tail, c.verdict) for c in found.lost] == [("谷歌", "微软", "right")]
    assert [(c.head, c.what) for c in found.changed] == [("亚马逊", "certainty hedged → asserted")]
    assert found.gained == ()
    back = differing.diff(other, rules_dir, articles, gold)
    assert [(c.head, c.tail) for c in back.gained] == [("谷歌", "微软")]
    assert json.loads(json.dumps(found.as_json()))["counts"]["lost"] == {"all": 1, "right": 1, "wrong": 0}


def test_equal_rules_differ_in_nothing(rules_dir: Path, articles: list[str]) -> None:
    assert not differing.diff(rules_dir, rules_dir, articles)


def test_a_watch_shows_each_save_and_survives_a_broken_one(rules_dir: Path, articles: list[str]) -> None:
    edits = iter(
        [
            lambda: edit(rules_dir, "- 及物", "- 【head】…【trigger】[了]…【tail】"),
            lambda: edit(rules_dir, "triggers:", "trigers:"),
            lambda: edit(rules_dir, "trigers:", "triggers:  "),
        ]
    )

    def wait() -> bool:
        step = next(edits, None)
        if step:
            step()
        return step is not None

    seen: Iterator[Difference | RuleError] = differing.watch(rules_dir, articles, wait=wait)
    first, broken, mended = seen
    assert isinstance(first, Difference) and [change.tail for change in first.lost] == ["微软"]
    assert isinstance(broken, RuleError) and "trigers" in broken.message
    assert isinstance(mended, Difference) and not mended


def test_the_reports_can_be_shown(rules_dir: Path, articles: list[str], gold: Path) -> None:
    console = Console(width=160, force_terminal=False)
    with console.capture() as capture:
        console.print(covering.render(covering.coverage(rules_dir, articles, gold)))
        console.print(differing.render(differing.diff(rules_dir, rules_dir, articles, gold)))
    assert "rules fired" in capture.get()
    assert "0 gained, 0 lost, 0 changed" in capture.get()
