"""`make bench`: measure what is promised of speed, and print it as a table.

SIZE is the corpus in MB (default 1; 100 for the promised figures), ROUNDS how often each thing is timed,
PART one or more of `reading`, `commands`, `graphs`, `rebuilds` where not all are wanted.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import commands, graphs, reading
from benchmarks.measure import Row, table

_NOTE = (
    "Seconds are of computing, medians side by side, so that other programs count little;\n"
    "two processes against one are timed by the clock and want two idle cores: beside it\n"
    "stands what two processes that only count gain on this machine at the same time."
)


def main() -> None:
    """Print the table. What is below its goal is marked; that alone is no failure."""
    size = float(os.environ.get("SIZE", "1"))
    rounds = int(os.environ.get("ROUNDS", "3"))
    with tempfile.TemporaryDirectory() as folder:
        measured: list[Row] = []
        for row in _rows(Path(folder), size, rounds):
            print(f"{row.what}: {row.measured}", file=sys.stderr, flush=True)
            measured.append(row)
    print(f"\n{table(measured)}\n\n{_NOTE}")


def _rows(folder: Path, size: float, rounds: int) -> Iterator[Row]:
    edges = max(graphs.EXPORTED_EDGES, min(1_000_000, int(size * 10_000)))
    documents = max(500, min(10_000, int(size * 100)))
    parts: dict[str, Callable[[Path], Iterator[Row]]] = {
        "reading": lambda own: reading.rows(own, rounds),
        "commands": lambda own: commands.rows(own, int(size * 1e6), rounds),
        "graphs": lambda own: graphs.rows(own, edges, rounds),
        "rebuilds": lambda own: commands.rebuilds(own, documents, rounds),
    }
    for name in os.environ.get("PART", " ".join(parts)).split():
        (folder / name).mkdir()
        yield from parts[name](folder / name)


if __name__ == "__main__":
    main()
