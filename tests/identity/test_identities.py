"""Things of several documents: which are one, why, and what is left to a person."""

from __future__ import annotations

import pytest

from kg.ontology import Kinds
from kg.resolve.decisions import Decisions
from kg.resolve.identities import identify
from kg.rules.schema import MergeFile
from kg.store.identifying import FormRow

KINDS = Kinds(person=frozenset(("人物",)), product=frozenset(("产品",)), technology=frozenset(("技术",)))

Form = tuple[str, str, str, str]


def joined(
    forms: list[Form], **decided: object
) -> tuple[set[tuple[str, str, str]], set[tuple[str, str, str]]]:
    """(merged id, entity id, why) and (id, id, why of the doubt) of forms (id, name, of, why)."""
    ids = list(dict.fromkeys(form[0] for form in sorted(forms)))
    rows = [FormRow(ids.index(form[0]), *form, 1, 1) for form in sorted(forms)]
    made = Decisions(MergeFile.model_validate(decided), ["Turbo"], ["有限公司"], KINDS)
    found = identify(rows, made)
    merged = {(ids[each.identity], ids[each.entity], each.why) for each in found.merged}
    return merged, {(doubt.one, doubt.other, doubt.why) for doubt in found.doubts}


def alone(kind: str, name: str, why: str = "") -> Form:
    return f"{kind}:{name}", name, name if why else "", why


def test_a_name_that_another_document_explains_is_that_thing() -> None:
    forms = [
        alone("机构", "蔚蓝学会"),
        ("机构:蔚蓝学会", "蔚会", "蔚蓝学会", "bracket"),
        alone("机构", "蔚会"),
    ]
    assert joined(forms) == ({("机构:蔚蓝学会", "机构:蔚会", "bracket")}, set())


def test_a_short_name_of_two_things_joins_none_and_is_doubtful() -> None:
    forms = [
        alone("机构", "凌霄"),
        alone("机构", "凌霄电子"), ("机构:凌霄电子", "凌霄", "凌霄电子", "short form"),
        alone("机构", "凌霄控股"), ("机构:凌霄控股", "凌霄", "凌霄控股", "short form"),
    ]  # fmt: skip
    merged, doubts = joined(forms)
    assert merged == set() and len(doubts) == 3


def test_what_is_written_otherwise_is_one() -> None:
    assert joined([alone("机构", "OpenAI", "lexicon"), alone("机构", "openai")])[0]
    assert joined([alone("机构", "華為"), alone("机构", "华为")])[0]
    assert joined([alone("机构", "清雁科技"), alone("机构", "清雁科技有限公司")])[0]
    assert joined([alone("机构", "上海交大"), alone("机构", "上海交通大学")], short={"交通大学": ["交大"]})[0]


def test_one_name_of_two_types_is_one_thing_unless_the_lexicon_knows_both() -> None:
    assert joined([alone("机构", "微知", "lexicon"), alone("产品", "微知")])[0] == {
        ("产品:微知", "机构:微知", "same name")
    }
    merged, doubts = joined([alone("机构", "微知", "lexicon"), alone("产品", "微知", "lexicon")])
    assert (merged, {why for _, _, why in doubts}) == (set(), {"one name, two types"})


def test_versions_are_never_merged_away() -> None:
    forms = [
        alone("产品", "GPT-4"),
        ("产品:GPT-4", "GPT-4 Turbo", "GPT-4", "bracket"),
        alone("产品", "GPT-4 Turbo"),
    ]
    assert joined(forms)[0] == set()


def test_a_part_of_a_persons_name_is_only_doubtful_elsewhere() -> None:
    forms = [
        alone("人物", "山姆·奥特曼"),
        ("人物:山姆·奥特曼", "奥特曼", "山姆·奥特曼", "part of the name"),
        alone("人物", "奥特曼"),
    ]
    assert joined(forms) == (
        set(),
        {("人物:奥特曼", "人物:山姆·奥特曼", "part of a full name in another document")},
    )


def test_a_person_decides() -> None:
    forms = [
        alone("机构", "蔚蓝学会"),
        ("机构:蔚蓝学会", "蔚会", "蔚蓝学会", "bracket"),
        alone("机构", "蔚会"),
    ]
    assert joined(forms, never=[["蔚蓝学会", "蔚会"]]) == (set(), set())
    assert joined([alone("机构", "甲"), alone("产品", "乙")], must=[["甲", "乙"]])[0]


def test_namesakes_are_joined_by_no_name() -> None:
    forms = [alone("人物", "王伟"), ("人物:王伟@华为", "王伟", "", ""), ("人物:王伟@清华", "王伟", "", "")]
    assert joined(forms, homonyms={"王伟": {"华为": ["华为"], "清华": ["清华大学"]}})[0] == set()


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_documents_does_not_matter(seed: int) -> None:
    import random

    forms = [
        alone("机构", "蔚蓝学会"),
        ("机构:蔚蓝学会", "蔚会", "蔚蓝学会", "bracket"),
        alone("机构", "蔚会"),
        alone("产品", "蔚会"),
    ]
    shuffled = random.Random(seed).sample(forms, len(forms))
    assert joined(shuffled) == joined(forms)
