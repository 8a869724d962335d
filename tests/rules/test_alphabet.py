"""The alphabet: one character for each thing recognised, and the way back from it."""

from __future__ import annotations

import itertools
import re

import pytest

from kg.rules import alphabet
from kg.rules.alphabet import ASIDE, ASIDE_PLURAL, CORE, PLURAL, Alphabet
from kg.text import normalise

VARIANTS = (CORE, PLURAL, ASIDE, ASIDE_PLURAL)
PERSON, BODY = frozenset(("人物",)), frozenset(("机构",))
EITHER = frozenset(("机构", "产品"))


@pytest.fixture
def letters() -> Alphabet:
    return Alphabet(["人物", "机构", "产品"])


def test_no_two_things_share_a_character(letters: Alphabet) -> None:
    chars = [letters.mention(kind, variant) for kind in (PERSON, BODY, EITHER) for variant in VARIANTS]
    chars += [letters.role(name) for name in ("职务", "创办")]
    chars += [letters.trigger(frozenset(sets)) for sets in (("收购",), ("投资",), ("收购", "投资"))]
    chars += alphabet.MARK_SLOTS.values()
    assert len(set(chars)) == len(chars)


def test_the_same_thing_keeps_its_character(letters: Alphabet) -> None:
    first = letters.mention(EITHER), letters.role("职务"), letters.trigger(frozenset(("收购",)))
    letters.mention(frozenset(("人物", "产品")))
    letters.role("创办")
    letters.trigger(frozenset(("投资",)))
    assert (letters.mention(EITHER), letters.role("职务"), letters.trigger(frozenset(("收购",)))) == first


@pytest.mark.parametrize(("variant", "other"), list(itertools.product(VARIANTS, VARIANTS)))
def test_how_a_name_stands_is_read_and_changed(letters: Alphabet, variant: int, other: int) -> None:
    char = letters.mention(EITHER, variant)
    assert alphabet.variant_of(char) == variant
    assert alphabet.with_variant(char, other) == letters.mention(EITHER, other)


def test_mentions_and_triggers_are_told_apart(letters: Alphabet) -> None:
    mention, trigger = letters.mention(BODY, ASIDE_PLURAL), letters.trigger(frozenset(("收购",)))
    assert (alphabet.is_mention(mention), alphabet.is_trigger(mention)) == (True, False)
    assert (alphabet.is_mention(trigger), alphabet.is_trigger(trigger)) == (False, True)
    for char in (letters.role("职务"), *alphabet.MARK_SLOTS.values(), "谷"):
        assert not alphabet.is_mention(char)
        assert not alphabet.is_trigger(char)


def test_a_type_finds_every_kind_that_may_be_of_it(letters: Alphabet) -> None:
    either = letters.mention(EITHER)
    assert set(letters.mentions_of(BODY, [CORE])) == {letters.mention(BODY), either}
    assert set(letters.mentions_of(BODY, [CORE], certain=True)) == {letters.mention(BODY)}
    assert set(letters.mentions_of(EITHER, [CORE], certain=True)) == {
        letters.mention(BODY),
        letters.mention(frozenset(("产品",))),
        either,
    }
    assert letters.mentions_of(["地点"], VARIANTS) == ""


def test_a_trigger_word_of_two_sets_is_found_by_both(letters: Alphabet) -> None:
    shared = letters.trigger(frozenset(("收购", "投资")))
    own = letters.trigger(frozenset(("收购",)))
    assert set(letters.triggers_of("收购")) == {shared, own}
    assert letters.triggers_of("投资") == shared
    assert letters.triggers_of("起诉") == ""


def test_all_roles_are_found_together(letters: Alphabet) -> None:
    assert letters.all_roles() == ""
    names = {letters.role("职务"), letters.role("创办")}
    assert set(letters.all_roles()) == names


def test_the_ranges_hold_what_they_say(letters: Alphabet) -> None:
    trigger = letters.trigger(frozenset(("收购",)))
    others = [letters.mention(BODY), letters.role("职务"), *alphabet.MARK_SLOTS.values()]
    assert all(re.fullmatch(f"[{alphabet.ANY_MARK}]", char) for char in (trigger, *others))
    assert re.fullmatch(f"[{alphabet.TRIGGERS}]", trigger)
    assert not any(re.fullmatch(f"[{alphabet.TRIGGERS}]", char) for char in others)
    assert not re.search(f"[{alphabet.ANY_MARK}]", "谷歌，Google 1。")


@pytest.mark.parametrize(("chars", "text"), [("]", "]"), ("^a", "^"), ("a-c", "-"), ("\\", "\\")])
def test_a_class_of_characters_takes_them_as_they_are(chars: str, text: str) -> None:
    assert re.fullmatch(alphabet.char_class(chars), text)
    assert not re.fullmatch(alphabet.char_class(chars), "b")


def test_a_class_of_nothing_never_matches() -> None:
    assert not re.search(alphabet.char_class(""), "谷歌")


def test_an_article_cannot_forge_a_character(letters: Alphabet) -> None:
    forged = letters.mention(BODY) + letters.trigger(frozenset(("收购",))) + alphabet.DATE
    assert not re.search(f"[{alphabet.ANY_MARK}]", normalise(f"甲{forged}乙").text)
