"""Builds: one graph by every way there, nothing read twice, the old outputs whole until the new stand."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from graph_fakes import ToyExtractor, die_in_workers, note_process

from kg import export, pipeline, query, workers
from kg.errors import InputError, KgError
from kg.export import FORMATS
from kg.model import Document, Extraction
from kg.store import folder, writing

ROOT = Path(__file__).parents[1]
OUTPUTS = ["graph.db", "graph.graphml", "graph.html"]


class CountingExtractor(ToyExtractor):
    """Notes the ids of the documents that it is asked to extract."""

    seen: list[str] = []

    def extract(self, read: Document) -> Extraction:
        self.seen.append(read.id)
        return super().extract(read)


@pytest.fixture
def seen() -> Iterator[list[str]]:
    CountingExtractor.seen.clear()
    yield CountingExtractor.seen


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    target = tmp_path / "rules"
    target.mkdir()
    for name in ("ontology.yaml", "reading.yaml"):
        (target / name).write_bytes((ROOT / "rules" / name).read_bytes())
    (target / "toy.txt").write_text("1")
    return target


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    target = tmp_path / "corpus"
    target.mkdir()
    for at in range(6):
        write(target / f"{at}.txt", f"甲{at} 投资 乙{at % 2} 202{at}\n甲{at} 合作 丙\n乙 = 乙{at % 2}\n")
    rows = [{"id": f"row{at}", "title": "行", "text": f"丁{at} 发布 戊{at}/产品\n"} for at in range(4)]
    (target / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return target


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def build(corpus: Path, rules: Path, out: Path, **options: Any) -> pipeline.BuildReport:
    options.setdefault("load_extractor", CountingExtractor.load)
    return pipeline.build([str(corpus)], rules, out, **options)


def outputs(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in OUTPUTS}


def answers(out: Path) -> str:
    """What the graph says, whatever its row numbers are."""
    db = out / "graph.db"
    asked = [
        query.stats(db),
        query.neighbors(db, "丙", depth=3),
        query.search(db, "投资"),
        query.search(db, "丁"),
    ]
    return json.dumps([answer.as_json() for answer in asked], ensure_ascii=False)


def test_a_build_leaves_a_graph_its_exports_and_nothing_else(
    corpus: Path, rules: Path, tmp_path: Path
) -> None:
    report = build(corpus, rules, tmp_path / "out")
    assert (report.documents, report.unchanged, report.statements, report.edges) == (10, 0, 16, 16)
    assert [path.name for path in report.files] == OUTPUTS
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [".kg-lock", *OUTPUTS]
    with closing(sqlite3.connect(tmp_path / "out" / "graph.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_two_builds_give_the_same_bytes(corpus: Path, rules: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        build(corpus, rules, tmp_path / name)
    assert outputs(tmp_path / "one") == outputs(tmp_path / "two")


def test_a_build_after_no_change_reads_and_writes_nothing(
    corpus: Path, rules: Path, tmp_path: Path, seen: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(corpus, rules, tmp_path / "out")
    stamps = {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in OUTPUTS}
    seen.clear()
    monkeypatch.setattr(workers.read, "load", None)
    report = build(corpus, rules, tmp_path / "out")
    assert (seen, report.unchanged, report.documents) == ([], 10, 10)
    assert {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in OUTPUTS} == stamps


def test_only_what_changed_is_extracted_and_the_graph_is_as_if_built_anew(
    corpus: Path, rules: Path, tmp_path: Path, seen: list[str]
) -> None:
    build(corpus, rules, tmp_path / "out")
    seen.clear()
    write(corpus / "2.txt", "甲2 投资 丙 2025\n")
    (corpus / "3.txt").unlink()
    write(corpus / "new.txt", "新 合作 丙\n")
    lines = (corpus / "rows.jsonl").read_text().splitlines(keepends=True)
    row = json.dumps({"id": "row9", "text": "丁9 发布 戊1/产品\n"})
    (corpus / "rows.jsonl").write_text("".join([lines[3], row + "\n", *lines[:2]]))
    report = build(corpus, rules, tmp_path / "out")
    assert sorted(seen) == ["2", "new", "row9"]
    assert (report.documents, report.unchanged) == (10, 7)
    build(corpus, rules, tmp_path / "anew")
    assert answers(tmp_path / "out") == answers(tmp_path / "anew")
    for name in OUTPUTS[1:]:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "anew" / name).read_bytes()
    for gone in ("甲3", "戊2"):
        assert gone.encode() not in (tmp_path / "out" / "graph.graphml").read_bytes()
        assert query.search(tmp_path / "out" / "graph.db", gone).passages == ()


def test_a_file_rewritten_with_the_same_content_is_not_extracted(
    corpus: Path, rules: Path, tmp_path: Path, seen: list[str]
) -> None:
    build(corpus, rules, tmp_path / "out")
    before = (tmp_path / "out" / "graph.html").stat().st_mtime_ns
    seen.clear()
    os.utime(corpus / "1.txt", (1, 1))
    build(corpus, rules, tmp_path / "out")
    assert seen == []
    assert (tmp_path / "out" / "graph.html").stat().st_mtime_ns == before
    with closing(sqlite3.connect(tmp_path / "out" / "graph.db")) as db:
        assert db.execute("SELECT mtime FROM sources WHERE id = '1'").fetchone() == (10**9,)


def test_other_rules_read_everything_again(
    corpus: Path, rules: Path, tmp_path: Path, seen: list[str]
) -> None:
    build(corpus, rules, tmp_path / "out")
    seen.clear()
    (rules / "toy.txt").write_text("2")
    assert build(corpus, rules, tmp_path / "out").unchanged == 0
    assert len(seen) == 10


def test_a_lost_export_is_written_again_without_reading(
    corpus: Path, rules: Path, tmp_path: Path, seen: list[str]
) -> None:
    build(corpus, rules, tmp_path / "out")
    before = outputs(tmp_path / "out")
    seen.clear()
    (tmp_path / "out" / "graph.html").unlink()
    build(corpus, rules, tmp_path / "out")
    assert outputs(tmp_path / "out").keys() == before.keys() and seen == []
    assert outputs(tmp_path / "out")["graph.html"] == before["graph.html"]


def test_without_html_there_is_no_page(corpus: Path, rules: Path, tmp_path: Path) -> None:
    report = build(corpus, rules, tmp_path / "out", formats=["graphml"])
    assert [path.name for path in report.files] == OUTPUTS[:2]
    assert not (tmp_path / "out" / "graph.html").exists()


def test_exports_that_a_build_left_out_are_written_by_the_next(
    corpus: Path, rules: Path, tmp_path: Path, seen: list[str]
) -> None:
    out = tmp_path / "out"
    build(corpus, rules, out)
    write(corpus / "0.txt", "甲0 收购 乙0\n")
    report = build(corpus, rules, out, formats=())
    assert [path.name for path in report.files] == OUTPUTS[:1]
    assert [str(problem.place) for problem in report.left_out] == [str(out / each) for each in OUTPUTS[1:]]
    seen.clear()
    report = build(corpus, rules, out)
    assert not report.left_out and not seen
    assert [path.name for path in report.files] == OUTPUTS
    build(corpus, rules, tmp_path / "fresh")
    assert outputs(out)["graph.html"] == outputs(tmp_path / "fresh")["graph.html"]


def test_a_graph_too_large_to_draw_is_built_and_said_so_each_time(
    corpus: Path, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MOST_EDGES", 15)
    for _ in range(2):
        report = build(corpus, rules, tmp_path / "out")
        assert [path.name for path in report.files] == OUTPUTS[:1]
        assert [problem.message.split()[0] for problem in report.left_out] == OUTPUTS[1:]
    before = (tmp_path / "out" / "graph.db").stat().st_mtime_ns
    build(corpus, rules, tmp_path / "out")
    assert (tmp_path / "out" / "graph.db").stat().st_mtime_ns == before


def test_any_number_of_jobs_gives_the_same_bytes(
    corpus: Path, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "BATCH_FILES", 2)
    monkeypatch.setattr(workers, "SHARED_BYTES", 100)
    monkeypatch.setattr(workers, "BATCH_BYTES", 120)
    for jobs in (1, 2):
        build(corpus, rules, tmp_path / str(jobs), jobs=jobs, load_extractor=ToyExtractor.load)
    monkeypatch.undo()
    build(corpus, rules, tmp_path / "plain")
    assert outputs(tmp_path / "1") == outputs(tmp_path / "2") == outputs(tmp_path / "plain")


def test_extraction_is_in_input_order_whatever_the_jobs(
    corpus: Path, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [str(corpus / "rows.jsonl"), *map(str, sorted(corpus.glob("*.txt"), reverse=True))]
    options: dict[str, Any] = {"on_error": pytest.fail, "load_extractor": ToyExtractor.load}
    plain = list(pipeline.extract(paths, rules, **options))
    assert [said.doc for said in plain[:5]] == ["row0", "row1", "row2", "row3", "5"]
    monkeypatch.setattr(workers, "BATCH_FILES", 1)
    assert list(pipeline.extract(paths, rules, jobs=2, **options)) == plain
    lines = "".join(pipeline.extract_lines(paths, rules, jobs=2, **options)).splitlines()
    assert [json.loads(line) for line in lines] == [said.as_json() for said in plain]


def test_documents_of_one_name_are_told_apart_in_the_order_of_the_input(
    corpus: Path, rules: Path, tmp_path: Path, seen: list[str]
) -> None:
    (corpus / "rows2.jsonl").write_text(json.dumps({"id": "row1", "text": "己 投资 庚\n"}) + "\n")
    options: dict[str, Any] = {"on_error": pytest.fail, "load_extractor": CountingExtractor.load}
    said = {each.doc for each in pipeline.extract([str(corpus)], rules, **options)}
    lines = "".join(pipeline.extract_lines([str(corpus)], rules, **options)).splitlines()
    assert {"row1", "row1~2"} < said == {json.loads(line)["doc"] for line in lines}
    build(corpus, rules, tmp_path / "out")
    db = tmp_path / "out" / "graph.db"
    assert query.search(db, "己").passages[0].doc == "row1~2"
    (corpus / "rows.jsonl").unlink()
    seen.clear()
    build(corpus, rules, tmp_path / "out")
    assert seen == [] and query.search(db, "己").passages[0].doc == "row1"


def test_an_unreadable_file_among_others_is_skipped_and_said_every_time(
    corpus: Path, rules: Path, tmp_path: Path
) -> None:
    (corpus / "0bad.txt").write_bytes(b"\x00\xff\x01\x02" * 99)
    (corpus / "rows.jsonl").write_text('{"id": "a", "text": "甲 投资 乙\\n"}\nno json\n')
    for _ in range(3):
        report = build(corpus, rules, tmp_path / "out")
        places = [str(problem.place) for problem in report.skipped]
        assert len(places) == 2 and places[0].endswith("0bad.txt") and "rows.jsonl:2" in places[1]
        assert report.documents == 7
    before = outputs(tmp_path / "out")
    with pytest.raises(KgError):
        build(corpus, rules, tmp_path / "out", strict=True)
    assert outputs(tmp_path / "out") == before


def test_a_file_that_becomes_unreadable_leaves_no_trace(corpus: Path, rules: Path, tmp_path: Path) -> None:
    build(corpus, rules, tmp_path / "out")
    (corpus / "1.txt").write_bytes(b"\x00\xff\x01\x02" * 99)
    report = build(corpus, rules, tmp_path / "out")
    assert len(report.skipped) == 1 and report.documents == 9
    assert query.search(tmp_path / "out" / "graph.db", "甲1").entities == ()


def test_nothing_readable_is_an_error_and_changes_nothing(corpus: Path, rules: Path, tmp_path: Path) -> None:
    build(corpus, rules, tmp_path / "out")
    before = outputs(tmp_path / "out")
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00\xff\x01\x02" * 99)
    for paths in ([str(bad)], [str(tmp_path / "missing")]):
        with pytest.raises(InputError):
            pipeline.build(paths, rules, tmp_path / "out", load_extractor=ToyExtractor.load)
        with pytest.raises(InputError):
            list(pipeline.extract(paths, rules, on_error=pytest.fail, load_extractor=ToyExtractor.load))
    assert outputs(tmp_path / "out") == before


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_document_that_fails_is_left_out_and_named(
    corpus: Path, rules: Path, tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "BATCH_FILES", 2)
    write(corpus / "9.txt", "!\n")
    report = build(corpus, rules, tmp_path / "out", jobs=jobs, load_extractor=ToyExtractor.load)
    (problem,) = report.skipped
    assert str(problem).startswith(f"{corpus / '9.txt'}: ") and "a bug in the extractor" in problem.message
    assert (report.documents, report.edges) == (10, 16)


def test_a_failing_export_leaves_the_old_outputs(
    corpus: Path, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(corpus, rules, tmp_path / "out")
    before = outputs(tmp_path / "out")

    def fail(*_: object) -> None:
        raise InputError("the disk is full")

    monkeypatch.setitem(FORMATS, "html", replace(FORMATS["html"], write=fail))
    write(corpus / "9.txt", "壬 投资 癸\n")
    with pytest.raises(InputError, match="disk is full"):
        build(corpus, rules, tmp_path / "out")
    assert outputs(tmp_path / "out") == before


def test_an_interrupted_build_is_gone_on_with(
    corpus: Path, rules: Path, tmp_path: Path, seen: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "BATCH_FILES", 1)

    def stop(progress: pipeline.Progress) -> None:
        if progress.documents == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(corpus, rules, tmp_path / "out", progress=stop)
    assert not (tmp_path / "out" / "graph.db").exists()
    seen.clear()
    report = build(corpus, rules, tmp_path / "out")
    assert len(seen) == 6 and report.documents == 10
    build(corpus, rules, tmp_path / "whole")
    assert answers(tmp_path / "out") == answers(tmp_path / "whole")
    assert outputs(tmp_path / "out")["graph.html"] == outputs(tmp_path / "whole")["graph.html"]


def test_interrupting_while_merging_loses_no_reading(
    corpus: Path, rules: Path, tmp_path: Path, seen: list[str]
) -> None:
    for stage in ("merge", "graph.graphml"):

        def stop(progress: pipeline.Progress, stage: str = stage) -> None:
            if progress.stage == stage:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            build(corpus, rules, tmp_path / "out", progress=stop)
    seen.clear()
    build(corpus, rules, tmp_path / "out")
    assert seen == []
    build(corpus, rules, tmp_path / "whole")
    assert answers(tmp_path / "out") == answers(tmp_path / "whole")


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_ctrl_c_ends_a_long_statement_of_the_database(
    corpus: Path, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = os.pipe()

    def never_end(db: sqlite3.Connection, *_: object, whole: bool) -> None:
        os.write(writer, b"now")
        db.execute("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n")

    monkeypatch.setattr(writing.merging, "merge", never_end)
    child = os.fork()
    if not child:
        try:
            build(corpus, rules, tmp_path / "out")
        except KeyboardInterrupt:
            os._exit(7)
        finally:
            os._exit(9)
    os.read(reader, 3)
    started = time.monotonic()
    os.kill(child, signal.SIGINT)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert time.monotonic() - started < 1
    assert folder.staged(tmp_path / "out", "graph.db").exists()


class Killer:
    """Kills this process at a step of a build: a stage, so many documents, or so many renames."""

    def __init__(self, step: str) -> None:
        self.stage, _, count = step.partition(":")
        self.count = int(count or 0)
        self.move = Path.replace

    def progress(self, progress: pipeline.Progress) -> None:
        if progress.stage == self.stage and progress.documents >= self.count:
            os.kill(os.getpid(), signal.SIGKILL)

    def replace(self, path: Path, target: Path) -> Path:
        self.move(path, target)
        self.count -= 1
        if self.stage == "rename" and self.count == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return target


def build_and_die(step: str, corpus: Path, rules: Path, out: Path, jobs: int) -> None:
    child = os.fork()
    if not child:
        killer = Killer(step)
        Path.replace = lambda self, target: killer.replace(self, target)  # type: ignore[method-assign]
        try:
            build(corpus, rules, out, progress=killer.progress, jobs=jobs, load_extractor=ToyExtractor.load)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_killed_anywhere_leaves_the_old_or_the_new_and_the_next_completes(
    corpus: Path, rules: Path, tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "BATCH_FILES", 1)
    out, new = tmp_path / "out", tmp_path / "new"
    build(corpus, rules, out)
    states = [answers(out)]
    for at in range(3):
        write(corpus / f"{at}.txt", f"改{at} 投资 丙\n")
    build(corpus, rules, new)
    states.append(answers(new))
    old = {path: path.read_bytes() for path in out.iterdir()}
    steps = [
        "read:1",
        "read:3",
        "merge",
        "graph.graphml",
        "graph.html",
        *(f"rename:{at}" for at in range(1, 5)),
    ]
    for step in steps if jobs == 1 else ["read:1"]:
        for path, content in old.items():
            path.write_bytes(content)
        build_and_die(step, corpus, rules, out, jobs)
        assert answers(out) in states
        with closing(sqlite3.connect(out / "graph.db")) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        build(corpus, rules, out)
        assert answers(out) == states[1]
        assert outputs(out)["graph.html"] == outputs(new)["graph.html"]
        assert sorted(path.name for path in out.iterdir()) == [".kg-lock", *OUTPUTS]


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on file sizes")
@pytest.mark.parametrize("limit", [8_192, 70_000, 150_000])
def test_a_full_disk_is_said_and_leaves_the_old_outputs(
    corpus: Path, rules: Path, tmp_path: Path, limit: int
) -> None:
    import resource

    build(corpus, rules, tmp_path / "out")
    before = outputs(tmp_path / "out")
    write(corpus / "9.txt", "".join(f"壬{at} 投资 癸\n" for at in range(700)))
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            build(corpus, rules, tmp_path / "out")
        except InputError as error:
            os._exit(7 if error.hint else 8)
        finally:
            os._exit(9)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert outputs(tmp_path / "out") == before
    assert build(corpus, rules, tmp_path / "out").documents == 11


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc")
def test_the_workers_of_a_killed_build_end_too(
    corpus: Path, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "BATCH_FILES", 1)
    child = os.fork()
    if not child:
        try:
            build(
                corpus,
                rules,
                tmp_path / "out",
                jobs=2,
                progress=Killer("read:1").progress,
                load_extractor=note_process,
            )
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    started = [int(line) for line in (rules / "processes").read_text().split()]
    assert len(started) > 1
    deadline = time.monotonic() + 5
    while any(is_running(process) for process in started):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_second_build_is_refused_while_readers_go_on(corpus: Path, rules: Path, tmp_path: Path) -> None:
    build(corpus, rules, tmp_path / "out")
    with folder.exclusive(tmp_path / "out"):
        with pytest.raises(InputError, match="another build"):
            build(corpus, rules, tmp_path / "out")
        assert query.stats(tmp_path / "out" / "graph.db").documents == 10


def test_standard_input_is_read_each_time(rules: Path, tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'tests')!r})\n"
        "from pathlib import Path; from graph_fakes import ToyExtractor; from kg import pipeline\n"
        f"report = pipeline.build(['-'], Path({str(rules)!r}), Path({str(tmp_path / 'out')!r}),"
        " load_extractor=ToyExtractor.load)\nprint(report.documents, report.edges)"
    )
    for text, printed in (("甲 投资 乙\n", "1 1"), ("甲 投资 乙\n甲 投资 丙\n", "1 2")):
        done = subprocess.run(
            [sys.executable, "-c", script],
            input=text.encode(),
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=True,
        )
        assert done.stdout.decode().strip() == printed


def test_a_damaged_database_is_named_or_replaced(corpus: Path, rules: Path, tmp_path: Path) -> None:
    build(corpus, rules, tmp_path / "out")
    path = tmp_path / "out" / "graph.db"
    whole = path.read_bytes()
    path.write_bytes(b"\x99" * len(whole))
    assert build(corpus, rules, tmp_path / "out").unchanged == 0
    with closing(sqlite3.connect(path)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'documents'").fetchone()
    whole = bytearray(path.read_bytes())
    whole[(page - 1) * 4096 : page * 4096] = b"\x99" * 4096
    path.write_bytes(whole)
    write(corpus / "0.txt", "改 投资 丙\n")
    with pytest.raises(InputError, match="damaged"):
        build(corpus, rules, tmp_path / "out")


def test_progress_goes_from_nothing_to_everything(corpus: Path, rules: Path, tmp_path: Path) -> None:
    shown: list[pipeline.Progress] = []
    build(corpus, rules, tmp_path / "out", progress=shown.append)
    reading = [each for each in shown if each.stage == "read"]
    assert [each.done for each in reading] == sorted(each.done for each in reading)
    assert reading[-1].done == reading[-1].total == sum(path.stat().st_size for path in corpus.iterdir())
    assert [each.stage for each in shown[len(reading) :]] == [
        "merge",
        "graph",
        "graph.graphml",
        "graph.html",
    ]


def test_a_dead_worker_is_reported(
    corpus: Path, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "BATCH_FILES", 1)
    with pytest.raises(KgError, match="worker process died"):
        build(corpus, rules, tmp_path / "out", jobs=2, load_extractor=die_in_workers)
    assert not any((tmp_path / "out" / name).exists() for name in OUTPUTS)
