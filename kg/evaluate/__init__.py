"""Gold data and the quality of extraction on it."""

from __future__ import annotations

from kg.evaluate.entities import EntityScore, evaluate_entities
from kg.evaluate.evaluation import Evaluation, RuleScore, evaluate
from kg.evaluate.gold import Guide
from kg.evaluate.report import render, render_entities
from kg.evaluate.scoring import Missed, Score, Wrong

__all__ = [
    "EntityScore", "Evaluation", "Guide", "Missed", "RuleScore", "Score", "Wrong",
    "evaluate", "evaluate_entities", "render", "render_entities",
]  # fmt: skip
