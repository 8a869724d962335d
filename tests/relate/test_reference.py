"""The fast path finds what the plain reference finds: the same places, slot by slot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from calling import ROOT
from extracting import document
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction import Extractor
from kg.recognise.automata import trigger_set
from kg.relate.encode import Encoded
from kg.relate.matcher import Frame, FrameMatcher
from kg.relate.needs import NeedBits
from kg.relate.reference import Found, Reference
from kg.rules import ruleset
from kg.rules.alphabet import is_mention, is_trigger
from kg.rules.frames import Syntax

_OPEN = "，、。：的和与在对了被由将为以 \n“公司研究A3"
_LONGEST = 24


class Paths:
    """Both ways of reading the frames of the shipped rules."""

    def __init__(self) -> None:
        extractor = Extractor.load(ruleset.shipped())
        rules = extractor.rules
        self.relater = extractor._relater
        self.matcher: FrameMatcher = self.relater.matcher
        self.letters = self.relater.letters
        syntax = Syntax(
            tuple(rules.syntax.prepositions),
            tuple(rules.syntax.conjunctions),
            frozenset(rules.ontology.types),
        )
        self.frames = [*self.matcher.frames, *self.matcher.phrases]
        self.bits = NeedBits()
        self.needs = [self.bits.of(frame.needs) for frame in self.frames]
        sets = {
            relation.name: {name: trigger_set(relation.name, name) for name in relation.triggers}
            for relation in rules.relations
        }
        phrases = set(map(id, self.matcher.phrases))
        self.references = [
            Reference(self.letters, syntax, frame.types, {} if id(frame) in phrases else sets[frame.relation])
            for frame in self.frames
        ]

    def differences(self, text: str, step: int = 1, first: int = 0) -> Iterator[str]:
        """Yield the frames that the two paths read differently in an encoded text."""
        held = self.bits.held(text)
        for number in range(first, len(self.frames), step):
            frame = self.frames[number]
            fast = self.fast(frame, text) if self.needs[number] & held == self.needs[number] else None
            plain = self.references[number].search(frame.nodes, text)
            if fast != plain:
                yield f"{frame.name}: {fast} is not {plain} in {text!r}"

    def fast(self, frame: Frame, text: str) -> Found | None:
        match = frame.pattern.search(text)
        return match and Found(match.start(), match.end(), tuple(map(match.span, match.re.groupindex)))


@pytest.fixture(scope="module")
def paths(rules_are_compiled_once: None) -> Paths:
    return Paths()


def encoded(paths: Paths, files: list[Path], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences of the files as the frames get to see them."""
    seen: list[str] = []
    match, phrases = FrameMatcher.match, FrameMatcher.match_phrases

    def note_match(self: FrameMatcher, sentence: Encoded, *rest: object) -> object:
        seen.append(sentence.text)
        return match(self, sentence, *rest)  # type: ignore[arg-type]

    def note_phrases(self: FrameMatcher, sentence: Encoded) -> object:
        seen.append(sentence.text)
        return phrases(self, sentence)

    monkeypatch.setattr(FrameMatcher, "match", note_match)
    monkeypatch.setattr(FrameMatcher, "match_phrases", note_phrases)
    extractor = Extractor.load(ruleset.shipped())
    for path in files:
        extractor.extract(document(path.read_text(encoding="utf-8")))
    return list(dict.fromkeys(seen))


@pytest.mark.parametrize("folder", ["seeds", "tests/gold"])
def test_articles_are_read_alike(folder: str, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = encoded(paths, sorted((ROOT / folder).glob("*.txt")), monkeypatch)
    assert len(texts) > 100
    step = 80  # each sentence meets an eightieth of the frames, each frame an eightieth of the sentences
    assert [d for at, text in enumerate(texts) for d in paths.differences(text, step, at % step)] == []


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
