"""How good the rules are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import Json, Rules
from kg.errors import InputError


def evaluate(
    gold: Annotated[
        list[Path],
        typer.Argument(metavar="GOLD_DIR...", help="A folder of articles with their triples as JSON."),
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
    entities: Annotated[
        bool,
        typer.Option("--entities", help="Measure how names are joined, over all folders as one corpus."),
    ] = False,
    rules: Rules = None,
    as_json: Json = False,
) -> None:
    """Measure the rules on hand-annotated articles.

    Shows precision, recall and F1, by relation and by rule.

    \b
    Examples:
      kg evaluate tests/gold --errors 0
      kg evaluate tests/gold --entities
    """
    from kg import evaluate as evaluating
    from kg.cli.richly import show_or_json

    if entities:
        if predicted or only:
            raise InputError("--entities goes with neither --predicted nor --only")
        joined = evaluating.evaluate_entities(gold, rules, texts=texts)
        show_or_json(joined.as_json(), evaluating.render_entities(joined, errors=errors), as_json)
        return
    if len(gold) > 1:
        raise InputError("triples are measured on one folder", hint="--entities takes several as one corpus")
    found = evaluating.evaluate(gold[0], rules, texts=texts, predicted=predicted, only=only or ())
    show_or_json(found.as_json(), evaluating.render(found, errors=errors), as_json)
