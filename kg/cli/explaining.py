"""What the rules make of a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import Json, Rules
from kg.cli.richly import show_or_json
from kg.errors import InputError, KgError, Place
from kg.rules import ruleset

if TYPE_CHECKING:
    from kg.model import Document


def explain(
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="A sentence or more.", show_default=False)
    ] = None,
    file: Annotated[Path | None, typer.Option(metavar="PATH", help="Explain this article instead.")] = None,
    at: Annotated[
        int | None, typer.Option(metavar="OFFSET", min=0, help="Only the sentence at this character.")
    ] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="The day that 昨天 is before.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Show every frame that nearly matched.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="PATH", help="Write a page instead.")] = None,
    folder: Rules = None,
    as_json: Json = False,
) -> None:
    """Show what the rules make of a sentence.

    The names, triggers and clauses in it, which frames matched, and where those that nearly did stopped.

    \b
    Examples:
      kg explain 据悉,微软可能收购OpenAI
      kg explain --file seeds/002_35cd2071f29d6356.txt --at 600
    """
    from kg import rulecache
    from kg.authoring.explain import Explainer
    from kg.authoring.explain_html import page
    from kg.authoring.explain_text import render

    rules_dir = folder or ruleset.shipped()
    document = _document(text, file, date, rules_dir)
    extractor = rulecache.load(rules_dir)
    found = Explainer(extractor).document(document, at)
    types = extractor.rules.ontology.types
    if html:
        from kg.export.atomic import atomic_text

        with atomic_text(html) as stream:
            stream.write(page(found, types))
    else:
        show_or_json(found.as_json(), render(found, types, everything=everything), as_json)


def _document(text: str | None, file: Path | None, date: str | None, rules_dir: Path) -> Document:
    """Return what is to be explained: the text, or the one article of a file."""
    from kg import read
    from kg.dates import check_date
    from kg.model import Document, Region

    day = check_date(date) if date else None
    if (text is None) == (file is None):
        raise InputError("say what to explain", hint="give a sentence, or a file with --file")
    if text is not None:
        return Document("text", text, (Region(0, len(text)),), date=day)
    documents = list(read.documents([str(file)], read.load_profile(rules_dir), _refuse))
    if len(documents) != 1:
        hint = "give a file that holds one article"
        raise InputError(f"holds {len(documents)} articles", place=Place(str(file)), hint=hint)
    return documents[0]


def _refuse(error: KgError) -> None:
    raise error
