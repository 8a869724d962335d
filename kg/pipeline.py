"""The order of the stages: sources, documents, statements, database, exports."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from kg import export, query, read
from kg.attempt import Extractor
from kg.building import DATABASE, Build, outputs, write_exports
from kg.errors import InputError, KgError, Place
from kg.model import Extraction, Statement
from kg.progress import Progress
from kg.query import differences
from kg.query.corrected import Corrected
from kg.query.corrected import corrected as corrected_edges
from kg.query.differences import Difference
from kg.rules import corrections, ruleset
from kg.store import folder, packing, writing
from kg.store.columns import to_json
from kg.workers import Kept, LoadExtractor, run

T = TypeVar("T")

# The formats that a build writes beside the database.
FORMATS = ("graphml", "html")

OnError = Callable[[KgError], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build came to: counts of the whole graph, of which `unchanged` documents were not read again.

    `entities` counts those with an edge; `skipped` says what could not be read; `seconds` is the time taken.
    `corrections` are those that a person made, each with what is the matter with it. `files` are those that
    show the graph as it is, `left_out` says of others why they do not.
    """

    documents: int
    unchanged: int
    skipped: tuple[KgError, ...]
    mentions: int
    entities: int
    statements: int
    edges: int
    files: tuple[Path, ...]
    seconds: float
    corrections: tuple[Corrected, ...] = ()
    left_out: tuple[KgError, ...] = ()


def load_extractor(rules_dir: Path) -> Extractor:
    """The extractor of a rule folder; raises RuleError with file:line:column."""
    from kg import rulecache

    return rulecache.load(rules_dir)


def extract(
    paths: Sequence[str],
    rules_dir: Path,
    *,
    jobs: int = 1,
    on_error: OnError,
    load_extractor: LoadExtractor = load_extractor,
) -> Iterator[Statement]:
    """The statements of all documents, in the order of the paths, the same for any number of `jobs`.

    What cannot be read goes to `on_error`, but raises InputError if it is all there is.
    """
    ids = read.UniqueIds()
    for packed in _extract(paths, rules_dir, packing.pack, jobs, on_error, load_extractor):
        yield from packing.unpack(packed._replace(id=ids.claim(packed.id)))


def extract_lines(
    paths: Sequence[str],
    rules_dir: Path,
    *,
    jobs: int = 1,
    on_error: OnError,
    load_extractor: LoadExtractor = load_extractor,
) -> Iterator[str]:
    """`extract` as JSON: for each document its lines, each a statement, written where it was read."""
    ids = read.UniqueIds()
    for name, lines in _extract(paths, rules_dir, _write_lines, jobs, on_error, load_extractor):
        unique = ids.claim(name)
        yield lines if unique == name else _rename(lines, unique)


def build(
    paths: Sequence[str],
    rules_dir: Path,
    out_dir: Path,
    *,
    jobs: int = 1,
    progress: Callable[[Progress], None] | None = None,
    strict: bool = False,
    formats: Sequence[str] = FORMATS,
    load_extractor: LoadExtractor = load_extractor,
) -> BuildReport:
    """Brings the graph in `out_dir` up to date with the files that the paths name, and writes its exports.

    Files that did not change since the last build by the same rules are not read. The outputs change places
    together at the end; whatever happens before leaves them as they were. An interrupted build (Ctrl-C, a
    crash) is gone on with by the next one. `strict` refuses what otherwise is skipped; `formats` are written.
    Raises InputError if nothing can be read, or `out_dir` cannot be written or is being built into.
    """
    started = time.monotonic()
    skipped: list[tuple[int, KgError]] = []

    def on_error(problem: KgError, position: int = -1) -> None:
        if strict:
            raise problem
        skipped.append((position, problem))

    ontology = ruleset.load_ontology(rules_dir)
    work = Build(
        rules_dir=rules_dir,
        ontology=ontology,
        corrections=corrections.load(rules_dir, ontology),
        extractor=load_extractor(rules_dir),
        sources=read.sources(paths, on_error),
        load_extractor=load_extractor,
        out_dir=out_dir,
        formats=tuple(formats),
        jobs=jobs,
        on_error=on_error,
        progress=progress or (lambda _: None),
    )
    with _held(out_dir):
        work.run()
        counts = query.stats(out_dir / DATABASE)
    return _report(
        counts,
        out_dir,
        work.formats,
        work.refused,
        time.monotonic() - started,
        unchanged=counts.documents - work.extracted,
        skipped=tuple(problem for _, problem in sorted(skipped, key=itemgetter(0))),
    )


def import_parquet(
    source: str,
    rules_dir: Path,
    out_dir: Path,
    *,
    formats: Sequence[str] = FORMATS,
    progress: Callable[[Progress], None] | None = None,
) -> BuildReport:
    """Puts the graph that a cluster left as Parquet in `source`, a folder or URL, into `out_dir`.

    What was there is replaced; the rules give the looks of the exports, and the corrections. Raises InputError
    where there is no finished build, or `out_dir` cannot be written or is being built into, KgError without
    pyarrow.
    """
    from kg.scale import loading

    started = time.monotonic()

    def show(stage: str) -> None:
        if progress:
            progress(Progress(stage, 0, 0, 0))

    ontology = ruleset.load_ontology(rules_dir)
    known = corrections.load(rules_dir, ontology)
    with _held(out_dir):
        staging = folder.staged(out_dir, DATABASE)
        writing.discard(staging)
        loading.load(source, staging, show, known)
        written, refused = write_exports(staging, out_dir, formats, ontology, show)
        folder.publish(out_dir, outputs(written))
        counts = query.stats(out_dir / DATABASE)
    return _report(counts, out_dir, formats, refused, time.monotonic() - started)


def dry_run(
    paths: Sequence[str],
    rules_dir: Path,
    out_dir: Path,
    *,
    jobs: int = 1,
    progress: Callable[[Progress], None] | None = None,
    strict: bool = False,
    limit: int | None = None,
    load_extractor: LoadExtractor = load_extractor,
) -> tuple[Difference, tuple[KgError, ...]]:
    """What `build` would change in the graph in `out_dir`, and what it would skip; nothing there is touched.

    At most `limit` changes of each kind are told. Raises InputError as `build` does, and where the graph that
    is there was made by an older kg.
    """
    with TemporaryDirectory(prefix="kg-") as folder_name:
        scratch, current = Path(folder_name), out_dir / DATABASE
        before = scratch / "before.db"
        if current.exists():
            query.open_graph(current).close()
            shutil.copyfile(current, before)
            shutil.copyfile(current, scratch / DATABASE)
        else:
            writing.Writer(writing.prepare(before, before, "", frozenset())).close()
        report = build(
            paths,
            rules_dir,
            scratch,
            jobs=jobs,
            progress=progress,
            strict=strict,
            formats=(),
            load_extractor=load_extractor,
        )
        return differences.diff(before, scratch / DATABASE, limit=limit), report.skipped


def _report(
    counts: query.Stats,
    out_dir: Path,
    formats: Sequence[str],
    refused: Sequence[KgError],
    seconds: float,
    *,
    unchanged: int = 0,
    skipped: tuple[KgError, ...] = (),
) -> BuildReport:
    current = writing.exports(out_dir / DATABASE)
    return BuildReport(
        documents=counts.documents,
        unchanged=unchanged,
        skipped=skipped,
        mentions=counts.mentions,
        entities=counts.connected,
        statements=counts.statements,
        edges=counts.edges,
        files=tuple(out_dir / name for name in outputs([name for name in formats if name in current])),
        seconds=seconds,
        corrections=corrected_edges(out_dir / DATABASE),
        left_out=(*refused, *_outdated(out_dir, set(FORMATS) - current - set(formats))),
    )


def _outdated(out_dir: Path, formats: Iterable[str]) -> Iterator[KgError]:
    """What is the matter with files that were not asked for and that an earlier build left."""
    for name in sorted(formats):
        path = out_dir / export.FORMATS[name].file
        if path.exists():
            yield KgError(
                "this shows the graph of an earlier build",
                place=Place(path),
                hint="kg build writes it anew where it is not told to leave it out",
            )


def _extract(
    paths: Sequence[str],
    rules_dir: Path,
    finish: Callable[[Extraction], T],
    jobs: int,
    on_error: OnError,
    load_extractor: LoadExtractor,
) -> Iterator[T]:
    extractor = load_extractor(rules_dir)
    sources = read.sources(paths, on_error)
    for piece in run(sources, rules_dir, extractor, finish, load_extractor=load_extractor, jobs=jobs):
        for problem in piece.problems:
            if piece.failed and len(sources) == 1:
                raise problem
            on_error(problem)
        yield from (item for item in piece.items if not isinstance(item, Kept))


def _write_lines(extraction: Extraction) -> tuple[str, str]:
    lines = (to_json(said.as_json()) + "\n" for said in extraction.statements)
    return extraction.document.id, "".join(lines)


def _rename(lines: str, doc: str) -> str:
    said = (json.loads(line) for line in lines.splitlines())
    return "".join(to_json({**each, "doc": doc}) + "\n" for each in said)


@contextmanager
def _held(out_dir: Path) -> Iterator[None]:
    """Holds the output folder; what is half done stays for the next build only if this one was stopped."""
    with folder.exclusive(out_dir):
        try:
            with _explained(out_dir):
                yield
        except KeyboardInterrupt:
            folder.clear(out_dir, keep=DATABASE)
            raise
        except BaseException:
            folder.clear(out_dir)
            raise
        folder.clear(out_dir)


@contextmanager
def _explained(out_dir: Path) -> Iterator[None]:
    """Turns what SQLite meets on the disk into an error that a person can act on."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_INTERRUPT":  # what becomes of Ctrl-C within a statement
            raise KeyboardInterrupt from error
        if not out_dir.exists():
            raise InputError(
                "the folder was removed while the graph was being written",
                place=Place(out_dir),
                hint="build again",
            ) from error
        hint = "free some space, or choose another folder with --out"
        raise InputError(f"the graph cannot be written: {error}", place=Place(out_dir), hint=hint) from error
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):  # ours to mend
        raise
    except sqlite3.DatabaseError as error:
        place = Place(out_dir / DATABASE)
        raise InputError(
            f"the graph is damaged: {error}", place=place, hint="remove it and build again"
        ) from error
