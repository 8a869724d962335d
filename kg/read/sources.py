"""The files behind the paths a person gives, without opening them, and the ids of their documents."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError, KgError, Place

STDIN = "-"
ENDINGS = (".txt", ".md", ".html", ".htm", ".jsonl")

_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_KNOWN = ", ".join(ENDINGS)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, or standard input. `id` is unique among the sources of a run; `size` is in bytes and
    `mtime` in nanoseconds, both 0 for standard input.
    """

    path: str
    id: str
    size: int
    mtime: int


@dataclass(slots=True)
class UniqueIds:
    """Hands out ids: the second document of a name gets `name~2`, and so on."""

    _taken: set[str] = field(default_factory=set)
    _count: dict[str, int] = field(default_factory=dict)

    def claim(self, name: str) -> str:
        """Return `name`, or the next of its numbered forms that is free, which is then taken."""
        unique = name
        while unique in self._taken:
            self._count[name] = self._count.get(name, 1) + 1
            unique = f"{name}~{self._count[name]}"
        self._taken.add(unique)
        return unique


def sources(paths: Sequence[str], on_error: Callable[[KgError], None]) -> list[Source]:
    """Return the sources of files and folders, each file once: in the order of `paths`, within a folder
    sorted by path. Hidden files and folders inside a folder are passed over.

    A file within a folder that cannot be looked at goes to `on_error`. Raises InputError for a path that is
    missing or unreadable, has an unknown ending, or is a folder without any file to read.
    """
    ids = UniqueIds()
    found: dict[str, Source] = {}
    for path in paths:
        for file, info in _files(path, on_error):
            key = os.path.normpath(file)
            if key not in found:
                name = "stdin" if file == STDIN else shown(_stem(file))
                found[key] = Source(file, ids.claim(name), info.st_size, info.st_mtime_ns)
    return list(found.values())


def shown(name: str) -> str:
    """Return a name that can be printed and stored: control characters and bytes that are none replaced."""
    return _UNSHOWN.sub("\ufffd", name)


def unreadable(path: str, error: OSError | ValueError) -> InputError:
    """Return the error that says why the system refused `path`."""
    reason = getattr(error, "strerror", None) or str(error)
    hints: dict[type[Exception], str] = {
        FileNotFoundError: "check the spelling",
        PermissionError: "check who may read it",
    }
    return InputError(
        f"cannot be read: {reason}", place=Place(shown(path)), hint=hints.get(type(error), "check the path")
    )


def _files(path: str, on_error: Callable[[KgError], None]) -> Iterator[tuple[str, os.stat_result]]:
    if path == STDIN:
        yield STDIN, os.stat_result([0] * 10)
        return
    place = Place(shown(path))
    try:
        info = Path(path).stat()
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    if not stat.S_ISDIR(info.st_mode):
        ending = Path(path).suffix
        if ending and ending.lower() not in ENDINGS:
            raise InputError(f"has an unknown ending {ending}", place=place, hint=f"known are {_KNOWN}")
        yield path, info
        return
    try:
        os.scandir(path).close()
    except OSError as error:
        raise unreadable(path, error) from error
    empty = True
    for found in _walk(path, on_error):
        empty = False
        yield found
    if empty:
        raise InputError("holds no file to read", place=place, hint=f"files that end in {_KNOWN} are read")


def _walk(folder: str, on_error: Callable[[KgError], None]) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the readable files below `folder`; a folder reached twice, by a link or a loop, is read once."""
    seen: set[tuple[int, int]] = set()
    pending = [folder]
    while pending:
        path = pending.pop()
        try:
            info = Path(path).stat()
            if not stat.S_ISDIR(info.st_mode):
                if stat.S_ISREG(info.st_mode):
                    yield path, info
                continue
            if (info.st_dev, info.st_ino) in seen:
                continue
            seen.add((info.st_dev, info.st_ino))
            pending += _children(path)
        except OSError as error:
            on_error(unreadable(path, error))


def _children(folder: str) -> list[str]:
    """Return the folders and the files to read in `folder`, the last first."""
    with os.scandir(folder) as entries:
        wanted = [entry.path for entry in entries if _is_wanted(entry)]
    return sorted(wanted, reverse=True)


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith("."):
        return False
    if entry.name.lower().endswith(ENDINGS):
        return True
    try:
        return entry.is_dir()
    except OSError:
        return False


def _stem(path: str) -> str:
    name = Path(path).name
    return name[: -len(Path(name).suffix)] if name.lower().endswith(ENDINGS) else name
