"""Questions to a graph that has been built: neighbors, path, why, search, timeline, stats."""

from __future__ import annotations

from typing import Annotated

import typer

from kg import query
from kg.cli import answers
from kg.cli.options import DB, At, Db, Json, Relations, Since, Until
from kg.cli.output import print_json

Name = Annotated[str, typer.Argument(metavar="NAME", help="A name, an alias or a unique part of one.")]
Limit = Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most so many.")]


def neighbors(
    name: Name,
    depth: Annotated[int, typer.Option("--depth", "-d", metavar="N", min=1, help="How many edges away.")] = 1,
    relation: Relations = None,
    direction: Annotated[str, typer.Option(metavar="in|out|both", help="Which way edges point.")] = "both",
    since: Since = None,
    until: Until = None,
    at: At = None,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", metavar="N", min=1, help="At most so many.")
    ] = None,
    db: Db = DB,
    as_json: Json = False,
) -> None:
    """Show what an entity is connected with.

    Each edge comes with the sentence that shows it best.

    \b
    Examples:
      kg neighbors OpenAI
      kg neighbors 清华 --relation 毕业 --direction in
    """
    relations = query.known_relations(db, relation)
    found = query.neighbors(
        db, name, depth, relations, direction, since=since, until=until, at=at, limit=limit
    )
    print_json(found.as_json()) if as_json else answers.show_neighbors(found)


def path(
    a: Annotated[str, typer.Argument(metavar="A", help="Where the path begins.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Where it ends.")],
    relation: Relations = None,
    since: Since = None,
    until: Until = None,
    at: At = None,
    db: Db = DB,
    as_json: Json = False,
) -> None:
    """Show a shortest path between two entities.

    Each step comes with its evidence.

    \b
    Example:
      kg path 微软 GPT-4o
    """
    relations = query.known_relations(db, relation)
    found = query.path(db, a, b, relations=relations, since=since, until=until, at=at)
    print_json(found.as_json()) if as_json else answers.show_path(found)


def why(
    head: Annotated[str, typer.Argument(metavar="HEAD", help="One end of the edge.")],
    tail: Annotated[str, typer.Argument(metavar="TAIL", help="The other end.")],
    db: Db = DB,
    as_json: Json = False,
) -> None:
    """Show every sentence behind an edge.

    \b
    Example:
      kg why OpenAI GPT-4o
    """
    found = query.why(db, head, tail)
    print_json(found.as_json()) if as_json else answers.show_why(found)


def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Words to look for.")],
    limit: Limit = 20,
    db: Db = DB,
    as_json: Json = False,
) -> None:
    """Look for entities and sentences.

    \b
    Example:
      kg search 大模型
    """
    found = query.search(db, text, limit=limit)
    print_json(found.as_json()) if as_json else answers.show_search(found, text)


def timeline(
    name: Name,
    relation: Relations = None,
    since: Since = None,
    until: Until = None,
    at: At = None,
    db: Db = DB,
    as_json: Json = False,
) -> None:
    """Show an entity's dated statements in order.

    \b
    Example:
      kg timeline OpenAI --since 2022
    """
    relations = query.known_relations(db, relation)
    found = query.timeline(db, name, relations=relations, since=since, until=until, at=at)
    print_json(found.as_json()) if as_json else answers.show_timeline(found)


def stats(
    since: Since = None, until: Until = None, at: At = None, db: Db = DB, as_json: Json = False
) -> None:
    """Show the graph in figures.

    \b
    Example:
      kg stats --json
    """
    found = query.stats(db, since=since, until=until, at=at)
    print_json(found.as_json()) if as_json else answers.show_stats(found)
