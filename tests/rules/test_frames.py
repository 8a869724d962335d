"""Frames: how their text is read, what each sign of the language does, what is said of a broken one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import small_rules
from extracting import document, load, shown

from kg.errors import Place, RuleError
from kg.extraction import Extractor
from kg.rules import frames
from kg.rules.alphabet import AMOUNT, ASIDE, CORE, DATE, PLURAL, Alphabet
from kg.rules.frames import Edge, FrameCompiler, Gap, Group, Literal, Node, Slot, Syntax, Types

CASES = Path(__file__).parent / "cases"
WRITTEN = load(CASES / "frames.yaml")
LANGUAGE = load(CASES / "language.yaml")


def tree(nodes: tuple[Node, ...]) -> str:
    return " ".join(map(leaf, nodes))


def leaf(node: Node) -> str:
    match node:
        case Literal(text):
            return text
        case Gap(long):
            return "……" if long else "…"
        case Edge(start):
            return "^" if start else "$"
        case Slot(name, aside, only, listed, marks):
            notes = ["aside"] * aside + [f":{only}"] * bool(only) + [f"@{listed}"] * bool(listed)
            return f"【{' '.join([name, *notes, *marks])}】"
        case Group(options, optional):
            return f"{{{'/'.join(map(tree, options))}}}" + "?" * optional


@pytest.mark.parametrize(("frame", "expected"), list(WRITTEN["trees"].items()))
def test_a_frame_is_read_as_a_tree(frame: str, expected: str) -> None:
    assert tree(frames.parse(frame)) == expected


@pytest.mark.parametrize("case", WRITTEN["errors"], ids=lambda case: case["frame"])
def test_a_frame_that_cannot_be_read_is_named_with_its_place_and_a_remedy(case: dict[str, str]) -> None:
    with pytest.raises(RuleError) as caught:
        frames.parse(case["frame"], Place("rules/投资.yaml", 12, 5))
    assert str(caught.value) == f"rules/投资.yaml:12:5: frame `{case['frame']}`: {case['says']}"
    assert case["remedy"] in caught.value.hint


def test_the_slots_of_a_frame_are_found_in_groups_too() -> None:
    nodes = frames.parse("【head】[(于|在)【时间】]…【trigger】(【tail】|【金额】)")
    assert [slot.name for slot in frames.slots(nodes)] == ["head", "时间", "trigger", "tail", "金额"]


def test_a_familys_frame_takes_the_names_of_the_rule_that_uses_it() -> None:
    nodes = frames.parse("【tail*】[被【head】]【trigger】")
    turned = frames.swap(nodes, {"head": "tail", "tail": "head", "trigger": "收购"})
    assert tree(turned) == "【head aside】 {被 【tail】}? 【收购】"
    assert tree(frames.swap(nodes, {}, only="产品")) == "【tail aside :产品】 {被 【head】}? 【trigger】"


@cache
def extractor() -> Extractor:
    """Reads by the frames of language.yaml, each of which has its own verb."""
    triggers = {f"v{number}": [case["verb"]] for number, case in enumerate(LANGUAGE)}
    lines = [
        frame.replace("trigger", f"v{number}") if "【" in frame or "(" in frame else f"{frame}(v{number})"
        for number, case in enumerate(LANGUAGE)
        for frame in (case["frame"], *filter(None, [case.get("later")]))
    ]
    rule = small_rules.RULE | {"triggers": triggers, "frames": lines}
    with TemporaryDirectory() as folder:
        return Extractor.load(small_rules.copy(Path(folder) / "rules", rule))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(text, expected, id=f"{case['does']}: {text}")
        for case in LANGUAGE
        for text, expected in case["reads"].items()
    ],
)
def test_each_sign_of_a_frame_does_what_it_says(text: str, expected: list[str]) -> None:
    assert sorted(map(shown, extractor().extract(document(text)).statements)) == expected


def test_the_frames_of_the_language_do_not_share_verbs() -> None:
    verbs = [case["verb"] for case in LANGUAGE]
    assert len(set(verbs)) == len(verbs)


@pytest.fixture
def letters() -> Alphabet:
    alphabet = Alphabet(["机构", "产品"])
    alphabet.mention(frozenset(("机构", "产品")))
    alphabet.add_word("收购", frozenset(("收购",)))
    return alphabet


def compiled(letters: Alphabet, frame: str, sets: dict[str, str]) -> re.Pattern[str]:
    types = Types(head=frozenset(("机构",)), tail=frozenset(("产品",)))
    compiler = FrameCompiler(letters, Syntax(("向",), ("、", "和")), types, sets)
    return re.compile(compiler.expression(frames.parse(frame)))


def test_a_slot_takes_a_name_that_may_be_of_its_type(letters: Alphabet) -> None:
    pattern = compiled(letters, "【head】【trigger】【tail】", {"trigger": "收购"})
    verb = letters.words["收购"]
    head, tail = letters.mention(frozenset(("机构",))), letters.mention(frozenset(("产品",)))
    either = letters.mention(frozenset(("机构", "产品")))
    assert pattern.fullmatch(head + verb + tail)
    assert pattern.fullmatch(either + verb + either)
    assert not pattern.fullmatch(tail + verb + tail)
    assert not pattern.fullmatch(head + verb + head)


def test_without_a_verb_a_slot_for_one_type_wants_to_be_sure(letters: Alphabet) -> None:
    either, sure = letters.mention(frozenset(("机构", "产品"))), letters.mention(frozenset(("产品",)))
    assert not compiled(letters, "【tail:产品】", {}).fullmatch(either)
    assert compiled(letters, "【tail:产品】", {}).fullmatch(sure)
    assert compiled(letters, "【tail】", {}).fullmatch(either)


def test_a_slot_takes_names_set_aside_behind_a_preposition_only(letters: Alphabet) -> None:
    aside = letters.mention(frozenset(("机构",)), ASIDE)
    assert not compiled(letters, "由【head】", {}).fullmatch("由" + aside)
    assert compiled(letters, "向【head】", {}).fullmatch("向" + aside)
    assert compiled(letters, "由【head*】", {}).fullmatch("由" + aside)


def test_only_the_tail_takes_names_joined_by_a_description(letters: Alphabet) -> None:
    tail, head = letters.mention(frozenset(("产品",))), letters.mention(frozenset(("机构",)))
    assert compiled(letters, "【tail】", {}).fullmatch(f"{tail}和新的{tail}、{tail}")
    assert not compiled(letters, "【tail!】", {}).fullmatch(f"{tail}和{tail}")
    assert not compiled(letters, "【head】", {}).fullmatch(f"{head}和{head}")


def test_both_sides_are_a_group(letters: Alphabet) -> None:
    pattern = compiled(letters, "【双方】", {})
    assert pattern.fullmatch(letters.mention(frozenset(("机构",)), PLURAL))
    assert not pattern.fullmatch(letters.mention(frozenset(("机构",)), CORE))


def test_a_word_of_a_frame_is_found_where_it_is_a_trigger_too(letters: Alphabet) -> None:
    pattern = compiled(letters, "的收购计划", {})
    assert pattern.fullmatch("的收购计划")
    assert pattern.fullmatch(f"的{letters.words['收购']}计划")


def test_marks_have_slots_of_their_own(letters: Alphabet) -> None:
    assert compiled(letters, "【时间】【金额】", {}).fullmatch(DATE + AMOUNT)
    assert not compiled(letters, "【时间】【金额】", {}).fullmatch(AMOUNT + DATE)


def test_a_trigger_set_without_words_matches_nothing(letters: Alphabet) -> None:
    assert not compiled(letters, "【trigger】", {"trigger": "没有"}).search(letters.words["收购"])
