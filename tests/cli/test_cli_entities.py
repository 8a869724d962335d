"""kg entity: why names are one, and a person's say in it that the next build obeys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calling import Kg

TEXT = "万亿参数联盟（简称万联）与OpenAI合作。\n微软投资了万联。\n"


@pytest.fixture
def graph(kg: Kg, tmp_path: Path, rules: Path) -> Path:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    assert (
        kg("build", tmp_path / "one.txt", "--rules", rules, "--out", tmp_path / "out", "--no-html").exit_code
        == 0
    )
    return tmp_path / "out" / "graph.db"


def names(kg: Kg, graph: Path, name: str) -> list[str]:
    return json.loads(kg("entity", "show", name, "--db", graph, "--json").stdout)["entity"]["names"]  # type: ignore[no-any-return]


def test_show_tells_where_each_name_was_seen_and_what_joined_it(kg: Kg, graph: Path) -> None:
    found = json.loads(kg("entity", "show", "万联", "--db", graph, "--json").stdout)
    assert {
        "name": "万联",
        "of": "万亿参数联盟",
        "why": "bracket",
        "documents": ["one"],
        "ended": None,
    } in found["names"]
    assert "bracket: 万亿参数联盟" in kg("entity", "show", "万联", "--db", graph).stdout


def test_a_split_is_obeyed_and_taken_back_by_a_merge(
    kg: Kg, graph: Path, rules: Path, tmp_path: Path
) -> None:
    build = ("build", tmp_path / "one.txt", "--rules", rules, "--out", tmp_path / "out", "--no-html")
    before = (rules / "merge.yaml").read_text(encoding="utf-8")
    assert kg("entity", "split", "万亿参数联盟", "万联", "--db", graph, "--rules", rules).exit_code == 0
    after = (rules / "merge.yaml").read_text(encoding="utf-8")
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert kg(*build).exit_code == 0
    assert names(kg, graph, "万联") == ["万联"]
    told = kg("entity", "merge", "万亿参数联盟", "万联", "--db", graph, "--rules", rules)
    assert told.exit_code == 2 and "merge.yaml:" in told.stderr and "shall never be one" in told.stderr
    assert (rules / "merge.yaml").read_text(encoding="utf-8") == after
    assert kg("entity", "merge", "OpenAI", "微软", "--db", graph, "--rules", rules).exit_code == 0
    assert kg(*build).exit_code == 0
    assert set(names(kg, graph, "微软")) == {"OpenAI", "微软"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "没有的名字"), "no entity is named"),
        (("merge", "OpenAI", "没有的名字"), "no entity is named"),
        (("merge", "OpenAI", "openai"), "it takes two names"),
        (("split", "OpenAI", "微软"), "are no longer one entity"),
        (("split", "万联", "万联"), "are one name"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    kg: Kg, graph: Path, rules: Path, arguments: tuple[str, ...], message: str
) -> None:
    before = (rules / "merge.yaml").read_bytes()
    where = () if arguments[0] == "show" else ("--rules", rules)
    told = kg("entity", *arguments, "--db", graph, *where)
    assert told.exit_code == 2 and told.stdout == "" and message in told.stderr
    assert (rules / "merge.yaml").read_bytes() == before


def test_no_doubts_are_told_as_such(kg: Kg, graph: Path) -> None:
    assert kg("entity", "doubts", "--db", graph).stdout == "no doubtful pairs\n"
