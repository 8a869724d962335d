"""kg diff and kg build --dry-run: what changes, each with a sentence, and nothing touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calling import Kg
from graph_fakes import build

from kg.query.differences import diff

OLD = {"a": "谷歌 发布 Gemini/产品 2023\n谷歌 投资 Anthropic ?\n", "b": "甲 收购 乙\n"}
NEW = {
    "a": "谷歌 发布 Gemini/产品 2023\n谷歌 投资 Anthropic\n",
    "c": "谷歌 发布 Gemini/产品 2024\n谷歌 = Google\n丙 收购 谷歌\n",
}


@pytest.fixture
def graphs(tmp_path: Path) -> tuple[Path, Path]:
    return build(tmp_path / "old.db", OLD), build(tmp_path / "new.db", NEW)


def test_gained_lost_and_changed_come_with_a_sentence(graphs: tuple[Path, Path]) -> None:
    found = diff(*graphs)
    edges = [(each.kind, each.shown.edge.relation, each.shown.evidence.quote) for each in found.edges]
    assert edges == [
        ("gained", "收购", "丙 收购 谷歌"),
        ("lost", "收购", "甲 收购 乙"),
        ("changed", "发布", "谷歌 发布 Gemini/产品 2023"),
        ("changed", "投资", "谷歌 投资 Anthropic"),
    ]
    assert [(each.kind, each.entity.name) for each in found.entities] == [
        ("gained", "丙"), ("lost", "乙"), ("lost", "甲"), ("changed", "谷歌"),
    ]  # fmt: skip
    assert found.edge_counts == {"gained": 1, "lost": 1, "changed": 2}
    assert len(diff(*graphs, limit=1).edges) == 3 and diff(*graphs, limit=1).edge_counts == found.edge_counts


def test_a_graph_does_not_differ_from_itself(kg: Kg, graphs: tuple[Path, Path]) -> None:
    assert not diff(graphs[0], graphs[0])
    assert kg("diff", graphs[0], graphs[0]).stdout == "nothing changes\n"


def test_the_command_prints_for_people_and_programs(kg: Kg, graphs: tuple[Path, Path]) -> None:
    told = kg("diff", *graphs).stdout
    assert "+ 丙 收购 谷歌" in told and "- 甲 收购 乙" in told
    assert "1 sentence of 1 source, 2023 → 2 sentences of 2 sources, 2023 – 2024" in told
    assert json.loads(kg("diff", *graphs, "--json").stdout)["edges"]["changed"] == 2
    assert kg("diff", graphs[0], graphs[0].with_name("none.db")).exit_code == 2


def test_a_dry_run_shows_the_difference_and_touches_nothing(kg: Kg, articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = kg("build", articles, "--out", out, "--dry-run")
    assert first.exit_code == 0 and "+ OpenAI 发布 GPT-4o" in first.stdout and not out.exists()
    assert kg("build", articles, "--out", out, "--no-html").exit_code == 0
    before = {path: path.read_bytes() for path in out.iterdir()}
    assert kg("build", articles, "--out", out, "--dry-run").stdout == "nothing changes\n"
    (articles / "two.md").write_text("谷歌宣布投资Anthropic。\n", encoding="utf-8")
    told = kg("build", articles, "--out", out, "--dry-run").stdout
    assert "- 微软 投资 OpenAI" in told and "+ 谷歌 投资 Anthropic" in told
    assert {path: path.read_bytes() for path in out.iterdir()} == before
