"""Names, roles, dates, amounts and rounds: what is found in a sentence, and as what."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from extracting import grouped, load

from kg.extraction import Extractor
from kg.model import Region
from kg.recognise.mentions import Read
from kg.recognise.recogniser import Recogniser
from kg.recognise.times import from_iso
from kg.rules import ruleset
from kg.text import normalise

CASES = Path(__file__).parent / "cases"


@cache
def recogniser() -> Recogniser:
    return Recogniser(Extractor.load(ruleset.shipped()).rules)


def read(text: str) -> list[Read]:
    normalised = normalise(text).text
    return recogniser().read(normalised, [Region(0, len(normalised))])


@pytest.mark.parametrize(("text", "expected"), grouped(CASES / "mentions.yaml"))
def test_exactly_the_names_of_a_sentence_are_found(text: str, expected: list[str]) -> None:
    found = [mention for sentence in read(text) for mention in sentence.mentions]
    assert [f"{mention.name} {'/'.join(sorted(mention.types))}" for mention in found] == expected


@pytest.mark.parametrize(("text", "expected"), grouped(CASES / "mentions.yaml"))
def test_a_name_stands_where_it_was_found(text: str, expected: list[str]) -> None:
    for sentence in read(text):
        for mention in sentence.mentions:
            assert sentence.text[mention.start : mention.end] == mention.name


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        pytest.param(kind, text, expected, id=f"{kind}: {text}")
        for kind, texts in load(CASES / "marks.yaml").items()
        for text, expected in texts.items()
    ],
)
def test_words_that_count_are_found_by_kind(kind: str, text: str, expected: list[str]) -> None:
    marks = [
        (sentence.text[mark.start : mark.end], mark) for sentence in read(text) for mark in sentence.marks
    ]
    assert [words for words, mark in marks if mark.kind == kind] == expected


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        pytest.param(written, text, expected, id=f"{text} on {written or 'no date'}")
        for written, texts in load(CASES / "times.yaml").items()
        for text, expected in texts.items()
    ],
)
def test_a_time_is_told_by_the_date_of_the_document(written: str, text: str, expected: str) -> None:
    times = recogniser().times
    mark = times.find(f"，{text}，")[0]
    moment = times.resolve(mark.value, from_iso(written or None), None)
    assert (moment.iso() if moment else None) == (expected or None)


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("同年", "2022", "2022"),
        ("次年", "2022", "2023"),
        ("同月", "2022-04", "2022-04"),
        ("次日", "2022-12-31", "2023-01-01"),
    ],
)
def test_some_times_are_told_by_the_time_told_before(text: str, told: str, expected: str) -> None:
    moment = recogniser().times.resolve(text, from_iso("2024-05-20"), from_iso(told))
    assert moment is not None and moment.iso() == expected
