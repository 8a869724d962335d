"""An evaluation for a person to read."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kg.evaluate.entities import EntityScore
from kg.evaluate.evaluation import Evaluation
from kg.evaluate.scoring import Score


def render(evaluation: Evaluation, *, errors: int = 10) -> RenderableType:
    """Return the figures, the relations, the rules, and the first `errors` wrong and missed triples."""
    parts: list[RenderableType] = [_figures(evaluation), _relations(evaluation)]
    if evaluation.rules:
        parts.append(_rules(evaluation))
    if errors:
        parts.extend(_mistakes(evaluation, errors))
    return Group(*parts)


def render_entities(score: EntityScore, *, errors: int = 10) -> RenderableType:
    """Return how names are joined: the figures, and the first `errors` pairs of each kind of mistake."""
    lines = [
        f"{score.articles} articles, {score.names} of {score.gold_names} names found",
        f"pairs of names   P {score.precision:.3f}  R {score.recall:.3f}   right {score.right}"
        f"  wrong {len(score.wrong)}  missed {len(score.missed)}  unjudged {len(score.unjudged)}",
    ]
    for title, pairs in (("wrong", score.wrong), ("missed", score.missed), ("unjudged", score.unjudged)):
        lines += [f"{title:8}  {one} = {other}" for one, other in pairs[:errors]]
    return Text("\n".join(lines))


def _figures(evaluation: Evaluation) -> Text:
    lines = [f"{evaluation.articles} articles"]
    for name, score in (("strict", evaluation.strict), ("relaxed", evaluation.relaxed)):
        lines.append(
            f"{name:8} {_line(score)}   right {score.right}  wrong {score.wrong}  missed {score.missed}"
        )
    for name, item in evaluation.qualifiers.as_json().items():
        if item["gold"]:
            lines.append(f"{name}: {item['right']} of {item['gold']} right ({item['share']:.2f})")
    return Text("\n".join(lines))


def _line(score: Score) -> str:
    return f"P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}"


def _relations(evaluation: Evaluation) -> Table:
    table = Table("relation", title="by relation", title_justify="left", box=None)
    for name in ("P", "R", "F1", "right", "wrong", "missed"):
        table.add_column(name, justify="right")
    for name, score in evaluation.relations.items():
        figures = (f"{value:.2f}" for value in (score.precision, score.recall, score.f1))
        table.add_row(Text(name), *figures, str(score.right), str(score.wrong), str(score.missed))
    return table


def _rules(evaluation: Evaluation) -> Table:
    table = Table("rule", title="by rule, the costliest first", title_justify="left", box=None)
    for name in ("right", "wrong"):
        table.add_column(name, justify="right")
    for rule in evaluation.rules:
        table.add_row(
            Text(rule.rule), str(rule.right), str(rule.wrong), style="red" if rule.wrong > rule.right else ""
        )
    return table


def _mistakes(evaluation: Evaluation, errors: int) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for wrong in evaluation.wrong[:errors]:
        parts.append(
            Text.assemble(("wrong  ", "red"), (f"{wrong.head} {wrong.relation} {wrong.tail}", "bold"))
        )
        parts.append(Text(f"       {wrong.doc}  {wrong.rule}\n       {wrong.sentence}", style="dim"))
    for missed in evaluation.missed[:errors]:
        parts.append(
            Text.assemble(("missed ", "yellow"), (f"{missed.head} {missed.relation} {missed.tail}", "bold"))
        )
        parts.append(Text(f"       {missed.doc}  {missed.scope}\n       {missed.sentence}", style="dim"))
    return parts
