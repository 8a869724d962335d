"""What a person knows better than the articles or the rules: edges marked wrong, edges added."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.conversion import PlainCommand, PlainGroup
from kg.cli.options import DB, Db, Json
from kg.cli.output import print_json, say
from kg.cli.tables import print_rows

correct = typer.Typer(cls=PlainGroup, add_completion=False, rich_markup_mode=None, no_args_is_help=True)

Written = Annotated[
    Path, typer.Option("--rules", metavar="DIR", help="The rule folder whose corrections.yaml is written.")
]
Head = Annotated[str, typer.Argument(metavar="HEAD", help="A name, an alias or a unique part of one.")]
Relation = Annotated[str, typer.Argument(metavar="关系", help="The relation, such as 收购.")]
Tail = Annotated[str, typer.Argument(metavar="TAIL", help="The other end.")]
Because = Annotated[str, typer.Option(metavar="TEXT", help="Why, for those who ask later.")]
RULES = Path("rules")


@correct.callback()
def about() -> None:
    """Mark an edge wrong or add one; every build from then on obeys.

    Corrections stand in corrections.yaml of the rule folder, and last.

    \b
    Example:
      kg correct list
    """


@correct.command(cls=PlainCommand)
def wrong(
    head: Head, relation: Relation, tail: Tail, because: Because = "", rules: Written = RULES, db: Db = DB
) -> None:
    """Mark an edge wrong: the next build takes it out of the graph.

    The sentences behind it are noted; a build tells when they are gone or others have come.

    \b
    Example:
      kg correct wrong 谷歌 收购 OpenAI --because 说反了 --rules my-rules
    """
    from kg.authoring import corrections

    path = corrections.mark_wrong(rules, db, (head, relation, tail), because)
    say(f"{path}: {head} {relation} {tail} is wrong; run kg build")


@correct.command(cls=PlainCommand)
def add(
    head: Head,
    relation: Relation,
    tail: Tail,
    because: Because = "",
    time: Annotated[str, typer.Option(metavar="DATE", help="When: 2024, 2024-05 or 2024-05-14.")] = "",
    doc: Annotated[str, typer.Option(metavar="ID", help="The article that says so.")] = "",
    rules: Written = RULES,
    db: Db = DB,
) -> None:
    """Add an edge: the next build has it, marked as added.

    A name that no article has is written with its type: 产品:新模型.

    \b
    Example:
      kg correct add 微软 投资 Mistral --time 2024-02 --because 公司公告 --rules my-rules
    """
    from kg.authoring import corrections

    path = corrections.add(rules, db, (head, relation, tail), because, time, doc)
    say(f"{path}: {head} {relation} {tail} is added; run kg build")


@correct.command(cls=PlainCommand)
def undo(
    head: Annotated[str, typer.Argument(metavar="HEAD", help="As kg correct list prints it.")],
    relation: Relation,
    tail: Tail,
    rules: Written = RULES,
) -> None:
    """Take a correction back.

    \b
    Example:
      kg correct undo 谷歌 收购 OpenAI --rules my-rules
    """
    from kg.authoring import corrections

    say(
        f"{corrections.undo(rules, (head, relation, tail))}: {head} {relation} {tail} is as the articles have it"
    )


@correct.command(cls=PlainCommand)
def take(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What the page downloaded.")],
    rules: Written = RULES,
) -> None:
    """Take over the corrections that were made on the page.

    \b
    Example:
      kg correct take corrections.yaml --rules my-rules
    """
    from kg.authoring import corrections

    path, new = corrections.take(rules, file)
    say(
        f"{path}: {new} new {'correction' if new == 1 else 'corrections'}" + ("; run kg build" if new else "")
    )


@correct.command("list", cls=PlainCommand)
def listed(rules: Written = RULES, db: Db = DB, as_json: Json = False) -> None:
    """List the corrections, and what is the matter with them.

    \b
    Example:
      kg correct list
    """
    from kg.authoring import corrections

    found = corrections.states(rules, db)
    if as_json:
        print_json([each.as_json() for each in found])
        return
    if not found:
        say("no corrections")
    rows = [[each.kind, f"{each.head} {each.relation} {each.tail}", each.because, each.problem or "applied"]
            for each in found]  # fmt: skip
    titles = ["kind", "edge", "because", "state"]
    print_rows(rows, titles=titles if rows else (), styles=["relation", "name"])
