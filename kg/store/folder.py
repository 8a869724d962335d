"""The output folder: one build at a time, and its files change places together or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import InputError, Place

_LOCK = ".kg-lock"
_JOURNAL = ".kg-publish"
_STAGING = ".kg-new"


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Holds the folder for one build, made if it is missing; what an earlier build left half done is settled.

    Raises InputError when the folder cannot be written or another build holds it.
    """
    from filelock import FileLock, Timeout

    with naming(folder):
        (folder / _STAGING).mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / _LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise InputError(
                "another build is writing into this folder",
                place=Place(folder),
                hint="wait for it to end, or choose another folder with --out",
            ) from None
        try:
            _recover(folder)
        except BaseException:
            lock.release()
            raise
    try:
        yield
    finally:
        lock.release()


def staged(folder: Path, name: str) -> Path:
    """Where the coming version of a file is written; on the same disk, so that it can be renamed."""
    return folder / _STAGING / name


def publish(folder: Path, names: list[str]) -> None:
    """Puts the staged files in their places; a crash in between is settled by the next build.

    Each is on disk before the first moves, and a journal that names them all is on disk too.
    """
    with naming(folder):
        for name in names:
            _sync(staged(folder, name))
        journal = staged(folder, _JOURNAL)
        journal.write_text(json.dumps(names), encoding="utf-8")
        _sync(journal)
        _sync(folder / _STAGING)
        journal.replace(folder / _JOURNAL)
        _sync(folder)
        _roll_forward(folder, names)


def clear(folder: Path, *, keep: str = "") -> None:
    """Removes staged files but `keep` and its side files; what a crash left to be published stays too."""
    if (folder / _JOURNAL).exists() or not (
        folder / _STAGING
    ).exists():  # somebody may have removed all of it
        return
    for path in (folder / _STAGING).glob("*"):
        if not keep or not path.name.startswith(keep):
            path.unlink(missing_ok=True)
    if not keep:
        (folder / _STAGING).rmdir()


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Turns the system's refusal to write into an InputError that names the place."""
    try:
        yield
    except OSError as error:
        known = isinstance(error.filename, str) and not isinstance(error, NotADirectoryError)
        place = Place(error.filename if known else path)
        raise InputError(
            f"cannot write: {error.strerror or error}",
            place=place,
            hint="free some space or choose a folder that you may write to with --out",
        ) from error


def _recover(folder: Path) -> None:
    journal = folder / _JOURNAL
    if journal.exists():
        _roll_forward(folder, json.loads(journal.read_text(encoding="utf-8")))


def _roll_forward(folder: Path, names: list[str]) -> None:
    for name in names:
        if staged(folder, name).exists():
            staged(folder, name).replace(folder / name)
    _sync(folder)
    (folder / _JOURNAL).unlink()


def _sync(path: Path) -> None:
    """Waits until a file, or what a folder lists, is on disk."""
    if path.is_dir() and os.name != "posix":  # Windows cannot open a folder, and needs not
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
