"""How far a long piece of work is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: `done` of `total` bytes are read; `documents` counts those extracted so far.

    `stage` is `read`, `merge`, `graph` while the graph is laid out, or the name of the file being written.
    """

    stage: str
    done: int
    total: int
    documents: int
