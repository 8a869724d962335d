"""Any input at all: no traceback, and what comes out holds. The cases that once failed stand in cases/."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from calling import ROOT, Kg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from robustness import checks, strategies

from kg import extraction
from kg.extraction import Extractor
from kg.read import ReadingProfile, load_profile

RULES = ROOT / "rules"
CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "inputs.yaml").read_text(encoding="utf-8")
)

tried = settings(
    max_examples=checks.limits(),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="session")
def profile() -> ReadingProfile:
    return load_profile(RULES)


@pytest.fixture(scope="session")
def extractor(rules_are_compiled_once: None) -> Extractor:
    return Extractor.load(RULES)


def cases(kind: str) -> Any:
    """The cases of one kind: `text`, or `json` where YAML cannot say it, `times` over."""
    found = CASES[kind]
    return pytest.mark.parametrize(
        "written",
        [
            (case["text"] if "text" in case else json.loads(case["json"])) * case.get("times", 1)
            for case in found
        ],
        ids=[case["why"] for case in found],
    )


@tried
@given(strategies.texts)
def test_any_text_is_normalised(written: str) -> None:
    checks.normalising(written)


@cases("texts")
def test_texts_that_are_hard_to_normalise(written: str) -> None:
    checks.normalising(written)


@tried
@given(strategies.texts)
def test_any_text_is_extracted(extractor: Extractor, profile: ReadingProfile, written: str) -> None:
    checks.extracting(extractor, written, profile)


@cases("texts")
def test_texts_that_are_hard_to_extract(extractor: Extractor, profile: ReadingProfile, written: str) -> None:
    checks.extracting(extractor, written, profile)


@tried
@given(strategies.files, st.sampled_from((".txt", ".md", ".jsonl", "")))
def test_any_file_is_read(tmp_path: Path, profile: ReadingProfile, data: bytes, ending: str) -> None:
    checks.reading(tmp_path, data, ending, profile)


@tried
@given(strategies.files)
def test_any_page_is_read(tmp_path: Path, profile: ReadingProfile, data: bytes) -> None:
    checks.reading(tmp_path, data, ".html", profile)


@tried
@given(st.dictionaries(st.sampled_from(("id", "title", "text", "url", "date")), strategies.texts))
def test_any_row_is_read(tmp_path: Path, profile: ReadingProfile, row: dict[str, str]) -> None:
    line = json.dumps(row).encode()
    found = checks.reading(tmp_path, line + b"\nno json\n" + line, ".jsonl", profile)
    assert len(found) == (2 if "text" in row else 0)


@tried
@given(strategies.yaml_files)
def test_any_rule_file_is_read_or_refused(tmp_path: Path, data: bytes) -> None:
    checks.rule_file(tmp_path, data)


@cases("rules")
def test_rule_files_that_are_hard_to_read(tmp_path: Path, written: str) -> None:
    checks.rule_file(tmp_path, written.encode())


@tried
@given(strategies.frame_texts)
def test_any_frame_is_compiled_or_refused(written: str) -> None:
    checks.frame(written)


@cases("frames")
def test_frames_that_are_hard_to_compile(written: str) -> None:
    checks.frame(written)


@tried
@given(strategies.texts)
def test_any_question_is_answered_or_refused(seeds_db: Path, asked: str) -> None:
    checks.asking(seeds_db, asked)


@cases("questions")
def test_questions_that_are_hard_to_answer(seeds_db: Path, written: str) -> None:
    checks.asking(seeds_db, written)


@tried
@given(st.sampled_from(("search", "neighbors", "timeline", "why")), strategies.texts)
def test_any_question_on_the_command_line_ends_in_words(
    kg: Kg, seeds_db: Path, command: str, asked: str
) -> None:
    names = [asked, "OpenAI"] if command == "why" else [asked]
    told = kg(command, "--db", seeds_db, "--", *names)
    assert told.exit_code in (0, 1, 2)
    assert not set(told.output) & {"\x1b", "\0", "\x07", "\u202e", "\x9b"}


def test_a_document_that_says_too_much_is_told_and_the_others_go_on(
    kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list of names makes as many statements as it has pairs."""
    monkeypatch.setattr(extraction, "MOST_STATEMENTS", 3)
    for name, text in {
        "1": "微软投资OpenAI。",
        "2": "谷歌、微软、百度、腾讯达成合作。",
        "3": "谷歌收购DeepMind。",
    }.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    told = kg("extract", tmp_path)
    assert [json.loads(line)["doc"] for line in told.stdout.splitlines()] == ["1", "3"]
    assert "2.txt: the document 2 says more than 3 things" in told.stderr


# A process counts as its own what the one that started it held; this one holds nothing.
WEIGHING = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="no way to ask what a process took")
@pytest.mark.parametrize("ending", [".txt", ".jsonl"])
def test_a_line_of_a_gibibyte_is_told_in_bounded_memory(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"long{ending}"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        file.truncate(2**30)  # zeros that take no room
        file.seek(2**30)
        file.write('"}\n{"text": "谷歌投资OpenAI。"}\n'.encode())
    weighed = [sys.executable, "-c", WEIGHING, sys.executable, "-m", "kg", "extract", str(path)]
    ran = subprocess.run(
        weighed, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, encoding="utf-8"
    )
    said, told = ran.stdout, ran.stderr
    assert ran.returncode == (2 if ending == ".txt" else 0), told
    assert "8 MiB" in told
    assert said.count("\n") == (ending == ".jsonl")
    assert int(told.splitlines()[-1]) < 600 * 1024  # KiB
