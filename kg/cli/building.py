"""From articles to a graph: build and extract."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import pipeline
from kg.cli import errors, output
from kg.cli.options import Exports, Html, Jobs, Paths, Rules, processes, written
from kg.cli.progress import shown_progress
from kg.errors import InputError, KgError, Place
from kg.rules.corrections import FILE
from kg.rules.ruleset import shipped

if TYPE_CHECKING:
    from kg.pipeline import BuildReport
    from kg.query.corrected import Corrected

_KEPT = "what was there stands as it was; the same command goes on from what has been read"


def build(
    paths: Paths = None,
    rules: Rules = None,
    out: Annotated[str, typer.Option(metavar="DIR", help="Where the graph goes.")] = "out",
    jobs: Jobs = 0,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Build on a Dask cluster (tcp://host:8786, or local), into Parquet.",
            show_default=False,
        ),
    ] = None,
    html: Html = True,
    exports: Exports = True,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail if a file or a line cannot be read.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write nothing; show what the build would change.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Build the graph of articles.

    Writes graph.db, and graph.graphml and graph.html unless the graph is too large to draw. Without a PATH it
    reads the folder seeds. Files that have not changed since the last build are not read again.

    \b
    Examples:
      kg build seeds
      kg build articles more.jsonl --rules my-rules --out graphs
      kg build s3://news/2024 --cluster tcp://10.0.0.1:8786 --out s3://news/graph
    """
    if cluster is not None:
        if dry_run:
            raise InputError("a cluster writes anew and foretells nothing", hint="leave out --dry-run")
        from kg.cli.scaling import build_on_cluster

        build_on_cluster(
            _given(paths), rules or shipped(), out, cluster, processes(jobs), strict=strict, as_json=as_json
        )
        return
    if dry_run:
        _foretell(
            _given(paths), rules or shipped(), Path(out), processes(jobs), strict=strict, as_json=as_json
        )
        return
    try:
        with shown_progress() as progress:
            report = pipeline.build(
                _given(paths),
                rules or shipped(),
                Path(out),
                jobs=processes(jobs),
                progress=progress,
                strict=strict,
                formats=written(html=html, exports=exports),
            )
    except KeyboardInterrupt:
        raise errors.Interrupted(_KEPT) from None
    show_report(report, as_json=as_json)


def show_report(report: BuildReport, *, as_json: bool) -> None:
    """Print what a build came to, and on standard error what it skipped."""
    for problem in report.skipped:
        errors.report(problem, kind="skipped")
    for problem in report.left_out:
        errors.report(problem, kind="left out")
    for each in report.corrections:
        if each.problem:
            errors.report(_looked_at(each), kind="correction")
    output.print_json(_as_json(report)) if as_json else _summarise(report)


def _looked_at(correction: Corrected) -> KgError:
    """Return a correction that a person should look at as what is told of it."""
    edge = f"{correction.head} {correction.relation} {correction.tail}"
    message = f"{correction.kind} {edge}: {correction.problem}"
    return KgError(message, place=Place(FILE), hint=f"kg correct undo {edge} takes it back")


def _foretell(paths: list[str], rules: Path, out: Path, jobs: int, *, strict: bool, as_json: bool) -> None:
    """Show what a build would change."""
    from kg.cli.differing import SHOWN, show_difference

    limit = None if as_json else SHOWN
    with shown_progress() as progress:
        found, skipped = pipeline.dry_run(
            paths, rules, out, jobs=jobs, progress=progress, strict=strict, limit=limit
        )
    for problem in skipped:
        errors.report(problem, kind="skipped")
    output.print_json(found.as_json()) if as_json else show_difference(found)


def extract(
    paths: Paths = None,
    rules: Rules = None,
    jobs: Jobs = 1,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail if a file or a line cannot be read.")
    ] = False,
) -> None:
    """Print the statements of articles as JSON lines.

    \b
    Example:
      kg extract seeds | head -n 3
    """

    def skip(problem: KgError) -> None:
        if strict:
            raise problem
        errors.report(problem, kind="skipped")

    try:
        for lines in pipeline.extract_lines(
            _given(paths), rules or shipped(), jobs=processes(jobs), on_error=skip
        ):
            sys.stdout.write(output.guarded_json(lines))
    except KeyboardInterrupt:
        raise errors.Interrupted("the lines printed so far are whole documents") from None


def _given(paths: list[str] | None) -> list[str]:
    """Return the paths, or the folder of the five articles where that is at hand."""
    if paths:
        return paths
    if not Path("seeds").is_dir():
        raise InputError("say what to read", hint="give files or folders, or - for standard input")
    return ["seeds"]


def _summarise(report: BuildReport) -> None:
    counted = output.counted
    unchanged = f" ({report.unchanged:,} unchanged)" if report.unchanged else ""
    output.say(f"{counted(report.documents, 'documents')}{unchanged}, {counted(report.mentions, 'mentions')}")
    output.say(
        f"{counted(report.entities, 'entities')}, {counted(report.statements, 'statements')},"
        f" {counted(report.edges, 'edges')} in {report.seconds:.1f} s"
    )
    if report.skipped:
        output.say(f"{counted(len(report.skipped), 'problems')} skipped, as said above")
    if report.corrections:
        output.say(counted(len(report.corrections), "corrections"))
    for file in report.files:
        output.say([("  ", ""), (str(file), "name")])


def _as_json(report: BuildReport) -> dict[str, object]:
    return {
        "documents": report.documents,
        "unchanged": report.unchanged,
        "mentions": report.mentions,
        "entities": report.entities,
        "statements": report.statements,
        "edges": report.edges,
        "corrections": [each.as_json() for each in report.corrections],
        "left_out": [str(problem) for problem in report.left_out],
        "skipped": [str(problem) for problem in report.skipped],
        "files": [str(file) for file in report.files],
        "seconds": round(report.seconds, 3),
    }
