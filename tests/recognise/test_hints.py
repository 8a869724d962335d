"""What rules out runs of nominal words never rules out a name that they would give."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extraction import Extractor
from kg.model import Region
from kg.recognise.hints import RunHints
from kg.recognise.recogniser import Recogniser
from kg.rules import ruleset
from kg.text import normalise

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    paths = [*sorted((ROOT / "seeds").glob("*.txt")), *sorted((ROOT / "tests" / "gold").glob("*.txt"))]
    return [normalise(path.read_text(encoding="utf-8")).text for path in paths[::3]]


def mentions(recogniser: Recogniser, texts: list[str]) -> list[object]:
    return [
        [(m.start, m.end, m.name, sorted(m.types), m.source) for m in read.mentions]
        + [(mark.start, mark.end, mark.kind, mark.value) for mark in read.marks]
        for text in texts
        for read in recogniser.read(text, [Region(0, len(text))])
    ]


def test_a_sentence_without_hints_gives_no_name_to_runs(
    texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    recogniser = Recogniser(Extractor.load(ruleset.shipped()).rules)
    quick = mentions(recogniser, texts)
    asked: list[bool] = []
    given = RunHints.given

    def always(*args: object) -> bool:
        asked.append(given(*args))  # type: ignore[arg-type]
        return True

    monkeypatch.setattr(RunHints, "given", always)
    assert mentions(recogniser, texts) == quick
    assert asked.count(False) > len(asked) / 4  # the test is worth its time, and so are the hints
