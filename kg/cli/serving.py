"""The graph for programs that ask it."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import DB, Db
from kg.errors import InputError


def serve(
    mcp: Annotated[
        bool, typer.Option("--mcp", help="Speak the Model Context Protocol on standard input and output.")
    ] = False,
    db: Db = DB,
) -> None:
    """Answer an assistant's questions with sentences of the graph.

    Tools: search, neighbors, path, why and timeline, read-only. Needs the package mcp (pip install 'kg[mcp]').

    \b
    Example:
      kg serve --mcp --db out/graph.db
    """
    from kg.serving import serve as answer

    if not mcp:
        raise InputError("say how to serve", hint="kg serve --mcp")
    answer(db)
