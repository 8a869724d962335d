"""The command line as a person uses it: answers, bad input, and the manners of its output."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import networkx as nx
import pytest
from calling import ROOT, SEEDS, Kg, process
from graph_fakes import build as toy_graph

from kg.cli.app import COMMANDS, app
from kg.cli.output import clean, cut, width
from kg.graph import load_graph

ESCAPE = re.compile(r"\x1b")


@pytest.fixture
def toy_db(tmp_path: Path) -> Path:
    return toy_graph(
        tmp_path / "toy.db",
        {
            "a": "谷歌 = Google\n谷歌 发布 Gemini/产品 2023-12 ?\n谷歌 竞争 OpenAI\n",
            "b": "微软 投资 OpenAI 2019-07 ¥10亿美元\nOpenAI 发布 GPT-4o/产品 2024-05-13\n",
        },
    )


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text("2024年5月14日,OpenAI发布了GPT-4o。\n", encoding="utf-8")
    (folder / "two.md").write_text("微软宣布投资OpenAI。\n", encoding="utf-8")
    return folder


# --- help and start-up


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_shows_an_example(kg: Kg, command: str) -> None:
    shown = kg(command, "--help").stdout
    assert re.search(rf"Examples?:\n +kg {command} ", shown)


def test_kg_alone_lists_the_commands(kg: Kg) -> None:
    shown = kg("--help").stdout
    assert all(re.search(rf"^  {command} ", shown, re.MULTILINE) for command in COMMANDS)


def test_a_question_imports_nothing_that_it_does_not_need(toy_db: Path) -> None:
    code = (
        "import sys\nfrom kg.cli.app import app\n"
        "try: app(sys.argv[1:])\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)\n"
    )
    asked = subprocess.run(
        [sys.executable, "-c", code, "neighbors", "OpenAI", "--db", str(toy_db)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    heavy = {"pydantic", "rich", "yaml", "networkx", "lxml", "rjieba", "kg.rules", "kg.export", "kg.pipeline"}
    assert not heavy & set(asked.stderr.split())


def test_a_wrong_option_or_command_is_told_with_where_to_look(kg: Kg) -> None:
    wrong = kg("neighbors", "OpenAI", "--dept", "2")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "--dept" in wrong.stderr
    assert "kg neighbors --help" in wrong.stderr
    assert kg("neighbours").exit_code == 2
    assert kg("neighbors", "OpenAI", "--depth", "two").exit_code == 2
    assert kg("neighbors", "OpenAI", "--depth", "0").exit_code == 2


# --- questions


def test_neighbors_show_direction_relation_type_date_and_sentence(kg: Kg, toy_db: Path) -> None:
    shown = kg("neighbors", "OpenAI", "--db", toy_db).stdout
    assert re.search(r"发布 → +GPT-4o +产品 +2024-05-13 +1\n +【OpenAI】 ‹发布› 【GPT-4o/产品】", shown)
    assert re.search(r"← 投资 +微软 +机构 +2019-07", shown)


@pytest.mark.parametrize("name", ["谷歌", "Google", "google", "ogl"])
def test_a_name_an_alias_or_a_unique_part_finds_the_entity(kg: Kg, toy_db: Path, name: str) -> None:
    found = json.loads(kg("neighbors", name, "--json", "--db", toy_db).stdout)
    assert found["entity"]["name"] == "谷歌"


def test_neighbors_can_be_narrowed(kg: Kg, toy_db: Path) -> None:
    def names(*options: str) -> set[str]:
        found = json.loads(kg("neighbors", "OpenAI", "--json", "--db", toy_db, *options).stdout)
        return {neighbor["entity"]["name"] for neighbor in found["neighbors"]}

    assert names("--depth", "2") == {"微软", "GPT-4o", "谷歌", "Gemini"}
    assert names("--relation", "发布", "-r", "投资") == {"微软", "GPT-4o"}
    assert names("--direction", "in") == {"微软", "谷歌"}
    assert names("--since", "2024") == {"GPT-4o"}
    assert names("--limit", "1") < names()


def test_an_unknown_name_gets_suggestions_and_exit_code_1(kg: Kg, toy_db: Path) -> None:
    asked = kg("neighbors", "OpenAl", "--db", toy_db)
    assert (asked.exit_code, asked.stdout) == (1, "")
    assert "OpenAl" in asked.stderr
    assert "OpenAI" in asked.stderr


def test_a_path_is_shown_with_the_evidence_of_each_step(kg: Kg, toy_db: Path) -> None:
    shown = kg("path", "微软", "GPT-4o", "--db", toy_db).stdout
    assert shown.startswith("微软 – OpenAI – GPT-4o\n2 steps\n")
    assert "【微软】 ‹投资› 【OpenAI】" in shown
    assert json.loads(kg("path", "微软", "GPT-4o", "--json", "--db", toy_db).stdout)["length"] == 2


def test_why_shows_every_sentence_with_its_place_and_rule(kg: Kg, toy_db: Path) -> None:
    shown = kg("why", "微软", "OpenAI", "--db", toy_db).stdout
    assert "b:0" in shown
    assert "【微软】 ‹投资› 【OpenAI】 2019-07" in shown
    assert "金额 10亿美元 · rule relations/投资.yaml#1" in shown
    said = json.loads(kg("why", "微软", "OpenAI", "--json", "--db", toy_db).stdout)["edges"][0]["statements"][
        0
    ]
    assert said["evidence"]["quote"] == "微软 投资 OpenAI 2019-07 ¥10亿美元"


def test_search_timeline_and_stats_answer_people_and_programs(kg: Kg, toy_db: Path) -> None:
    assert "微软 投资 OpenAI" in kg("search", "投资", "--db", toy_db).stdout
    assert kg("search", "量子", "--db", toy_db).stdout == "nothing found\n"
    assert json.loads(kg("search", "Gem", "--json", "--db", toy_db).stdout)["entities"][0]["name"] == "Gemini"
    dated = kg("timeline", "OpenAI", "--db", toy_db).stdout
    assert dated.index("2019-07") < dated.index("2024-05-13")
    assert len(json.loads(kg("timeline", "OpenAI", "--json", "--db", toy_db).stdout)["statements"]) == 2
    assert re.search(r"edges +4\n", kg("stats", "--db", toy_db).stdout)
    assert json.loads(kg("stats", "--json", "--db", toy_db).stdout)["relations"]["发布"] == 2


def test_the_first_questions_of_the_project_are_answered_from_the_seeds(kg: Kg, seeds_db: Path) -> None:
    assert (
        "王延峰 任职 上海人工智能实验室" in kg("why", "王延峰", "上海人工智能实验室", "--db", seeds_db).stdout
    )
    assert "OpenAI 发布 GPT-4o" in kg("why", "OpenAI", "GPT-4o", "--db", seeds_db).stdout


# --- manners


def test_no_line_is_wider_than_a_narrow_terminal(kg: Kg, toy_db: Path) -> None:
    for command in (["neighbors", "OpenAI", "--depth", "2"], ["timeline", "OpenAI"], ["stats"]):
        for line in kg(*command, "--db", toy_db, COLUMNS="36").stdout.splitlines():
            assert width(line) <= 36


def test_what_an_article_says_cannot_command_the_terminal(kg: Kg, tmp_path: Path) -> None:
    evil = "\x1b]0;owned\x07\x9b31m\u202eOpenAI"
    db = toy_graph(tmp_path / "evil.db", {"a": f"{evil} 发布 GPT\n"})
    for command in (["neighbors", "GPT"], ["why", "GPT", evil], ["search", "GPT"], ["neighbors", evil + "x"]):
        for json_too in ([], ["--json"]):
            shown = kg(*command, *json_too, "--db", db)
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown.stdout + shown.stderr)
    found = json.loads(kg("neighbors", "GPT", "--json", "--db", db).stdout)
    assert found["neighbors"][0]["entity"]["name"] == evil


def in_a_terminal(*arguments: object, **environment: str) -> str:
    """What `kg` writes to a terminal."""
    ours, theirs = pty.openpty()
    with process(*arguments, stdout=theirs, stderr=theirs, stdin=theirs) as running:
        os.close(theirs)
        written = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            written += piece
            if not piece:
                break
        running.wait(timeout=60)
    os.close(ours)
    return written.decode()


def test_colour_is_for_terminals_and_not_for_those_who_refuse_it(
    kg: Kg, toy_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert ESCAPE.search(in_a_terminal("neighbors", "OpenAI", "--db", toy_db))
    assert not ESCAPE.search(kg("neighbors", "OpenAI", "--db", toy_db).output)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not ESCAPE.search(in_a_terminal("neighbors", "OpenAI", "--db", toy_db))


def test_a_build_shows_a_bar_on_a_terminal_only(articles: Path, tmp_path: Path) -> None:
    shown = in_a_terminal("build", articles, "--out", tmp_path / "out", "--jobs", "1", "--no-html")
    assert ESCAPE.search(shown)
    assert "2 documents" in shown


def test_a_reader_that_leaves_early_is_no_error(seeds_db: Path) -> None:
    with process("extract", SEEDS) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(timeout=60) == 0


def test_ctrl_c_says_what_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with process("build", "-", "--out", out, stdin=subprocess.PIPE) as running:
        deadline = time.monotonic() + 60
        while not (out / ".kg-new").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        _, complaint = running.communicate(timeout=60)
    assert running.returncode == 130
    assert complaint.decode().startswith("stopped: ")
    assert "Traceback" not in complaint.decode()


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [("短", 2, "短"), ("太长的名字", 6, "太长…"), ("abcdef", 4, "abc…"), ("e\u0301tude", 5, "e\u0301tude")],
)
def test_texts_are_cut_by_the_columns_they_take(text: str, columns: int, expected: str) -> None:
    assert cut(text, columns) == expected
    assert width(expected) <= columns


def test_cleaning_leaves_ordinary_text_alone() -> None:
    assert clean("谷歌 Gemini 1.5 “双子星”🙂") == "谷歌 Gemini 1.5 “双子星”🙂"


# --- build and extract


def test_a_build_sums_up_what_it_did(kg: Kg, articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    built = kg("build", articles, "--out", out)
    assert built.exit_code == 0
    assert re.match(r"2 documents, \d+ mentions\n\d+ entities, \d+ statements, \d+ edges in ", built.stdout)
    assert all(str(out / name) in built.stdout for name in ("graph.db", "graph.graphml", "graph.html"))
    again = json.loads(kg("build", articles, "--out", out, "--json").stdout)
    assert (again["documents"], again["unchanged"]) == (2, 2)


def test_the_page_can_be_left_out(kg: Kg, articles: Path, tmp_path: Path) -> None:
    assert kg("build", articles, "--out", tmp_path / "out", "--no-html").exit_code == 0
    assert not (tmp_path / "out/graph.html").exists()


def test_extract_prints_one_json_object_a_statement(kg: Kg, articles: Path) -> None:
    said = [json.loads(line) for line in kg("extract", articles).stdout.splitlines()]
    first = next(each for each in said if each["relation"] == "发布")
    assert list(first) == [
        "doc", "head", "head_type", "relation", "tail", "tail_type", "head_id", "tail_id",
        "certainty", "time", "qualifiers", "evidence", "rule", "inferred",
    ]  # fmt: skip
    assert (first["doc"], first["head"], first["tail"], first["time"]) == (
        "one",
        "OpenAI",
        "GPT-4o",
        "2024-05-14",
    )
    assert list(first["evidence"])[:3] == ["start", "end", "quote"]


def test_standard_input_is_read(articles: Path) -> None:
    with process("extract", "-", stdin=subprocess.PIPE) as running:
        told, _ = running.communicate("微软收购了动视暴雪。".encode(), timeout=60)
    said = json.loads(told)
    assert (said["doc"], said["head"], said["relation"], said["tail"]) == (
        "stdin",
        "微软",
        "收购",
        "动视暴雪",
    )


def test_two_runs_give_the_same_bytes(
    seeds_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "4711")
    with process("build", SEEDS, "--out", tmp_path, "--jobs", "2") as running:
        assert running.wait(timeout=120) == 0
    for name in ("graph.graphml", "graph.html"):
        assert (tmp_path / name).read_bytes() == (seeds_out / name).read_bytes()


def test_the_seeds_give_what_they_gave_when_a_person_last_looked(kg: Kg) -> None:
    """`make golden` writes the file anew; look at the difference before committing it."""
    assert kg("extract", SEEDS).stdout == (ROOT / "tests/golden/seeds.jsonl").read_text(encoding="utf-8")


def test_the_graphml_of_a_build_reads_back_as_the_same_graph(seeds_out: Path, seeds_db: Path) -> None:
    written = nx.read_graphml(seeds_out / "graph.graphml", force_multigraph=True)
    kept = load_graph(seeds_db)
    assert set(written) == set(kept)
    assert {node: data["label"] for node, data in written.nodes(data=True)} == dict(kept.nodes(data="label"))
    edges = {(head, tail, data["relation"]): data for head, tail, data in written.edges(data=True)}
    assert len(edges) == written.number_of_edges() == kept.number_of_edges()
    for head, tail, data in kept.edges(data=True):
        there = edges[head, tail, data["relation"]]
        assert (there["edge_id"], there["label"]) == (data["edge_id"], data["relation"])
        assert (there["weight"], there["evidence_count"]) == (data["weight"], data["evidence_count"])


# --- bad input


def refused(kg: Kg, *arguments: object) -> str:
    """The complaint about bad input: a line that begins with error, a hint, exit code 2, nothing printed."""
    told = kg(*arguments)
    assert (told.exit_code, told.stdout) == (2, "")
    lines = told.stderr.splitlines()
    assert lines[0].startswith("error: ")
    assert lines[1].startswith("  hint: ")
    assert len(lines) == 2
    return lines[0]


def test_a_missing_path_is_named(kg: Kg, tmp_path: Path) -> None:
    assert "/nowhere: " in refused(kg, "extract", tmp_path / "nowhere")
    assert "/nowhere: " in refused(kg, "build", tmp_path / "nowhere", "--out", tmp_path / "out")


def test_an_empty_folder_is_named(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "/empty: " in refused(kg, "build", tmp_path / "empty", "--out", tmp_path / "out")


def test_a_file_that_is_no_text_is_named(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    assert "/photo.txt: " in refused(kg, "build", tmp_path / "photo.txt", "--out", tmp_path / "out")


def test_nothing_to_read_is_said(kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "say what to read" in refused(kg, "build")


def test_an_output_folder_that_cannot_be_written_is_named(kg: Kg, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, where the folder should be")
    assert "taken" in refused(kg, "build", articles, "--out", tmp_path / "taken" / "out")


def test_a_graph_that_is_none_is_named(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "other.db").write_text("not a database")
    assert "/none.db: " in refused(kg, "stats", "--db", tmp_path / "none.db")
    assert "/other.db: " in refused(kg, "stats", "--db", tmp_path / "other.db")


def test_questions_that_make_no_sense_are_refused(kg: Kg, toy_db: Path) -> None:
    assert "发步" in refused(kg, "neighbors", "OpenAI", "--relation", "发步", "--db", toy_db)
    assert "up" in refused(kg, "neighbors", "OpenAI", "--direction", "up", "--db", toy_db)
    assert "2024-13" in refused(kg, "timeline", "OpenAI", "--since", "2024-13", "--db", toy_db)
    assert "same" in refused(kg, "path", "谷歌", "Google", "--db", toy_db)
    assert "gephi" in refused(kg, "export", "gephi", "--db", toy_db)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the shipped rules with a small lexicon, to be broken."""
    import shutil

    return Path(shutil.copytree(ROOT / "rules", tmp_path / "rules"))


def test_broken_yaml_is_told_by_line_and_column(kg: Kg, articles: Path, rules: Path) -> None:
    file = rules / "relations/发布.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines, "examples: [", ""]), encoding="utf-8")
    assert re.search(
        rf"relations/发布\.yaml:{len(lines) + 2}:\d+: ", refused(kg, "extract", articles, "--rules", rules)
    )


def test_an_unknown_relation_is_told_by_line_and_column(kg: Kg, articles: Path, rules: Path) -> None:
    file = rules / "relations/发布.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("relation: 发布", "relation: 发步"), encoding="utf-8"
    )
    complaint = refused(kg, "extract", articles, "--rules", rules)
    assert re.search(r"relations/发布\.yaml:\d+:\d+: .*发步", complaint)


def test_what_was_there_survives_a_build_that_fails(kg: Kg, articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg("build", articles, "--out", out)
    before = {file.name: file.read_bytes() for file in out.glob("graph.*")}
    (articles / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    assert "photo.txt" in refused(kg, "build", articles, "--out", out, "--strict")
    assert {file.name: file.read_bytes() for file in out.glob("graph.*")} == before


def test_one_unreadable_file_among_many_is_skipped_and_told(kg: Kg, articles: Path, tmp_path: Path) -> None:
    (articles / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    built = kg("build", articles, "--out", tmp_path / "out")
    assert built.exit_code == 0
    assert re.search(r"skipped: .*/photo\.txt: ", built.stderr)
    assert "1 problem skipped" in built.stdout
    listed = kg("extract", articles)
    assert listed.exit_code == 0
    assert "photo.txt" in listed.stderr
    assert kg("extract", articles, "--strict").exit_code == 2


@pytest.mark.parametrize("where", ["before", "after"])
def test_debug_shows_the_traceback(kg: Kg, tmp_path: Path, where: str) -> None:
    asked = ["stats", "--db", tmp_path / "none.db"]
    told = kg("--debug", *asked) if where == "before" else kg(*asked, "--debug")
    assert told.exit_code == 2
    assert "Traceback" in told.stderr
    assert told.stderr.splitlines()[-2].startswith("error: ")


def test_a_bug_is_not_dressed_up_as_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.query.stats", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        app(["stats"])
