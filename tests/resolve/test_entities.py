"""Entities: which names of a document mean one, and ids that stay the same wherever a thing is met."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from extracting import document, extract, load

from kg.extraction import Extractor
from kg.model import Statement
from kg.rules import ruleset

NAMES = load(Path(__file__).parent / "cases" / "names.yaml")


def ids(text: str) -> dict[str, str]:
    """The id of every entity of a text by each of its names."""
    return {name: entity.id for entity in extract(text).entities for name in entity.names}


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=why) for kind in ("together", "apart") for why, case in NAMES[kind].items()],
)
def test_names_that_mean_one_thing_have_one_id(case: dict[str, Any]) -> None:
    groups: dict[str, set[str]] = {}
    for name, entity in ids(case["text"]).items():
        if any(name in group for group in case["groups"]):
            groups.setdefault(entity, set()).add(name)
    assert sorted(map(sorted, groups.values())) == sorted(map(sorted, case["groups"]))


@pytest.mark.parametrize("case", [pytest.param(case, id=why) for why, case in NAMES["together"].items()])
def test_a_statement_calls_a_thing_by_one_name(case: dict[str, Any]) -> None:
    statements = extract(case["text"]).statements
    assert len(statements) > 1
    by_id: dict[str, set[str]] = {}
    for item in statements:
        by_id.setdefault(item.head_id, set()).add(item.head)
        by_id.setdefault(item.tail_id, set()).add(item.tail)
    assert [names for names in by_id.values() if len(names) > 1] == []


def test_a_thing_has_the_id_of_its_canonical_name_by_whatever_name() -> None:
    met = {
        statement.tail_id
        for name in ("谷歌", "Google", "Ｇｏｏｇｌｅ", "谷歌公司")
        for statement in extract(f"云杉科技与{name}合作。").statements
    }
    assert met == {"机构:谷歌"}


def test_an_unknown_thing_has_one_id_in_every_document() -> None:
    texts = ("谷歌收购了云杉科技。", "沈若楠说,云杉科技与微软合作。", "云杉科技首席执行官沈若楠说。")
    assert {ids(text)["云杉科技"] for text in texts} == {"机构:云杉科技"}


def test_one_name_of_two_types_is_two_things() -> None:
    body = ids("Falcon公司收购了云杉科技。Falcon公司与谷歌合作。")
    product = ids("谷歌发布了Falcon 3。")
    assert not set(body.values()) & {product["Falcon 3"]}


def test_the_lexicons_name_comes_first_else_the_fullest() -> None:
    entities = extract("脸书与谷歌合作。脸书与微软合作。Meta投资了智谱。").entities
    assert next(entity.name for entity in entities if "脸书" in entity.names) == "Meta"
    entities = extract(
        "星海人工智能研究院(简称星海院)与谷歌合作。星海院与微软合作。星海院投资了智谱。"
    ).entities
    assert next(entity.name for entity in entities if "星海院" in entity.names) == "星海人工智能研究院"


def test_a_person_is_called_by_the_chinese_name() -> None:
    entities = extract("英特尔总裁鲍毅(Borje Ekholm)辞职。Borje Ekholm加入了谷歌。").entities
    assert next(entity.name for entity in entities if "Borje Ekholm" in entity.names) == "鲍毅"


def test_nothing_is_stated_of_a_thing_and_itself() -> None:
    assert extract("谷歌收购了Google。").statements == ()


def test_a_statement_that_a_sentence_makes_twice_counts_once() -> None:
    assert len(extract("谷歌收购了云杉科技,谷歌收购了云杉科技。").statements) == 1


def test_both_sides_of_a_symmetric_relation_stand_in_the_order_of_the_text() -> None:
    (statement,) = extract("微软将与谷歌合作。").statements
    assert (statement.head, statement.tail) == ("微软", "谷歌")


def statements(text: str, id: str = "doc") -> tuple[Statement, ...]:
    extractor = Extractor.load(ruleset.shipped())
    return extractor.extract(document(text, "2024-05-20", id)).statements


def test_the_id_of_a_statement_is_the_same_in_every_run() -> None:
    text = "谷歌昨日收购了云杉科技。云杉科技与微软合作。"
    first = statements(text)
    assert len(first) == 2
    assert statements(text) == first
    assert [item.id for item in statements(text)] == [item.id for item in first]


def test_the_id_of_a_statement_is_written_down() -> None:
    """Whoever keeps ids of an earlier build must find them again."""
    (statement,) = statements("谷歌收购了云杉科技。", "a-document")
    assert statement.id == "e5dd21e99c3f6be5"


def test_another_document_sentence_or_pair_is_another_statement() -> None:
    again = statements("谷歌收购了云杉科技。谷歌收购了云杉科技。谷歌收购了智谱。")
    other = statements("谷歌收购了云杉科技。", "another")
    assert len({item.id for item in (*again, *other)}) == len(again) + len(other) == 4


def test_the_rule_and_its_certainty_do_not_make_another_statement() -> None:
    """Editing a rule must not make new statements of those that stay."""
    (plain,) = statements("谷歌收购了云杉科技。")
    edited = replace(plain, rule="收购/another", certainty="hedged", qualifiers=(("金额", "1亿元"),))
    assert edited.id == plain.id
