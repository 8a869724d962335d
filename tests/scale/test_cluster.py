"""A build on two worker processes, one of which is killed, is the build of one machine."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from calling import ROOT, Kg

from kg import pipeline
from kg.progress import Progress
from kg.rules import corrections
from kg.rules.ruleset import load_ontology
from kg.scale import cluster
from kg.store import writing

RULES = ROOT / "rules"
FORMATS = ("graphml", "jsonl")
QUESTIONS = (
    "SELECT i.id, e.id, i.name, i.of, i.why FROM identities i JOIN entities e ON e.n = i.entity ORDER BY 1",
    "SELECT * FROM doubts ORDER BY one, other, name",
    "SELECT id, title, hash, origin, characters, mentions FROM documents ORDER BY id",
    "SELECT e.id, n.name, n.norm, n.documents FROM names n JOIN entities e ON e.n = n.entity ORDER BY 1, 2",
    "SELECT doc, head_id, relation, tail_id, quote, rule FROM denied ORDER BY 1, 2, 3, 4, 5, 6",
    "SELECT e.id, r.old, r.new, r.time, q.text FROM renamings r JOIN quotes q ON q.n = r.quote"
    " JOIN entities e ON e.n = r.entity ORDER BY 1, 2, 3",
)


@dataclass(frozen=True)
class Built:
    """A corpus, the graph that one machine makes of it, and the tables of a cluster that lost a worker."""

    one: Path
    tables: Path
    report: cluster.ClusterReport
    killed: list[int]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    from distributed import Client, LocalCluster  # takes seconds: not when tests are collected

    from kg.scale import cluster

    folder = tmp_path_factory.mktemp("scale")
    corpus = folder / "corpus"
    write_corpus(corpus)
    one = folder / "one"
    pipeline.build([str(corpus)], RULES, one, formats=FORMATS)
    killed: list[int] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Dask's own, of a worker that is lost and of files that are open
        with LocalCluster(2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as two:
            with Client(two) as client:
                pids = list(client.run(os.getpid).values())

            def kill_one(progress: Progress) -> None:
                if not killed and progress.stage == "read":
                    killed.append(pids[0])
                    os.kill(pids[0], signal.SIGKILL)

            report = cluster.build(
                [str(corpus)],
                RULES,
                str(folder / "tables"),
                two.scheduler_address,
                progress=kill_one,
                block_bytes=25_000,
                partition=100,
            )
        yield Built(one, folder / "tables", report, killed)


def write_corpus(folder: Path) -> None:
    """Every other article of our gold: some without an id, two of one id, a reprint, and a line that is none."""
    folder.mkdir()
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/gold").glob("*.txt"))[::2]]
    texts.append(max(texts, key=len) + "转载。")
    rows = [{"id": f"a{at % 45}" if at % 5 else "", "text": text} for at, text in enumerate(texts)]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    lines.insert(60, "{")
    for name, part in (("first", lines[:40]), ("second", lines[40:])):
        (folder / f"{name}.jsonl").write_text("\n".join(part) + "\n", encoding="utf-8")


def test_a_lost_worker_changes_nothing(built: Built, tmp_path: Path, kg: Kg) -> None:
    assert built.killed
    pipeline.import_parquet(str(built.tables), RULES, tmp_path, formats=FORMATS)
    for name in ("graph.graphml", "graph.jsonl"):
        assert (tmp_path / name).read_bytes() == (built.one / name).read_bytes()
    for question in QUESTIONS:
        ours, theirs = (
            sqlite3.connect(path / "graph.db").execute(question).fetchall() for path in (tmp_path, built.one)
        )
        assert ours == theirs
    found = kg("search", "OpenAI", "--db", tmp_path / "graph.db").stdout
    assert found == kg("search", "OpenAI", "--db", built.one / "graph.db").stdout


def test_corrections_are_applied_as_by_one_machine(built: Built, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    shutil.copy(RULES / "ontology.yaml", rules)
    wrong = sqlite3.connect(built.one / "graph.db").execute(
        "SELECT head_id, relation, tail_id FROM said ORDER BY 1, 2, 3 LIMIT 1"
    )
    head, relation, tail = wrong.fetchone()
    (rules / "corrections.yaml").write_text(
        f"wrong: [{{head: '{head}', relation: {relation}, tail: '{tail}'}}]\n"
        "add: [{head: '机构:新来者', relation: 投资, tail: '机构:后来者'}]\n",
        encoding="utf-8",
    )
    report = pipeline.import_parquet(str(built.tables), rules, tmp_path / "ours", formats=())
    assert [(each.kind, each.problem) for each in report.corrections] == [("wrong", ""), ("add", "")]
    theirs = tmp_path / "theirs.db"
    shutil.copy(built.one / "graph.db", theirs)
    with closing(sqlite3.connect(theirs)) as db:
        known = corrections.load(rules, load_ontology(rules))
        writing.Writer(db).finish(corrections=known)
    for table in ("edges", "rejected"):
        question = (
            f"SELECT h.id, relation, t.id, evidence_count, correction FROM {table} JOIN entities h ON h.n = head"
            " JOIN entities t ON t.n = tail ORDER BY 1, 2, 3"
        )
        one, other = (
            sqlite3.connect(path).execute(question).fetchall()
            for path in (tmp_path / "ours/graph.db", theirs)
        )
        assert one == other != []


def test_what_cannot_be_read_is_named_by_its_line_in_the_whole_file(built: Built) -> None:
    (problem,) = built.report.skipped
    assert str(problem.place).endswith("second.jsonl:21:1")


def test_duckdb_reads_the_tables_as_they_lie(built: Built) -> None:
    import duckdb

    (edges,) = duckdb.sql(
        f"SELECT count(*), sum(evidence_count) FROM '{built.tables}/edges/*.parquet' e"
        f" JOIN '{built.tables}/entities/*.parquet' h ON h.id = e.head"
        f" JOIN '{built.tables}/entities/*.parquet' t ON t.id = e.tail"
    ).fetchall()
    expected = sqlite3.connect(built.one / "graph.db").execute(
        "SELECT count(*), sum(evidence_count) FROM edges"
    )
    assert edges == expected.fetchone()


def test_neo4j_is_told_the_columns_that_the_tables_have(built: Built) -> None:
    import pyarrow.parquet as pq

    for name in ("entities", "edges"):
        header, columns = (built.tables / f"neo4j-{name}.csv").read_text().splitlines()
        assert len(header.split(",")) == len(columns.split(","))
        assert set(columns.split(",")) <= set(
            pq.read_schema(built.tables / name / "part-000000.parquet").names
        )
