"""A build on many machines: Dask runs the two stages, the graph is left as folders of Parquet."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dask
from distributed import Client, KilledWorker, LocalCluster, as_completed

from kg.errors import InputError, KgError
from kg.progress import Progress
from kg.rules import ruleset
from kg.scale import output
from kg.scale.blocks import BLOCK_BYTES, Block, blocks, relocated
from kg.scale.merging import Relations
from kg.scale.parts import parts_of
from kg.scale.reading import Read, read_block
from kg.scale.rules import RulesPlugin, rules_dir
from kg.scale.tables import WRITTEN
from kg.scale.writing import write_tables

LOCAL = "local"
# How many documents one partition of the second stage is made for; it is worked on in memory.
PARTITION = 10_000
_CONNECTING = 10  # seconds


@dataclass(frozen=True, slots=True)
class ClusterReport:
    """What a build left in `folder`: the rows of each table, and the problems of what was skipped."""

    folder: str
    rows: dict[str, int]
    skipped: tuple[KgError, ...]
    seconds: float


def build(
    paths: Sequence[str],
    rules: Path,
    folder: str,
    cluster: str,
    *,
    jobs: int = 1,
    progress: Callable[[Progress], None] | None = None,
    strict: bool = False,
    block_bytes: int = BLOCK_BYTES,
    partition: int = PARTITION,
) -> ClusterReport:
    """Write the graph of JSONL and Parquet files as Parquet tables (`tables.WRITTEN`) into a folder or URL.

    `cluster` is the address of a Dask scheduler, or `local` for a cluster of so many `jobs` on this machine.
    `strict` refuses what otherwise is skipped. The result depends on the input, the rules, `block_bytes` and
    `partition` alone, whatever the machines do or suffer.
    Raises InputError for paths, folders and addresses that cannot be used or hold nothing, RuleError for
    broken rules, KgError if workers die over and over.
    """
    started = time.monotonic()
    ontology = ruleset.load_ontology(rules)
    relations = Relations(ontology.symmetric, ontology.closes)
    todo = blocks(paths, block_bytes)
    with _connected(cluster, jobs) as client, dask.config.set({"dataframe.shuffle.method": "p2p"}):
        place = output.prepare(folder)
        plugin = RulesPlugin(rules, ruleset.content_hash(rules))
        client.register_plugin(plugin)
        read = _read_all(client, todo, output.unfinished(place), plugin.name, progress or (lambda _: None))
        parts = parts_of(todo, read)
        skipped = [
            relocated(problem, part.lines)
            for part, found in zip(parts, read, strict=True)
            for problem in found.problems
        ]
        documents = sum(found.documents for found in read)
        if skipped and (strict or not documents):
            raise skipped[0]
        if not documents:
            raise InputError("no document was found", hint="name files with articles")
        write_tables(parts, place, plugin.name, relations, -(-documents // partition))
    output.finish(place, relations)
    rows = {table: output.count(place, table) for table in WRITTEN}
    return ClusterReport(folder, rows, tuple(skipped), time.monotonic() - started)


def _read_all(
    client: Any, todo: Sequence[Block], folder: str, rules: str, progress: Callable[[Progress], None]
) -> list[Read]:
    """Run the first stage; the results are in the order of the blocks."""
    tasks = client.map(_read, todo, range(len(todo)), folder=folder, rules=rules, pure=False)
    sizes = {task.key: block.size for task, block in zip(tasks, todo, strict=True)}
    done = documents = 0
    try:
        for task in as_completed(tasks):
            done += sizes[task.key]
            documents += task.result().documents
            progress(Progress("read", done, sum(sizes.values()), documents))
    except KilledWorker as error:
        raise KgError(
            f"workers died again and again: {error}", hint="give them more memory, or read smaller blocks"
        ) from error
    found: list[Read] = client.gather(tasks)
    progress(Progress("merge", done, done, documents))
    return found


def _read(block: Block, number: int, *, folder: str, rules: str) -> Read:
    return read_block(block, number, folder, rules_dir(rules))


@contextmanager
def _connected(address: str, jobs: int) -> Iterator[Any]:
    """Yield a client of a cluster; one of our own ends with it."""
    if address == LOCAL:
        own = LocalCluster(
            n_workers=jobs, threads_per_worker=1, dashboard_address=None, silence_logs=logging.ERROR
        )
        with own, Client(own) as client:
            yield client
        return
    try:
        client = Client(address, timeout=_CONNECTING)
    except (OSError, ValueError) as error:
        hint = f"give the address of a running Dask scheduler (tcp://host:8786), or {LOCAL}"
        raise InputError(f"the cluster {address} does not answer: {error}", hint=hint) from error
    with client:
        yield client
