"""The floor under the quality of the shipped rules: a change that costs more than it gains does not pass."""

from __future__ import annotations

import pytest
from calling import ROOT

from kg.evaluate import Evaluation, evaluate
from kg.rules import ruleset

GOLD = ROOT / "tests" / "gold"
PRECISION = 0.85
F1 = 0.71


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluate(GOLD, ruleset.shipped())


def test_every_article_is_scored(evaluation: Evaluation) -> None:
    assert evaluation.articles == len(list(GOLD.glob("*.json")))


def test_of_what_the_rules_state_most_is_right(evaluation: Evaluation) -> None:
    assert evaluation.strict.precision >= PRECISION


def test_the_rules_find_enough(evaluation: Evaluation) -> None:
    assert evaluation.strict.f1 >= F1


def test_relaxed_scoring_is_no_harsher(evaluation: Evaluation) -> None:
    assert evaluation.relaxed.f1 >= evaluation.strict.f1
