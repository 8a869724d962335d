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

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what was measured, what is asked for, what came out and whether that is enough."""

    what: str
    goal: str
    measured: str
    met: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A finished process: wall time in seconds, largest resident size in MB, what it printed."""

    seconds: float
    megabytes: float
    output: str


def medians(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """Return the median seconds of each of the works, timed one after the other in every round."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, spent in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            spent.append(time.perf_counter() - start)
    return [median(spent) for spent in times]


def python(*arguments: str) -> Run:
    """Run this interpreter with the arguments. Raises RuntimeError where it fails."""
    start = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed kg is compiled, and so is typer
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    )
    assert process.stdout is not None and process.stderr is not None
    output = process.stdout.read()
    problems = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.stdout.close()
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {problems[-2000:]}")
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024, output)


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| what | asked for | measured | |", "| --- | --- | --- | --- |"]
    lines += [f"| {row.what} | {row.goal} | {row.measured} | {'yes' if row.met else 'NO'} |" for row in rows]
    return "\n".join(lines)
