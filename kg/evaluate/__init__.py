"""Gold data and the quality of extraction on it."""

from __future__ import annotations

from kg.evaluate.evaluation import Evaluation, RuleScore, evaluate
from kg.evaluate.gold import Guide
from kg.evaluate.report import render
from kg.evaluate.scoring import Missed, Score, Wrong

__all__ = ["Evaluation", "Guide", "Missed", "RuleScore", "Score", "Wrong", "evaluate", "render"]
