"""Files that stand whole or not at all: written beside their place, flushed to disk, renamed over it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import count
from pathlib import Path
from typing import BinaryIO, TextIO

from kg.errors import InputError, Place

_serial = count()

# What nobody has written to for so many seconds was left by a process that was killed.
_ABANDONED = 3600.0


@contextmanager
def atomic_write(path: Path) -> Iterator[BinaryIO]:
    """Yield a binary file that becomes `path` when the block ends well; if it fails, `path` stays as it was.

    Missing folders are made. What is no regular file (/dev/stdout, a pipe) is written straight through.
    Raises InputError where the place cannot be written.
    """
    with atomic_write_all([path]) as (file,):
        yield file


@contextmanager
def atomic_text(path: Path, *, errors: str = "strict") -> Iterator[TextIO]:
    """`atomic_write` for UTF-8 text; line ends are written as given on every system."""
    with atomic_write(path) as file, as_text(file, errors=errors) as text:
        yield text


@contextmanager
def as_text(file: BinaryIO, *, errors: str = "strict") -> Iterator[TextIO]:
    """Yield a UTF-8 text writer over a file of `atomic_write`, which stays open."""
    text = TextIOWrapper(file, encoding="utf-8", errors=errors, newline="")
    try:
        yield text
        text.flush()
    except BaseException:
        with suppress(OSError):  # the disk that was full still is; the first error is the one to report
            text.detach()
        raise
    text.detach()


@contextmanager
def atomic_write_all(paths: Sequence[Path]) -> Iterator[list[BinaryIO]]:
    """`atomic_write` for files that belong together: none takes its place before all are safe on disk."""
    staged: list[_Staged] = []
    try:
        for path in paths:
            staged.append(_stage(path))
        try:
            yield [stage.file for stage in staged]
        except OSError as error:
            if error.filename is not None:  # about some other file, which it names itself
                raise
            raise _refused(paths[0], error) from error
        for stage in staged:
            stage.settle()
        for stage in staged:
            stage.publish()
    finally:
        for stage in staged:
            stage.discard()


@dataclass(slots=True)
class _Staged:
    """A file being written; what it is to be renamed from and to, unless it is written straight through."""

    path: Path
    file: BinaryIO
    temporary: Path | None = None
    final: Path | None = None

    def settle(self) -> None:
        try:
            self.file.flush()
            if self.temporary:
                os.fsync(self.file.fileno())
            self.file.close()
        except OSError as error:
            raise _refused(self.path, error) from error

    def publish(self) -> None:
        if not (self.temporary and self.final):
            return
        try:
            self.temporary.replace(self.final)
            _settle_folder(self.final.parent)
        except OSError as error:
            raise _refused(self.path, error) from error

    def discard(self) -> None:
        with suppress(OSError):
            self.file.close()
        if self.temporary:
            with suppress(OSError):
                self.temporary.unlink(missing_ok=True)


def _stage(path: Path) -> _Staged:
    if path.is_dir():
        raise InputError("is a folder, not a file", place=Place(path), hint="name a file in it")
    try:
        if path.exists() and not path.is_file():
            return _Staged(path, path.open("wb"))
        final = path.resolve()
        final.parent.mkdir(parents=True, exist_ok=True)
        _sweep(final.parent)
        temporary = final.with_name(f".kg-{os.getpid()}-{next(_serial)}.tmp")
        return _Staged(path, temporary.open("xb"), temporary, final)
    except OSError as error:
        raise _refused(path, error) from error


def _sweep(folder: Path) -> None:
    """Remove what a killed process left half written."""
    oldest = time.time() - _ABANDONED
    for path in folder.glob(".kg-*.tmp"):
        with suppress(OSError):  # another process may be sweeping, too
            if path.stat().st_mtime < oldest:
                path.unlink()


def _settle_folder(folder: Path) -> None:
    """Make the rename itself last through a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems refuse; the file itself is already safe
            os.fsync(handle)
    finally:
        os.close(handle)


def _refused(path: Path, error: OSError) -> InputError:
    hint = "choose a folder that you may write to, with room on its disk"
    return InputError(f"cannot be written: {error.strerror or error}", place=Place(path), hint=hint)
