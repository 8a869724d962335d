"""What commands cost as whole processes: more text, two processes, memory, the start, a rebuild."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.corpus import SEED, Composer, write_articles
from benchmarks.measure import Row, cpu, medians, python

_DECADE = 10
_TWO_PROCESSES = 10_000_000
"""Bytes at most that two processes share: enough that neither waits for the last files."""


def rows(folder: Path, size: int, rounds: int) -> Iterator[Row]:
    """Yield the rows on `size` bytes of generated articles."""
    sizes = [size // _DECADE**2, size // _DECADE, size]
    folders = [_corpus(folder / str(number), each) for number, each in enumerate(sizes)]
    yield from _with_more_text(folders, sizes, rounds)
    shared = folders[2] if size <= _TWO_PROCESSES else folders[1]
    yield _in_two_processes(_corpus(folder / "one", 1), shared, rounds)
    yield _start(rounds)


def rebuilds(folder: Path, documents: int, rounds: int) -> Iterator[Row]:
    """Yield what `kg build` costs after one of so many documents has changed, with and without exports."""
    for name, options in (("", ()), (", no exports", ("--no-exports",))):
        yield _rebuild(folder / f"articles{len(options)}", documents, rounds, name, options)


def _corpus(folder: Path, size: int) -> Path:
    write_articles(folder, Composer().articles(SEED, size))
    return folder


def _with_more_text(folders: Sequence[Path], sizes: Sequence[int], rounds: int) -> Iterator[Row]:
    """Compare what each further byte costs, so that the start counts for nothing."""
    smaller = [partial(cpu, *_extract(each, 1)) for each in folders[:2]]
    few, some = medians(smaller, rounds)
    whole = python(*_extract(folders[2], 1))
    first = (sizes[1] - sizes[0]) / (some - few)
    last = (sizes[2] - sizes[1]) / (whole.cpu - some)
    small, middle, large = (f"{each / 1e6:g}" for each in sizes)
    what = f"speed {middle}-{large} MB against {small}-{middle}"
    yield Row(what, ">= 0.90 x", f"{last / first:.2f} x ({last / 1e6:.2f} MB/s)", last / first >= 0.9)
    peak = whole.megabytes
    yield Row(f"memory of one worker, {large} MB", "<= 400 MB", f"{peak:.0f} MB", peak <= 400)


def _in_two_processes(one: Path, shared: Path, rounds: int) -> Row:
    """Time by the clock, start-up apart, beside what the machine gives two processes that share nothing."""
    works = [partial(_wall, *_extract(path, jobs)) for jobs in (1, 2) for path in (one, shared)]
    works += [partial(_wall, "-c", _COUNT, jobs) for jobs in "12"]
    start, alone, start_two, together, count, count_two = medians(works, rounds)
    gain = (alone - start) / (together - start_two)
    measured = f"{gain:.2f} x (machine {count / count_two:.2f})"
    return Row("two processes against one (clock)", ">= 1.7 x", measured, gain >= 1.7)


_COUNT = (
    "import sys; from multiprocessing import Pool; jobs = int(sys.argv[1]); "
    "Pool(jobs).map(sum, [range(100_000_000 // jobs)] * jobs, 1)"
)


def _start(rounds: int) -> Row:
    loads = [float(python("-c", _LOAD).output) for _ in range(rounds + 1)]
    load = median(loads[1:])  # the first may have had to compile them
    return Row("loading the kept rules", "<= 50 ms", f"{load * 1000:.0f} ms", load <= 0.05)


_LOAD = (
    "import time; from kg import rulecache; from kg.rules import ruleset; "
    "start = time.process_time(); rulecache.load(ruleset.shipped()); print(time.process_time() - start)"
)


def _rebuild(folder: Path, documents: int, rounds: int, name: str, options: Sequence[str]) -> Row:
    composer = Composer()
    paths = write_articles(folder, (composer.article(SEED, number) for number in range(documents)))
    build = ("-m", "kg", "build", "--jobs", "1", str(folder), "--out", f"{folder}-out", *options)
    full = cpu(*build)
    unchanged: list[float] = []
    changed: list[float] = []
    for number in range(rounds):
        unchanged.append(cpu(*build))
        other = composer.article(SEED, documents + number)
        paths[number * len(paths) // rounds].write_text(other.text, encoding="utf-8")
        changed.append(cpu(*build))
    share = (median(changed) - median(unchanged)) / full
    what = f"rebuild, 1 of {documents:,}{name}"
    return Row(what, "<= 1% of full", f"{share:.1%} ({median(changed):.1f} of {full:.0f} s)", share <= 0.01)


def _extract(path: Path, jobs: int) -> tuple[str, ...]:
    return ("-m", "kg", "extract", "--jobs", str(jobs), str(path))


def _wall(*arguments: str) -> float:
    return python(*arguments).wall
