"""What a build has to do: the files that came, changed, moved or went since the last one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.errors import KgError
from kg.read import Source
from kg.store.writing import SourceState
from kg.workers import hash_file


@dataclass(frozen=True, slots=True)
class Changes:
    """Positions of the sources to read and of those whose content is what it was, though they were rewritten.

    `gone` are the keys of files that are no longer asked for, `moved` says that the order is another one, and
    `problems` are those that unchanged sources had when they were read.
    """

    to_read: tuple[int, ...]
    touched: tuple[int, ...]
    gone: tuple[str, ...]
    moved: bool
    problems: tuple[tuple[int, KgError], ...]

    def __bool__(self) -> bool:
        return bool(self.to_read or self.touched or self.gone or self.moved)


def key(source: Source) -> str:
    """The path of a source as the database can hold it, though the file system may not say it in UTF-8."""
    return source.path.encode("utf-8", "backslashreplace").decode()


def compare(sources: Sequence[Source], states: Mapping[str, SourceState]) -> Changes:
    """What changed: size and time of change tell first, the content decides where only the time differs."""
    to_read, touched, problems, moved = [], [], [], False
    for position, source in enumerate(sources):
        state = states.get(key(source))
        if state is None or state.hash is None or (state.id, state.size) != (source.id, source.size):
            to_read.append(position)
        elif state.mtime == source.mtime:
            problems += [(position, problem) for problem in state.problems]
        elif state.hash == hash_file(source.path):
            touched.append(position)
            problems += [(position, problem) for problem in state.problems]
        else:
            to_read.append(position)
        moved |= state is not None and state.position != position
    gone = states.keys() - {key(source) for source in sources}
    return Changes(tuple(to_read), tuple(touched), tuple(sorted(gone)), moved, tuple(problems))
