"""Scoring against gold: what counts as right, wrong and missed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluate import evaluate, render

ARTICLE = "谷歌以320亿美元收购了Wiz。微软与OpenAI合作。"
GOLD = {
    "id": "a",
    "entities": [
        {"id": "e1", "type": "机构", "name": "谷歌", "aliases": ["Google"]},
        {"id": "e2", "type": "机构", "name": "Wiz"},
        {"id": "e3", "type": "机构", "name": "微软"},
        {"id": "e4", "type": "机构", "name": "OpenAI", "aliases": ["Open AI"]},
        {"id": "e5", "type": "产品", "name": "文心一言 4.0"},
    ],
    "triples": [
        {
            "head": "e1",
            "relation": "收购",
            "tail": "e2",
            "evidence": "谷歌以320亿美元收购了Wiz",
            "time": "2024",
        },
        {
            "head": "e3",
            "relation": "合作",
            "tail": "e4",
            "evidence": "微软与OpenAI合作",
            "certainty": "hedged",
        },
        {"head": "e1", "relation": "研发", "tail": "e5", "evidence": "320亿美元"},
    ],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(GOLD, ensure_ascii=False), encoding="utf-8")
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


def predicted(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder.parent / "predicted.jsonl"
    lines = (json.dumps({"doc": "a", **row}, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def triple(head: str, relation: str, tail: str, **more: Any) -> dict[str, Any]:
    return {"head": head, "relation": relation, "tail": tail, **more}


def test_a_name_matches_by_alias_width_case_and_spaces(gold: Path) -> None:
    found = evaluate(gold, predicted=predicted(gold, triple("Ｇoogle", "收购", "wiz")))
    assert (found.strict.right, found.strict.wrong, found.strict.missed) == (1, 0, 2)


def test_a_triple_counts_once_however_often_it_is_predicted(gold: Path) -> None:
    rows = [triple("谷歌", "收购", "Wiz")] * 3 + [triple("谷歌", "收购", "微软")] * 2
    found = evaluate(gold, predicted=predicted(gold, *rows))
    assert (found.strict.right, found.strict.wrong) == (1, 1)


def test_a_symmetric_relation_has_no_direction_and_others_have(gold: Path) -> None:
    rows = [triple("Open AI", "合作", "微软"), triple("Wiz", "收购", "谷歌")]
    found = evaluate(gold, predicted=predicted(gold, *rows))
    assert [(wrong.head, wrong.tail) for wrong in found.wrong] == [("Wiz", "谷歌")]


def test_relaxed_takes_longer_names_and_sibling_relations(gold: Path) -> None:
    rows = [triple("谷歌公司", "收购", "Wiz"), triple("谷歌", "发布", "文心一言4.0")]
    found = evaluate(gold, predicted=predicted(gold, *rows))
    assert found.strict.right == 0
    assert (found.relaxed.right, found.relaxed.wrong, found.relaxed.missed) == (2, 0, 1)


def test_a_department_whose_name_holds_its_parents_counts_for_nothing(gold: Path) -> None:
    found = evaluate(gold, predicted=predicted(gold, triple("谷歌研究院", "隶属", "谷歌")))
    assert (found.strict.right, found.strict.wrong) == (0, 0)


def test_relations_and_articles_that_the_gold_does_not_know_are_passed_over(gold: Path) -> None:
    rows = [triple("谷歌", "喜欢", "Wiz"), triple("谷歌", "收购", "微软", doc="b")]
    assert evaluate(gold, predicted=predicted(gold, *rows)).strict.wrong == 0


def test_each_rule_answers_for_what_it_said(gold: Path) -> None:
    rows = [triple("谷歌", "收购", "Wiz", rule="收购/甲"), triple("谷歌", "收购", "OpenAI", rule="收购/乙")]
    found = evaluate(gold, predicted=predicted(gold, *rows))
    assert [(rule.rule, rule.right, rule.wrong) for rule in found.rules] == [
        ("收购/乙", 0, 1),
        ("收购/甲", 1, 0),
    ]


def test_qualifiers_are_scored_on_the_hits(gold: Path) -> None:
    rows = [triple("谷歌", "收购", "Wiz", time="2023"), triple("微软", "合作", "OpenAI", certainty="hedged")]
    qualifiers = evaluate(gold, predicted=predicted(gold, *rows)).as_json()["qualifiers"]
    assert qualifiers["time"] == {"right": 0, "gold": 1, "share": 0.0}
    assert qualifiers["certainty"] == {"right": 2, "gold": 2, "share": 1.0}


def test_a_missed_triple_shows_its_whole_sentence(gold: Path) -> None:
    found = evaluate(gold, predicted=predicted(gold, triple("微软", "合作", "OpenAI")))
    assert {missed.sentence for missed in found.missed} == {"谷歌以320亿美元收购了Wiz。"}


def test_the_shipped_rules_read_the_articles_beside_the_gold(gold: Path) -> None:
    found = evaluate(gold)
    assert [(rule.right, rule.wrong) for rule in found.rules if rule.rule.startswith("收购/")] == [(1, 0)]
    assert found.articles == 1
    render(found)


def test_an_article_without_its_text_is_named(gold: Path) -> None:
    (gold / "a.txt").unlink()
    with pytest.raises(InputError, match="no text for a"):
        evaluate(gold)


@pytest.mark.parametrize("content", ["{", "[]", '{"id": "a", "entities": [{}], "triples": []}'])
def test_a_file_that_is_no_gold_is_named(gold: Path, content: str) -> None:
    (gold / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="a.json.*no gold"):
        evaluate(gold, predicted=predicted(gold))


def test_a_broken_line_of_predictions_is_named(gold: Path) -> None:
    path = gold.parent / "predicted.jsonl"
    path.write_text(
        '{"doc": "a", "head": "谷歌", "relation": "收购", "tail": "Wiz"}\n{"doc": "a"}\n', encoding="utf-8"
    )
    with pytest.raises(InputError, match="predicted.jsonl:2"):
        evaluate(gold, predicted=path)


def test_an_empty_folder_holds_no_gold(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gold"):
        evaluate(tmp_path)
