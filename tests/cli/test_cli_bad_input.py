"""What bad input gets: one line that names the place, a hint, exit code 2, and nothing lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from calling import Kg

from kg.cli.app import app


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
