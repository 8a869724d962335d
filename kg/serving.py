"""The graph as tools for an assistant, by the Model Context Protocol over standard input and output."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import __version__, query
from kg.errors import KgError

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

_ABOUT = """A knowledge graph of Chinese technology news. Every edge has sentences that prove it: cite `quote`,
with `doc`, `title`, `url` and `date`. Relations are Chinese words such as 任职, 投资, 收购. `certainty` is
asserted or hedged (planned, rumoured). Dates are 2024, 2024-05 or 2024-05-14."""

# More than an assistant can read at once.
MOST = 200


def serve(db: Path) -> None:
    """Answer an assistant until it hangs up. Nothing is written; the graph that is there now is the one asked, so
    that a new build is seen at once.

    Raises InputError for a file that is no graph, KgError where the package mcp is missing.
    """
    query.open_graph(db).close()
    asyncio.run(made(db).run_stdio_async())


def made(db: Path) -> MCPServer[Any]:
    """Return a server with the tools search, neighbors, path, why and timeline about a graph."""
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise KgError("kg serve needs the package mcp", hint="pip install 'kg[mcp]'") from error
    server: MCPServer[Any] = MCPServer("kg", instructions=_ABOUT, version=__version__, log_level="WARNING")
    reading = ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    for tool in tools(db):
        server.add_tool(tool, annotations=reading, structured_output=True)
    return server


def tools(db: Path) -> tuple[Callable[..., dict[str, Any]], ...]:
    """Return the questions as functions; their docstrings are what an assistant reads."""

    def search(text: str, limit: int = 20) -> dict[str, Any]:
        """Look for entities by name and for sentences by the words in them. Start here to learn how a name is spelt."""
        return _answer(lambda: query.search(db, text, limit=_bounded(limit)))

    def neighbors(
        name: str,
        depth: int = 1,
        relations: list[str] | None = None,
        direction: str = "both",
        since: str | None = None,
        until: str | None = None,
        at: str | None = None,
        limit: int = 50,
    ) -> dict[str, Any]:
        """What an entity is connected with, each edge with the sentence that shows it best.

        direction is in, out or both; since and until bound the dates, at asks for what held on a date.
        """
        return _answer(
            lambda: query.neighbors(
                db, name, depth, query.known_relations(db, relations), direction,
                since=since, until=until, at=at, limit=_bounded(limit),
            )
        )  # fmt: skip

    def path(a: str, b: str, relations: list[str] | None = None) -> dict[str, Any]:
        """A shortest path between two entities, each step with its edges and a sentence for each."""
        return _answer(lambda: query.path(db, a, b, relations=query.known_relations(db, relations)))

    def why(head: str, tail: str) -> dict[str, Any]:
        """Every sentence behind every edge between two entities, in both directions."""
        return _answer(lambda: query.why(db, head, tail))

    def timeline(
        name: str, relations: list[str] | None = None, since: str | None = None, until: str | None = None
    ) -> dict[str, Any]:
        """The dated statements about an entity in order of time, each with its sentence."""
        return _answer(
            lambda: query.timeline(
                db, name, relations=query.known_relations(db, relations), since=since, until=until
            )
        )

    return search, neighbors, path, why, timeline


def _bounded(limit: int) -> int:
    return max(1, min(limit, MOST))


def _answer(ask: Callable[[], Any]) -> dict[str, Any]:
    """Return an answer as plain data; what a person could mend is told the assistant in one line."""
    from mcp.server.mcpserver.exceptions import ToolError

    try:
        answer: dict[str, Any] = ask().as_json()
    except KgError as error:
        raise ToolError(f"{error.message}; {error.hint}" if error.hint else error.message) from error
    return answer
