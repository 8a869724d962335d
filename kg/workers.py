"""Reading and extracting in this process or in several, with the results in the order of the sources."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Generic, TypeVar

from kg import read
from kg.attempt import Extractor, attempt
from kg.errors import InputError, KgError
from kg.model import Document, Extraction
from kg.store.packing import fingerprint

T = TypeVar("T")

# What one task reads, in bytes: small enough that results stay few in memory, large enough that handing them
# over costs nothing to speak of.
BATCH_BYTES = 512 * 1024
BATCH_FILES = 256
# A file that may hold many documents is opened here, and its documents are handed over, from this size on.
SHARED_BYTES = 4 * 1024 * 1024
# Tasks under way for each process, so that none waits and none runs far ahead.
_AHEAD = 3


LoadExtractor = Callable[[Path], Extractor]


@dataclass(frozen=True, slots=True)
class Kept:
    """Stands for a document that the caller knows already."""

    fingerprint: str


@dataclass(frozen=True, slots=True)
class Piece(Generic[T]):
    """What a part of a source gave, the whole of it unless it is large; `last` ends the source.

    `source` is its position among the sources, `hash` that of its bytes, None where they cannot be read
    again. `failed` says that the source as a whole could not be read.
    """

    source: int
    items: tuple[T | Kept, ...]
    problems: tuple[KgError, ...] = ()
    hash: str | None = None
    last: bool = True
    failed: bool = False


@dataclass(frozen=True, slots=True)
class _Files:
    """A task: sources to read, each with its position and the fingerprints that are known."""

    sources: tuple[tuple[int, read.Source, Collection[str]], ...]


@dataclass(frozen=True, slots=True)
class _Documents:
    """A task: documents of a source that the parent reads; the piece lacks only what they give."""

    documents: tuple[Document | Kept, ...]
    piece: Piece[Any]


_Task = _Files | _Documents


def run(
    sources: Sequence[read.Source],
    rules_dir: Path,
    extractor: Extractor,
    finish: Callable[[Extraction], T],
    *,
    load_extractor: LoadExtractor,
    jobs: int,
    known: Callable[[int], Collection[str]] | None = None,
) -> Iterator[Piece[T]]:
    """Yield what every source gives, in their order, the same whatever the number of `jobs`.

    `finish` turns an extraction into what is handed over. Where several processes are worth their start,
    each has `load_extractor` make its own `extractor`; both functions must be importable by name. `known`
    tells the fingerprints of a source's documents that need no extraction; without it nothing is hashed.
    Raises KgError if a worker process dies.
    """
    profile, hashing = read.load_profile(rules_dir), known is not None
    rest = _tasks(sources, profile, known)
    first = list(islice(rest, 2))
    tasks = chain(first, rest)
    if jobs < 2 or len(first) < 2:
        worker = _Worker(profile, extractor, finish, hashing)
        for task in tasks:
            yield from worker.work(task)
        return
    context = multiprocessing.get_context("spawn")  # fork would copy locks, threads and open databases
    pool = ProcessPoolExecutor(jobs, context, _enter, (rules_dir, load_extractor, finish, hashing))
    try:
        for pieces in _in_order(pool, tasks, jobs * _AHEAD):
            yield from pieces
    except BrokenProcessPool as error:
        raise KgError(
            "a worker process died, perhaps for want of memory", hint="use fewer processes: --jobs 1"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class _Worker(Generic[T]):
    """Reads and extracts; made once in each process."""

    def __init__(
        self,
        profile: read.ReadingProfile,
        extractor: Extractor,
        finish: Callable[[Extraction], T],
        hashing: bool,
    ) -> None:
        self._profile = profile
        self._extractor = extractor
        self._finish = finish
        self._hashing = hashing

    def work(self, task: _Task) -> list[Piece[T]]:
        """The pieces of a task."""
        if isinstance(task, _Files):
            return [self._read(*each) for each in task.sources]
        piece = task.piece
        problems = list(piece.problems)
        items: list[T | Kept] = []
        for each in task.documents:
            items += [each] if isinstance(each, Kept) else self._extract(each, problems)
        return [Piece(piece.source, tuple(items), tuple(problems), piece.hash, piece.last, piece.failed)]

    def _read(self, position: int, source: read.Source, known: Collection[str]) -> Piece[T]:
        problems: list[KgError] = []
        items: list[T | Kept] = []
        file_hash = hash_file(source.path) if self._hashing else None
        try:
            for document in read.load(source, self._profile, problems.append):
                mark = fingerprint(document) if known else ""
                items += [Kept(mark)] if mark in known else self._extract(document, problems)
        except InputError as error:
            return Piece(position, (), (*problems, error), failed=True)
        return Piece(position, tuple(items), tuple(problems), file_hash)

    def _extract(self, document: Document, problems: list[KgError]) -> list[T]:
        """What the document gives; nothing but a problem more if it fails or takes too long."""
        found = attempt(self._extractor, document)
        if isinstance(found, InputError):
            problems.append(found)
            return []
        return [self._finish(found)]


def _tasks(
    sources: Sequence[read.Source],
    profile: read.ReadingProfile,
    known: Callable[[int], Collection[str]] | None,
) -> Iterator[_Task]:
    batch: list[tuple[int, read.Source, Collection[str]]] = []
    size = 0
    for position, source in enumerate(sources):
        marks = known(position) if known else ()
        here = _is_read_here(source)
        if batch and (here or size + source.size > BATCH_BYTES or len(batch) == BATCH_FILES):
            yield _Files(tuple(batch))
            batch, size = [], 0
        if here:
            yield from _documents(position, source, profile, marks, hashing=known is not None)
        else:
            batch.append((position, source, marks))
            size += source.size
    if batch:
        yield _Files(tuple(batch))


def _is_read_here(source: read.Source) -> bool:
    """Whether only this process can open it, as a pipe, or one file would keep one worker busy for long."""
    if source.path == "-" or not Path(source.path).is_file():
        return source.path == "-" or Path(source.path).exists()
    return source.size > SHARED_BYTES and source.path.lower().endswith(".jsonl")


def _documents(
    position: int, source: read.Source, profile: read.ReadingProfile, known: Collection[str], *, hashing: bool
) -> Iterator[_Documents]:
    problems: list[KgError] = []
    documents: list[Document | Kept] = []
    size = 0
    file_hash = hash_file(source.path) if hashing else None
    failed = False
    try:
        for document in read.load(source, profile, problems.append):
            mark = fingerprint(document) if known else ""
            documents.append(Kept(mark) if mark in known else document)
            size += len(document.text)
            if size * 3 > BATCH_BYTES:  # three bytes for a Chinese character
                yield _Documents(tuple(documents), Piece(position, (), tuple(problems), last=False))
                problems, documents, size = [], [], 0
    except InputError as error:
        problems.append(error)
        failed = True
    yield _Documents(tuple(documents), Piece(position, (), tuple(problems), file_hash, failed=failed))


def hash_file(path: str) -> str | None:
    """32 hexadecimal digits for the bytes of a file; None where reading it twice is not possible."""
    if path == "-" or not Path(path).is_file():
        return None
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:32]
    except OSError:  # loading will say why
        return None


def _in_order(pool: ProcessPoolExecutor, tasks: Iterable[_Task], ahead: int) -> Iterator[list[Piece[Any]]]:
    waiting: deque[Future[list[Piece[Any]]]] = deque()
    for task in tasks:
        waiting.append(pool.submit(_work, task))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


# The worker of this process, where it is one of a pool: a pool hands a task over, but no object of ours.
_worker: _Worker[Any] | None = None


def _enter(
    rules_dir: Path, load_extractor: LoadExtractor, finish: Callable[[Extraction], Any], hashing: bool
) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _worker = _Worker(read.load_profile(rules_dir), load_extractor(rules_dir), finish, hashing)


def _work(task: _Task) -> list[Piece[Any]]:
    assert _worker is not None
    return _worker.work(task)


def _leave_with_parent() -> None:
    """A pool's process would wait for work for ever when its parent is killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
