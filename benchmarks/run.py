"""`make bench`: measure what is promised of speed, and print it as a table.

SIZE is the corpus in MB (default 0.3; 100 for the promised figures), ROUNDS how often each thing is timed,
PART `reading` or `graphs` where not both are wanted.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import graphs, reading
from benchmarks.measure import Row, table


def main() -> None:
    """Print the table. What is below its goal is marked; that alone is no failure."""
    size = float(os.environ.get("SIZE", "0.3"))
    rounds = int(os.environ.get("ROUNDS", "3"))
    with tempfile.TemporaryDirectory() as folder:
        measured: list[Row] = []
        for row in _rows(Path(folder), size, rounds):
            print(f"{row.what}: {row.measured}", file=sys.stderr, flush=True)
            measured.append(row)
    print(table(measured))


def _rows(folder: Path, size: float, rounds: int) -> Iterator[Row]:
    chosen = os.environ.get("PART", "reading graphs").split()
    if "reading" in chosen:
        (folder / "reading").mkdir()
        yield from reading.rows(folder / "reading", int(size * 1e6), rounds)
    if "graphs" in chosen:
        (folder / "graphs").mkdir()
        yield from graphs.rows(
            folder / "graphs", max(100_000, min(1_000_000, int(size * 10_000))), int(size * 2.3e5), rounds
        )


if __name__ == "__main__":
    main()
