"""`kg rules check` names every mistake with its place and a remedy."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.authoring.check import CHECKS, check
from kg.authoring.problems import render, source_line
from kg.errors import InputError

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "check.yaml").read_text(encoding="utf-8")
)


def spoil(folder: Path, case: dict[str, Any]) -> None:
    path = folder / case["file"]
    if "content" in case:
        path.parent.mkdir(exist_ok=True)
        path.write_text(case["content"], encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    if "append" in case:
        changed = re.sub(r"(?ms)^ambiguous:.*?(?=^\w|\Z)", "", text) + case["append"]
    elif "sub" in case:
        changed = re.sub(*case["sub"], text)
    else:
        changed = text.replace(*case["replace"])
    assert changed != text
    path.write_text(changed, encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_mistake_is_named_with_its_place_and_remedy(rules_dir: Path, case: dict[str, Any]) -> None:
    spoil(rules_dir, case)
    found = [
        problem
        for problem in check(rules_dir).problems
        if problem.check == case["check"] and case["says"] in problem.message
    ]
    assert found
    assert found[0].place.path == rules_dir / case["file"]
    assert found[0].place.line and found[0].place.column
    assert source_line(found[0].place)
    assert case.get("remedy", "") in found[0].remedy


def test_nothing_is_wrong_with_the_shipped_rules() -> None:
    from kg.rules import ruleset

    assert [f"{problem.place} {problem.message}" for problem in check(ruleset.shipped()).problems] == []


def test_every_problem_of_several_broken_files_is_told_at_once(rules_dir: Path) -> None:
    (rules_dir / "relations" / "收购.yaml").write_text("relation: [收购\n", encoding="utf-8")
    (rules_dir / "relations" / "任职.yaml").write_text("\trelation: 任职\n", encoding="utf-8")
    (rules_dir / "lexicon" / "chips.yaml").write_text("type: 物\nentities: {}\nx: 1\n", encoding="utf-8")
    (rules_dir / "tone.yaml").write_bytes(b"\xff\xfe\x00")
    report = check(rules_dir)
    names = {(Path(p.place.path).name, p.check) for p in report.problems if p.severity == "error"}
    assert names >= {
        ("收购.yaml", "yaml"),
        ("任职.yaml", "yaml"),
        ("chips.yaml", "keys"),
        ("tone.yaml", "yaml"),
    }
    assert report.exit_code() == 1


def test_a_missing_file_is_an_error(rules_dir: Path) -> None:
    (rules_dir / "tone.yaml").unlink()
    problems = [problem for problem in check(rules_dir).problems if problem.check == "files"]
    assert [(Path(p.place.path).name, p.message) for p in problems] == [("tone.yaml", "is missing")]


def test_the_report_is_plain_data_and_can_be_shown(rules_dir: Path) -> None:
    from rich.console import Console

    spoil(rules_dir, CASES[0])
    report = check(rules_dir)
    data = json.loads(json.dumps(report.as_json(), ensure_ascii=False))
    problem = next(p for p in data["problems"] if p["check"] == "keys")
    assert problem["source"].startswith("trigers:")
    assert (problem["line"], problem["column"]) == (3, 1)
    console = Console(record=True, width=200, file=None, force_terminal=False, quiet=False)
    with console.capture() as capture:
        console.print(render(report))
    assert "did you mean `triggers`?" in capture.get()


def test_a_sign_at_its_own_end_of_a_frame_is_right(rules_dir: Path) -> None:
    path = rules_dir / "relations" / "收购.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("- 及物", "- ^【head】…【trigger】[了]【tail】$"), encoding="utf-8")
    assert [p.message for p in check(rules_dir).problems if p.check == "impossible"] == []


def test_warnings_fail_only_a_strict_check(rules_dir: Path) -> None:
    spoil(rules_dir, next(case for case in CASES if case["check"] == "not-in"))
    report = check(rules_dir)
    assert (report.exit_code(), report.exit_code(strict=True)) == (0, 1)


def test_every_check_has_its_own_name() -> None:
    assert len({item.name for item in CHECKS}) == len(CHECKS)


def test_a_folder_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        check(tmp_path / "nothing")
