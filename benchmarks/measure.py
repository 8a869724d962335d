"""Timing side by side: each round times everything once, so that a busy machine slows all alike."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
_SPAWN = Path(__file__).with_name("spawn.py")
_WIDTHS = (37, 13, 21, 3)  # with what stands between them a terminal's 80 columns


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what was measured, what is asked for, what came out and whether that is enough."""

    what: str
    goal: str
    measured: str
    met: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A finished process: seconds on the clock and of computing, its and its children's; peak memory in MB."""

    wall: float
    cpu: float
    megabytes: float
    output: str


def medians(works: Sequence[Callable[[], float]], rounds: int) -> list[float]:
    """Return the median of the seconds that each of the works returns, run one after the other in every round."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, spent in zip(works, times, strict=True):
            spent.append(work())
    return [median(spent) for spent in times]


def computing(work: Callable[[], object]) -> float:
    """Return the seconds of computing that some work of this process takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def python(*arguments: str) -> Run:
    """Run this interpreter with the arguments. Raises RuntimeError where it fails."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed kg is compiled, and so is typer
    with TemporaryDirectory() as folder:
        output, errors = Path(folder, "output"), Path(folder, "errors")
        spent = subprocess.run(
            [sys.executable, "-I", "-S", _SPAWN, output, errors, *arguments],
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
            check=True,
        )
        code, wall, cpu, megabytes = map(float, spent.stdout.split())
        if code:
            raise RuntimeError(f"{' '.join(arguments)}: {errors.read_text()[-2000:]}")
        return Run(wall, cpu, megabytes, output.read_text(encoding="utf-8"))


def cpu(*arguments: str) -> float:
    """Return the seconds of computing that this interpreter takes for the arguments."""
    return python(*arguments).cpu


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table of a terminal's width."""
    lines = [_line("what", "asked for", "measured", "met"), _line(*("-" * width for width in _WIDTHS))]
    lines += [_line(row.what, row.goal, row.measured, "yes" if row.met else "NO") for row in rows]
    return "\n".join(lines)


def _line(*cells: str) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()
