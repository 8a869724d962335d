"""How the command line behaves towards terminals, pipes and Ctrl-C."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from calling import SEEDS, Kg, process
from graph_fakes import build as toy_graph

from kg.cli.output import clean, cut, width


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


ESCAPE = re.compile(r"\x1b")


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
