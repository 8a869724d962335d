"""The commands' help and start-up."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from calling import ROOT, Kg

from kg.cli.app import COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_shows_an_example(kg: Kg, command: str) -> None:
    shown = kg(command, "--help").stdout
    assert re.search(rf"Example.*:\n +kg {command} ", shown)


def test_kg_alone_lists_the_commands(kg: Kg) -> None:
    shown = kg("--help").stdout
    assert all(re.search(rf"^  {command} ", shown, re.MULTILINE) for command in COMMANDS)


def test_the_help_speaks_no_python(kg: Kg) -> None:
    assert re.search(r"^  PATH  Files", kg("build", "--help").stdout, re.MULTILINE)


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
