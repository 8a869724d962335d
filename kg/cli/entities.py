"""Who is who: what joined the names of an entity, and a person's say in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import output
from kg.cli.conversion import PlainCommand, PlainGroup
from kg.cli.options import DB, Db, Json
from kg.cli.output import print_json, say
from kg.cli.tables import print_rows
from kg.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from kg.query.identity import DoubtfulPair, Identity

entity = typer.Typer(cls=PlainGroup, add_completion=False, rich_markup_mode=None, no_args_is_help=True)

Written = Annotated[
    Path, typer.Option("--rules", metavar="DIR", help="The rule folder whose merge.yaml is written.")
]
_SHOWN = 3


@entity.callback()
def about() -> None:
    """Show why names are one entity, and decide which are.

    \b
    Example:
      kg entity show OpenAI
    """


@entity.command(cls=PlainCommand)
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, an alias or a unique part of one.")],
    db: Db = DB,
    as_json: Json = False,
) -> None:
    """Show an entity's names, where each was seen, and which decision joined them.

    \b
    Example:
      kg entity show 奥特曼
    """
    from kg.query.identity import identity

    try:
        found = identity(db, name)
    except NotFoundError as error:
        raise InputError(error.message, hint=error.hint) from error
    print_json(found.as_json()) if as_json else _show(found)


@entity.command(cls=PlainCommand)
def merge(
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="Names of two entities or more.")],
    rules: Written = Path("rules"),
    db: Db = DB,
) -> None:
    """Decide that names are one entity; the next build obeys.

    \b
    Example:
      kg entity merge 商汤 SenseTime --rules my-rules
    """
    from kg.authoring import merges

    output.say(f"{merges.merge(rules, db, names)}: {'、'.join(names)} are one entity; run kg build")


@entity.command(cls=PlainCommand)
def split(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name of the entity.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="A name of it that means another thing.")],
    rules: Written = Path("rules"),
    db: Db = DB,
) -> None:
    """Decide that two names of one entity are two; the next build obeys.

    \b
    Example:
      kg entity split 百度 百度网盘 --rules my-rules
    """
    from kg.authoring import merges

    output.say(f"{merges.split(rules, db, name, other)}: {name} is not {other}; run kg build")


@entity.command(cls=PlainCommand)
def doubts(db: Db = DB, as_json: Json = False) -> None:
    """List the pairs that may be one entity and were not merged.

    \b
    Example:
      kg entity doubts
    """
    from kg.query.identity import doubts as find

    found = find(db)
    print_json([pair.as_json() for pair in found]) if as_json else _list(found)


def _show(found: Identity) -> None:
    entity = found.entity
    about = [entity.type, entity.id, output.counted(entity.documents, "documents")]
    say([(entity.name, "name"), ("  " + " · ".join(about), "dim")])
    rows = [
        [
            use.name,
            _because(use.of, use.why, use.name) + (f" · until {use.ended}" if use.ended else ""),
            _places(use.documents),
        ]
        for use in found.uses
    ]
    print_rows(rows, titles=["name", "because", "documents"], styles=["name"])
    for change in found.changes:
        say()
        say([(f"  {change.old} → {change.new}", "name"), (f"  {change.time or ''} {change.doc}", "dim")])
        say([("    ", ""), (change.quote, "")])
    if found.merged:
        say()
        others = [[each.id, f"{each.name} = {each.of} ({each.why})"] for each in found.merged]
        print_rows(others, titles=["elsewhere known as", "because"], styles=["name"])


def _because(of: str, why: str, name: str) -> str:
    if not why:
        return "as it stands"
    return why if of == name else f"{why}: {of}"


def _places(documents: tuple[str, ...]) -> str:
    more = f" and {len(documents) - _SHOWN} more" if len(documents) > _SHOWN else ""
    return "、".join(documents[:_SHOWN]) + more


def _list(found: tuple[DoubtfulPair, ...]) -> None:
    if not found:
        say("no doubtful pairs")
    rows = [[pair.one.name, pair.one.type, pair.other.name, pair.other.type, pair.why] for pair in found]
    print_rows(
        rows, titles=["one", "type", "other", "type", "why"] if rows else (), styles=["name", "", "name"]
    )
