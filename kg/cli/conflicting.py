"""What the articles say that cannot all hold."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.answers import sentence
from kg.cli.options import DB, Db, Json, Relations, Rules
from kg.cli.output import counted, print_json, say
from kg.errors import InputError, NotFoundError

_KINDS = {
    "one": "more than one at a time",
    "against": "one says it ended, another that it holds",
    "lists": "the articles name different ones",
    "denied": "said, and denied",
}
_SENTENCES = 3


def conflicts(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Only those that concern this entity.")
    ] = None,
    relation: Relations = None,
    rules: Rules = None,
    db: Db = DB,
    as_json: Json = False,
) -> None:
    """Show what cannot all hold, both sides with dates and sentences.

    The ontology of the rules says which relations can conflict.

    \b
    Example:
      kg conflicts OpenAI
    """
    from kg.conflicts import conflicts as find
    from kg.query import known_relations
    from kg.rules.ruleset import load_ontology, shipped

    try:
        found = find(db, load_ontology(rules or shipped()), name, known_relations(db, relation))
    except NotFoundError as error:
        raise InputError(error.message, hint=error.hint) from error
    if as_json:
        print_json([each.as_json() for each in found])
        return
    if not found:
        say("no conflicts")
    for at, conflict in enumerate(found):
        if at:
            say()
        about = f"  {conflict.relation} · {_KINDS[conflict.kind]}"
        say([(conflict.about, "name"), (about, "dim")])
        for side in conflict.sides:
            dates = " – ".join(dict.fromkeys(filter(None, (side.first_date, side.last_date))))
            ended = f" · ended {side.ended}" if side.ended else ""
            sources = counted(len({said.hash for said in side.statements}), "sources")
            say([("  ", ""), (side.label, "name"), (f"  {dates}{ended} · {sources}", "dim")])
            for said in side.statements[:_SENTENCES]:
                say([("      ", ""), (f"{said.doc} ", "dim"), *sentence(said, len(said.doc) + 7)])
