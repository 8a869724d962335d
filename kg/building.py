"""The steps of a build in a held output folder: read what changed, merge, export, change places."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg import __version__, export, read
from kg.attempt import Extractor
from kg.changes import compare, key
from kg.errors import InputError, KgError
from kg.export.model import from_parts
from kg.garbage import uncollected
from kg.graph import load_parts
from kg.ontology import Ontology
from kg.progress import Progress
from kg.resolve.decisions import Decisions
from kg.resolve.identities import deciding
from kg.rules.corrections import NONE, Corrections
from kg.store import folder, packing, schema, writing
from kg.store.packing import PackedDocument
from kg.workers import Kept, LoadExtractor, Piece, run

DATABASE = "graph.db"


def outputs(formats: Sequence[str]) -> list[str]:
    """The names of the database and of the files in these formats."""
    return [DATABASE, *(export.FORMATS[name].file for name in formats)]


def write_exports(
    db: Path,
    out_dir: Path,
    formats: Sequence[str],
    ontology: Ontology,
    show: Callable[[str], None],
    *,
    anew: bool = True,
) -> tuple[list[str], list[InputError]]:
    """Stages the files of the formats beside the staged database, which takes note of them; `show` is told
    what is written. `anew` says that the graph is another than that of the exports before.

    Returns the formats that were written, and why others were not: the graph is too large for them.
    """
    possible, refused = _possible(db, formats)
    writing.note_exports(db, possible, anew=anew)
    if not possible:
        return possible, refused
    with uncollected():
        _stage(db, out_dir, possible, ontology, show)
    return possible, refused


def _stage(
    db: Path, out_dir: Path, formats: Sequence[str], ontology: Ontology, show: Callable[[str], None]
) -> None:
    show("graph")
    parts = load_parts(db, rejected=True)
    data = replace(
        from_parts(parts, export.colours_of(ontology)), conflicts=export.conflicts_for(formats, db, ontology)
    )
    del parts
    for name in formats:
        exporter = export.FORMATS[name]
        show(exporter.file)
        exporter.write(data, folder.staged(out_dir, exporter.file), ontology)


def _possible(db: Path, formats: Sequence[str]) -> tuple[list[str], list[InputError]]:
    """The formats that the graph is not too large for, and why it is for others."""
    possible, refused = list[str](), list[InputError]()
    for name in formats:
        try:
            export.refuse_large(name, db)
            possible.append(name)
        except InputError as error:
            refused.append(error)
    return possible, refused


@dataclass(slots=True)
class Build:
    """One build, with the output folder held. `on_error` takes a problem and its source's position."""

    sources: list[read.Source]
    rules_dir: Path
    ontology: Ontology
    extractor: Extractor
    load_extractor: LoadExtractor
    out_dir: Path
    formats: tuple[str, ...]
    jobs: int
    on_error: Callable[[KgError, int], None]
    progress: Callable[[Progress], None]
    corrections: Corrections = NONE
    extracted: int = field(default=0, init=False)
    refused: list[InputError] = field(default_factory=list, init=False)

    def run(self) -> None:
        """Brings the outputs up to date; `extracted` counts the documents that were not known, `refused` says
        which formats the graph is too large for.
        """
        staging, current = folder.staged(self.out_dir, DATABASE), self.out_dir / DATABASE
        rules = f"{__version__} {schema.READING} {self.extractor.rules_hash}"
        decisions = Decisions.load(self.rules_dir)
        resumed = staging.exists()
        known = writing.known(current, rules)
        missing = self._missing(known)
        if not resumed and not missing and current.exists():
            changes = compare(self.sources, known.sources)
            if not changes and known.corrections == self.corrections.hash:
                self._report(changes.problems)
                return
        with folder.naming(self.out_dir):
            db = writing.prepare(staging, current, rules, self.ontology.symmetric, self.ontology.closes)
        with closing(db):
            writer = writing.Writer(db)
            worth_keeping = self._update(db, writer)
            corrected = writing.get_meta(db, "corrections") != self.corrections.hash
            stale = writer.changed or resumed or corrected or writing.get_meta(db, "merged") != "1"
            if stale:
                self._show("merge")
                writer.finish(deciding(decisions), self.corrections)
            else:
                writer.close()
        written = list[str]()
        if stale or missing:
            formats = self.formats if stale else missing
            written, self.refused = write_exports(
                staging, self.out_dir, formats, self.ontology, self._show, anew=stale
            )
        if stale or missing or worth_keeping:
            folder.publish(self.out_dir, outputs(written))

    def _missing(self, known: writing.Known) -> list[str]:
        """The formats that are to be written though the graph stays as it is."""
        if not known.sources:
            return list(self.formats)
        missing = [
            name
            for name in self.formats
            if name not in known.exports or not (self.out_dir / export.FORMATS[name].file).exists()
        ]
        missing, self.refused = _possible(self.out_dir / DATABASE, missing)
        return missing

    def _update(self, db: sqlite3.Connection, writer: writing.Writer) -> bool:
        """Has the database hold what the sources hold; returns whether it learnt anything about the files."""
        changes = compare(self.sources, writing.source_states(db))
        self._report(changes.problems)
        for path in changes.gone:
            writer.remove_source(path)
        for position in changes.touched:
            source = self.sources[position]
            writer.touch(key(source), source.size, source.mtime)
        intake = _Intake(writer, [self.sources[position] for position in changes.to_read])
        for piece in run(
            intake.sources,
            self.rules_dir,
            self.extractor,
            packing.pack,
            load_extractor=self.load_extractor,
            jobs=self.jobs,
            known=lambda at: writing.fingerprints(db, key(intake.sources[at])),
        ):
            self._report([(changes.to_read[piece.source], problem) for problem in piece.problems])
            self.extracted += intake.take(piece)
            self._show("read", intake.done, intake.total)
        writer.arrange(map(key, self.sources), read.UniqueIds().claim)
        if not db.execute("SELECT EXISTS (SELECT 1 FROM documents WHERE source > 0)").fetchone()[0]:
            raise intake.first_problem or InputError("no document was found", hint="name files with articles")
        return intake.learnt or bool(changes.gone or changes.touched or changes.moved)

    def _report(self, problems: Sequence[tuple[int, KgError]]) -> None:
        for position, problem in problems:
            self.on_error(problem, position)

    def _show(self, stage: str, done: int = 0, total: int = 0) -> None:
        self.progress(Progress(stage, done, total, self.extracted))


class _Intake:
    """Takes the pieces of `sources` into the database. `done` and `total` are in bytes.

    `learnt` says that some file was read well enough not to be read again.
    """

    def __init__(self, writer: writing.Writer, sources: list[read.Source]) -> None:
        self.sources = sources
        self.total = sum(source.size for source in sources)
        self.learnt = False
        self.first_problem: KgError | None = None
        self._writer = writer
        self._finished = 0
        self._open = -1
        self._problems: list[KgError] = []
        self._characters = 0

    @property
    def done(self) -> int:
        """The bytes read so far; within a file, three for each character."""
        within = min(self._characters * 3, self.sources[self._open].size) if self._open >= 0 else 0
        return self._finished + within

    def take(self, piece: Piece[PackedDocument]) -> int:
        """Stores a piece; returns how many documents were extracted for it."""
        source = self.sources[piece.source]
        if piece.source != self._open:
            self._writer.open_source(key(source), source.id)
            self._open, self._problems, self._characters = piece.source, [], 0
        extracted = 0
        for item in piece.items:
            if isinstance(item, Kept):
                self._writer.keep(item.fingerprint)
            else:
                self._writer.add(item)
                self._characters += item.characters
                extracted += 1
        self._problems += piece.problems
        self.first_problem = self.first_problem or next(iter(piece.problems), None)
        if piece.last:
            stat = (source.size, source.mtime) if piece.hash else (-1, -1)  # a pipe has none to trust
            self._writer.close_source(*stat, piece.hash, self._problems)
            self._finished += source.size
            self._open = -1
            self.learnt |= piece.hash is not None
        self._writer.commit()
        return extracted
