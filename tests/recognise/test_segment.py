"""The segmenter: the words and tags that recognition builds on, and how they differ from jieba's."""

from __future__ import annotations

from pathlib import Path

import pytest
from extracting import load
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.recognise.segment import tokens

CASES: dict[str, dict[str, str]] = load(Path(__file__).parent / "cases" / "segmenter.yaml")


def tagged(sentence: str) -> str:
    return " ".join(f"{word.text}/{word.tag}" for word in tokens(sentence))


@pytest.mark.parametrize("case", CASES)
def test_words_and_tags_are_as_written_down(case: str) -> None:
    expected = CASES[case]["rjieba"]
    assert tagged("".join(word.rpartition("/")[0] for word in expected.split(" "))) == expected


@pytest.mark.parametrize("case", [name for name, case in CASES.items() if "jieba" in case])
def test_what_is_written_down_for_jieba_is_of_the_same_sentence_and_differs(case: str) -> None:
    ours, others = (
        [word.rpartition("/")[0] for word in CASES[case][which].split(" ")] for which in ("rjieba", "jieba")
    )
    assert "".join(ours) == "".join(others)
    assert CASES[case]["rjieba"] != CASES[case]["jieba"]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(alphabet="中国科学院发布了，。A3- ·\n😀", max_size=30))
def test_words_cover_a_sentence_without_gaps(sentence: str) -> None:
    words = tokens(sentence)
    assert "".join(word.text for word in words) == sentence
    assert [word.start for word in words] == [0, *(word.end for word in words)][: len(words)]
