"""Graphs of many machines: built into Parquet, and read from there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg import pipeline
from kg.cli import errors, output
from kg.cli.building import show_report
from kg.cli.options import Exports, Html, Json, Rules, written
from kg.cli.progress import shown_progress
from kg.errors import KgError
from kg.rules.ruleset import shipped

_INSTALL = "pip install 'kg[dask]'"


def build_on_cluster(
    paths: list[str], rules: Path, out: str, address: str, jobs: int, *, strict: bool, as_json: bool
) -> None:
    """Build on a cluster and print what came of it. Raises KgError without Dask."""
    try:
        from kg.scale import cluster
    except ModuleNotFoundError as error:
        raise KgError(f"a cluster needs {error.name}", hint=_INSTALL) from error
    try:
        with shown_progress() as progress:
            report = cluster.build(paths, rules, out, address, jobs=jobs, progress=progress, strict=strict)
    except KeyboardInterrupt:
        raise errors.Interrupted("what the tables held is gone; build again") from None
    for problem in report.skipped:
        errors.report(problem, kind="skipped")
    if as_json:
        skipped = [str(problem) for problem in report.skipped]
        output.print_json(
            {**report.rows, "skipped": skipped, "folder": out, "seconds": round(report.seconds, 3)}
        )
        return
    counted = output.counted
    rows = report.rows
    output.say(f"{counted(rows['documents'], 'documents')}, {counted(rows['statements'], 'statements')}")
    output.say(
        f"{counted(rows['entities'], 'entities')}, {counted(rows['edges'], 'edges')} in {report.seconds:.1f} s"
    )
    if report.skipped:
        output.say(f"{counted(len(report.skipped), 'problems')} skipped, as said above")
    output.say([("  ", ""), (out, "name")])


def import_parquet(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="What kg build --cluster wrote; may be a URL.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the graph goes.")] = Path("out"),
    html: Html = True,
    exports: Exports = True,
    rules: Rules = None,
    as_json: Json = False,
) -> None:
    """Read the graph of a cluster into graph.db.

    \b
    Example, after kg build articles --cluster local --out tables:
      kg import-parquet tables
    """
    formats = written(html=html, exports=exports)
    try:
        with shown_progress() as progress:
            report = pipeline.import_parquet(
                folder, rules or shipped(), out, formats=formats, progress=progress
            )
    except ModuleNotFoundError as error:
        raise KgError(f"Parquet needs {error.name}", hint=_INSTALL) from error
    except KeyboardInterrupt:
        raise errors.Interrupted("what was there stands as it was") from None
    show_report(report, as_json=as_json)
