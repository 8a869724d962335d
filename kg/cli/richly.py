"""Printing what rich has laid out, clean of what articles may smuggle in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from kg.cli.output import clean, is_colourful, line_width, print_json

# A table in a pipe is for a person all the same, who has nothing to fold it with.
_WIDEST = 160


class _Clean:
    """A renderable whose text no terminal obeys."""

    def __init__(self, renderable: RenderableType) -> None:
        self._renderable = renderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for segment in console.render(self._renderable, options):
            lines = segment.text.split("\n")
            yield Segment("\n".join(map(clean, lines)), segment.style, segment.control)


def show(renderable: RenderableType) -> None:
    """Print a renderable to standard output; without colours where that is no terminal."""
    colourful = is_colourful(sys.stdout)
    console = Console(
        file=sys.stdout,
        width=min(line_width(), _WIDEST),
        force_terminal=colourful,
        no_color=not colourful,
        highlight=False,
    )
    console.print(_Clean(renderable))


def show_or_json(data: dict[str, Any], renderable: RenderableType, as_json: bool) -> None:
    """Print for a program or for a person."""
    print_json(data) if as_json else show(renderable)
