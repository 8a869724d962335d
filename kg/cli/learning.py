"""What the rules do not understand, and lines that would help."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import errors, output
from kg.cli.options import Json, Rules
from kg.cli.richly import show_or_json
from kg.errors import InputError, KgError
from kg.rules import ruleset

Paths = Annotated[list[str], typer.Argument(metavar="PATH", help="Articles: files and folders.")]


def gaps(
    paths: Paths,
    rules: Rules = None,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most so many.")] = 10,
    as_json: Json = False,
) -> None:
    """Show what the rules do not understand.

    Sentences that hold names and a relation word but yield nothing, unknown names, unknown verbs; first what
    would gain most.

    \b
    Example:
      kg gaps seeds
    """
    from kg.authoring.gaps import gaps as find_gaps
    from kg.authoring.gaps import render

    found = find_gaps(rules or ruleset.shipped(), paths, _skip)
    show_or_json(found.as_json(), render(found, shown=limit), as_json)


def suggest(
    paths: Paths,
    rules: Rules = None,
    accept: Annotated[
        list[int] | None,
        typer.Option(metavar="N", help="Write this one into its file; may be repeated. Needs --rules."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most so many.")] = 20,
    as_json: Json = False,
) -> None:
    """Suggest lines for lexicon and rules.

    Each is tried on the articles, and comes with its gain, a confidence and sentences.

    \b
    Examples:
      kg suggest seeds
      kg suggest articles --rules my-rules --accept 3
    """
    from kg.authoring.suggest import accept as write
    from kg.authoring.suggest import render
    from kg.authoring.suggest import suggest as learn

    if accept and rules is None:
        raise InputError("say which rules to write into", hint="kg rules init DIR, then --rules DIR")
    found = learn(rules or ruleset.shipped(), paths, _skip)
    if accept:
        for number in accept:
            output.say(str(write(found, number)))
    else:
        show_or_json(found.as_json(), render(found, shown=limit), as_json)


def _skip(error: KgError) -> None:
    errors.report(error, kind="skipped")
