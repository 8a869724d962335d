"""How good the rules are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import Json, Rules


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD_DIR", help="A folder of articles with their triples as JSON."),
    ],
    texts: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the articles are, if not beside the gold.")
    ] = None,
    predicted: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Score these triples, as `kg extract` prints them, instead."),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this article; may be repeated.")
    ] = None,
    errors: Annotated[
        int, typer.Option(metavar="N", min=0, help="How many wrong and missed triples to show.")
    ] = 10,
    rules: Rules = None,
    as_json: Json = False,
) -> None:
    """Measure the rules on hand-annotated articles.

    Shows precision, recall and F1, by relation and by rule.

    \b
    Example:
      kg evaluate tests/gold --errors 0
    """
    from kg import evaluate as evaluating
    from kg.cli.richly import show_or_json

    found = evaluating.evaluate(gold, rules, texts=texts, predicted=predicted, only=only or ())
    show_or_json(found.as_json(), evaluating.render(found, errors=errors), as_json)
