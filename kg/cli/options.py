"""The options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH",
        help="Files (.txt .md .html .jsonl), folders, or - for standard input.",
        show_default=False,
    ),
]
Rules = Annotated[
    Path | None,
    typer.Option(
        "--rules", metavar="DIR", help="The rule folder; the shipped rules if left out.", show_default=False
    ),
]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", metavar="N", min=0, help="Processes; 0 is one for each core.")
]
Db = Annotated[Path, typer.Option("--db", metavar="FILE", help="The graph to read.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Relations = Annotated[
    list[str] | None,
    typer.Option(
        "--relation", "-r", metavar="关系", help="Only this relation, such as 任职; may be repeated."
    ),
]
Html = Annotated[bool, typer.Option("--html/--no-html", help="Write the page.")]
Exports = Annotated[
    bool, typer.Option("--exports/--no-exports", help="Write the page and GraphML; else graph.db alone.")
]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Dated from: 2024, 2024-05 or 2024-05-14.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Dated until.")]
At = Annotated[str | None, typer.Option(metavar="DATE", help="What held then.")]

DB = Path("out/graph.db")


def processes(jobs: int) -> int:
    """Return the number of processes meant: those asked for, or one for each core that we may use."""
    if jobs:
        return jobs
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def written(*, html: bool, exports: bool) -> list[str]:
    """Return the formats that are written beside the database."""
    from kg.pipeline import FORMATS

    return [name for name in FORMATS if exports and (html or name != "html")]
