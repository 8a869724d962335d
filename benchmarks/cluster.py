"""What a build on a cluster costs: `python -m benchmarks.cluster 10000 100000 made:1000000`.

Writes so many short documents, builds their graph with two worker processes of this machine, and prints for both stages
what they compute, hold and move. Of `made:` documents nothing is read: what the first stage leaves is made from some
that were, so that the second can be measured on more. docs/scale.md goes on from there. Needs kg[dask].
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dask
import pyarrow.parquet as pq
from distributed import Client, LocalCluster

from benchmarks.corpus import SEED, Composer
from benchmarks.usage import Usage, by_worker, count_shuffled, forget_peaks, own
from benchmarks.variants import write_part
from kg.progress import Progress
from kg.rules import ruleset
from kg.scale import cluster, output, tables
from kg.scale.blocks import Block
from kg.scale.merging import Relations
from kg.scale.parts import parts_of
from kg.scale.rules import RulesPlugin
from kg.scale.writing import write_tables

WORKERS = 2
_FILE = 100_000
_PART = 10_000
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Stage:
    """What a stage took: seconds of the clock, what its workers and the driver used, MB of Parquet it wrote."""

    seconds: float
    workers: Usage
    driver: Usage
    written: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A build: characters read, its two stages, rows of its tables, the largest part against the mean one."""

    documents: int
    characters: int
    reading: Stage
    merging: Stage
    rows: dict[str, int]
    skew: dict[str, float]


def measure(folder: Path, documents: int) -> Measured:
    """Build the graph of so many documents below a folder, on workers that have done nothing before."""
    characters = write_notes(folder / "notes", documents)
    with _two_workers() as (own_cluster, client):
        watch = _Watch(client, folder / "tables")
        report = cluster.build(
            [str(folder / "notes")],
            ruleset.shipped(),
            str(folder / "tables"),
            own_cluster.scheduler_address,
            progress=watch.see,
            block_bytes=_BLOCK,
        )
        watch.note(written=_megabytes(folder / "tables", finished=True))
    reading, merging = watch.stages
    return Measured(documents, characters, reading, merging, report.rows, _skew(folder / "tables"))


def measure_made(folder: Path, documents: int) -> Measured:
    """Merge what the first stage would leave of so many documents, of which it reads some."""
    ontology = ruleset.load_ontology(ruleset.shipped())
    place = output.prepare(str(folder / "tables"))
    relations = Relations(ontology.symmetric, ontology.closes)
    shares = [_PART] * (documents // _PART)
    with _two_workers() as (_, client), dask.config.set({"dataframe.shuffle.method": "p2p"}):
        plugin = RulesPlugin(ruleset.shipped(), ruleset.content_hash(ruleset.shipped()))
        client.register_plugin(plugin)
        watch = _Watch(client, folder / "tables")
        left = Path(output.unfinished(place))
        read = client.gather(client.map(write_part, range(len(shares)), shares, folder=left, pure=False))
        watch.note(written=_megabytes(folder / "tables", finished=False))
        blocks = [Block(str(number), f"made-{number}", 0, 0) for number in range(len(shares))]
        write_tables(parts_of(blocks, read), place, plugin.name, relations, documents // cluster.PARTITION)
        output.finish(place, relations)
        watch.note(written=_megabytes(folder / "tables", finished=True))
    made, merging = watch.stages
    rows = {table: output.count(place, table) for table in tables.WRITTEN}
    return Measured(documents, 0, made, merging, rows, _skew(folder / "tables"))


@contextmanager
def _two_workers() -> Iterator[tuple[Any, Any]]:
    """Yield a cluster on this machine and a client of it."""
    options = {"n_workers": WORKERS, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(silence_logs=logging.ERROR, **options) as own_cluster, Client(own_cluster) as client:
        client.run(count_shuffled)
        yield own_cluster, client


def write_notes(folder: Path, documents: int) -> int:
    """Write so many short documents as JSONL into the folder, and return how many characters they have."""
    folder.mkdir()
    composer, characters = Composer(), 0
    for first in range(0, documents, _FILE):
        with (folder / f"{first:09d}.jsonl").open("w", encoding="utf-8") as file:
            for number in range(first, min(first + _FILE, documents)):
                note = composer.note(SEED, number)
                characters += len(note["text"])
                file.write(json.dumps(note, ensure_ascii=False) + "\n")
    return characters


class _Watch:
    """Notes what was used between the points of a build at which it is asked to."""

    def __init__(self, client: Any, folder: Path) -> None:
        self.stages: list[Stage] = []
        self._client = client
        self._folder = folder
        self._start()

    def see(self, progress: Progress) -> None:
        """Note the end of the first stage."""
        if progress.stage == "merge":
            self.note(written=_megabytes(self._folder, finished=False))

    def note(self, *, written: float) -> None:
        """End a stage that wrote so many MB, and begin another."""
        before, driver, clock = self._before, self._driver, self._clock
        now, ours, seconds = by_worker(self._client), own(), time.monotonic() - clock
        self.stages.append(Stage(seconds, now - before, ours - driver, written))
        self._start()

    def _start(self) -> None:
        self._client.run(forget_peaks)
        self._before, self._driver, self._clock = by_worker(self._client), own(), time.monotonic()


def _megabytes(folder: Path, *, finished: bool) -> float:
    chosen = folder if finished else folder / "unfinished"
    return sum(path.stat().st_size for path in chosen.rglob("*.parquet")) / 1e6


def _skew(folder: Path) -> dict[str, float]:
    found: dict[str, float] = {}
    for table in tables.WRITTEN:
        rows = [pq.ParquetFile(path).metadata.num_rows for path in (folder / table).glob("*.parquet")]
        found[table] = max(rows) * len(rows) / max(1, sum(rows))
    return found


def report(measured: Sequence[Measured]) -> str:
    """Return two tables of Markdown: what each stage took, and how large the tables are."""
    lines = ["| documents | characters | stage | CPU s | driver CPU s | shuffled MB | sent MB | written MB |"]
    lines[0] += " peak of a worker, MB | driver, MB | clock s |"
    lines.append("|" + " --- |" * 11)
    for build in measured:
        for name, stage in (("read", build.reading), ("merge", build.merging)):
            used, driver = stage.workers, stage.driver
            lines.append(
                f"| {build.documents:,} | {build.characters:,} | {name} | {used.cpu:.1f} | {driver.cpu:.1f} |"
                f" {used.shuffled:.1f} | {used.sent:.1f} | {stage.written:.1f} | {used.peak:.0f} |"
                f" {driver.peak:.0f} | {stage.seconds:.0f} |"
            )
    lines += ["", f"| documents | {' | '.join(tables.WRITTEN)} |", "|" + " --- |" * (len(tables.WRITTEN) + 1)]
    for build in measured:
        cells = (f"{build.rows[table]:,} ({build.skew[table]:.1f} x)" for table in tables.WRITTEN)
        lines.append(f"| {build.documents:,} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Measure the numbers of documents that are named, one after the other."""
    measured: list[Measured] = []
    for wanted in sys.argv[1:] or ["10000"]:
        made, _, number = wanted.rpartition(":")
        with tempfile.TemporaryDirectory() as folder:
            measured.append((measure_made if made else measure)(Path(folder), int(number)))
        print(report(measured[-1:]), file=sys.stderr, flush=True)
    print(report(measured))


if __name__ == "__main__":
    main()
