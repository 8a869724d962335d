"""The fast path finds what the plain reference finds: the same places, slot by slot, and the same statements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from calling import ROOT
from extracting import document
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import PlainMatch, References

from benchmarks.corpus import SEED, Composer
from kg.extraction import Extractor
from kg.relate.encode import Encoded
from kg.relate.matcher import Earlier, FrameMatcher
from kg.relate.needs import NeedBits
from kg.relate.raw import RawStatement
from kg.relate.roles import HOLDER, LIST, TITLE, VERB
from kg.rules import ruleset
from kg.rules.alphabet import is_mention, is_trigger
from kg.rules.nodes import Group, Literal, Node, Slot

_OPEN = "，、。：的和与在对了被由将为以 \n“公司研究A3"
_LONGEST = 24


class Paths:
    """Both ways of reading the frames of the shipped rules."""

    def __init__(self) -> None:
        self.extractor = Extractor.load(ruleset.shipped())
        self.references = References(self.extractor)
        relater = self.extractor.relater
        self.letters = relater.letters
        self.frames = [*relater.matcher.frames, *relater.matcher.phrases]
        self.bits = NeedBits()
        self.needs = [self.bits.of(frame.needs) for frame in self.frames]

    def differences(self, text: str, step: int = 1, first: int = 0) -> Iterator[str]:
        """Yield the frames that the two paths read differently in an encoded text."""
        held = self.bits.held(text)
        for number in range(first, len(self.frames), step):
            frame = self.frames[number]
            fast = frame.pattern.search(text) if self.needs[number] & held == self.needs[number] else None
            plain = self.references.of(frame).search(text)
            if _places(fast) != _places(plain):
                yield f"{frame.name}: {_places(fast)} is not {_places(plain)} in {text!r}"


def _places(match: re.Match[str] | PlainMatch | None) -> dict[str | int, tuple[int, int]]:
    """Where a frame and each of its slots fits."""
    return {name: match.span(name) for name in (0, *match.re.groupindex)} if match else {}


@pytest.fixture(scope="module")
def paths(rules_are_compiled_once: None) -> Paths:
    return Paths()


def seeds() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]


def generated() -> list[str]:
    composer = Composer()
    return [composer.article(SEED, number).text for number in range(36)]


@pytest.mark.parametrize("articles", [seeds, generated])
def test_whole_articles_state_the_same(articles: Callable[[], list[str]], paths: Paths) -> None:
    documents = [document(text) for text in articles()]
    fast = [paths.extractor.extract(each).statements for each in documents]
    assert sum(map(len, fast)) > 150
    with paths.references.instead():
        plain = [paths.extractor.extract(each).statements for each in documents]
    assert fast == plain


def encoded(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences of the seeds as the frames get to see them."""
    seen: dict[str, None] = {}
    match = FrameMatcher.match

    def noted(self: FrameMatcher, sentence: Encoded, earlier: Earlier) -> Iterator[RawStatement]:
        seen[sentence.text] = None
        return match(self, sentence, earlier)

    monkeypatch.setattr(FrameMatcher, "match", noted)
    for text in seeds():
        paths.extractor.extract(document(text))
    return list(seen)


def test_what_a_sentence_rules_out_does_not_fit(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = encoded(paths, monkeypatch)
    assert len(texts) > 100
    step = 160  # each sentence meets some of the frames, each frame some of the sentences
    assert [d for at, text in enumerate(texts) for d in paths.differences(text, step, at % step)] == []


def filling(paths: Paths, node: Node) -> st.SearchStrategy[str]:
    """What stands in a sentence where a node of a frame of roles fits, or nearly."""
    roles, names = (
        paths.extractor.rules.roles,
        [chr(0xF0000 + at) for at in range(4 * len(paths.letters.kinds))],
    )
    role, name = st.sampled_from(paths.letters.all_roles()), st.sampled_from(names)
    if isinstance(node, Literal):
        return st.just(node.text)
    if isinstance(node, Group):
        options = [
            st.tuples(*(filling(paths, each) for each in option)).map("".join) for option in node.options
        ]
        return st.one_of(*options, *([st.just("")] if node.optional else []))
    if not isinstance(node, Slot):
        return st.text(_OPEN, max_size=3)
    if node.name == LIST:
        leads, joints = (st.sampled_from(["", *words]) for words in (roles.leads, roles.joints))
        owned = st.tuples(
            leads, st.one_of(name, st.just("")), st.sampled_from(["", *roles.owner_joints]), role
        )
        return st.lists(st.tuples(owned.map("".join), joints).map("".join), min_size=1, max_size=3).map(
            "".join
        )
    person = st.sampled_from(paths.letters.mentions_of(paths.extractor.rules.ontology.kinds.person, range(4)))
    own = {VERB: st.sampled_from(roles.verbs), TITLE: role, HOLDER: person}
    return own.get(node.name, name)


def test_frames_of_roles_are_read_alike(paths: Paths) -> None:
    roles = paths.extractor.relater._roles
    plain = [(frame, paths.references.of_role(frame)) for frame in (*roles._appositions, *roles._clauses)]
    texts = [st.tuples(*(filling(paths, node) for node in each.nodes)).map("".join) for _, each in plain]
    fitted: set[str] = set()

    @settings(max_examples=400, deadline=None, derandomize=True)
    @given(st.integers(0, len(plain) - 1), st.data())
    def check(number: int, data: st.DataObject) -> None:
        frame, reference = plain[number]
        text = data.draw(texts[number])
        found = _places(frame.pattern.search(text))
        assert found == _places(reference.search(text)), (frame.name, text)
        fitted.update([frame.name] if found else [])

    check()
    assert len(fitted) > len(plain) / 2


def sentences(paths: Paths) -> st.SearchStrategy[str]:
    kinds = [chr(0xF0000 + at) for at in range(4 * len(paths.letters.kinds))]
    triggers = sorted({char for char in paths.letters.words.values() if is_trigger(char)})
    marks = [*paths.letters.all_roles(), "\U000f4000", "\U000f4001", "\U000f4002"]
    assert all(map(is_mention, kinds))
    one = st.one_of(*(st.sampled_from(each) for each in (list(_OPEN), kinds, kinds, triggers, marks)))
    return st.lists(one, max_size=_LONGEST).map("".join)


def test_made_up_sentences_are_read_alike(paths: Paths) -> None:
    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(sentences(paths), st.integers(0, 11))
    def check(text: str, first: int) -> None:
        assert list(paths.differences(text, 12, first)) == []

    check()


def test_sentences_made_of_a_frames_own_signs_are_read_alike(paths: Paths) -> None:
    """What a frame needs, in any order and amount: here it fits often."""

    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(st.integers(0, len(paths.frames) - 1), st.data())
    def check(number: int, data: st.DataObject) -> None:
        own = [st.sampled_from(sorted(need)[:12]) for need in paths.frames[number].needs if need]
        text = data.draw(st.lists(st.one_of(*own, st.sampled_from(_OPEN)), max_size=_LONGEST).map("".join))
        assert list(paths.differences(text, len(paths.frames), number)) == []

    check()
