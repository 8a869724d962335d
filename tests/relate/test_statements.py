"""What sentences state: who does what to whom, how certain it is, when, and what had to be inferred."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from extracting import extract, grouped, said

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize(("text", "expected"), grouped(CASES / "tone.yaml"))
def test_tone_decides_whether_and_how_certainly_it_is_stated(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(("text", "expected"), grouped(CASES / "reference.yaml"))
def test_pronouns_and_omitted_subjects_mean_somebody(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(("text", "expected"), grouped(CASES / "arguments.yaml"))
def test_everybody_has_his_part(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(("text", "expected"), grouped(CASES / "times.yaml"))
def test_a_statement_has_its_date(text: str, expected: list[str]) -> None:
    assert said(text, "2024-05-20") == expected


@pytest.mark.parametrize(
    "case", yaml.safe_load((CASES / "denials.yaml").read_text(encoding="utf-8")).values()
)
def test_what_is_said_not_to_be_so_is_kept_and_is_no_statement(case: dict[str, Any]) -> None:
    found = extract(case["text"])
    assert [f"{each.head} {each.relation} {each.tail}" for each in found.denials] == case["denies"]
    assert all(each.certainty == "denied" for each in found.denials)
