"""The commands of the documentation: found in its fenced blocks, run, and their output written anew.

A ```console block holds lines `$ command` and the output that follows; a line … stands for output left out,
at the end only. A ```sh block holds commands without output. `python tests/console.py` writes the output of
every console block as it is now.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from typer.testing import CliRunner

from kg.cli.app import app

ROOT = Path(__file__).parents[1]
WIDTH = "96"
LEFT_OUT = "…"

_BLOCK = re.compile(r"^```(console|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
# How long something took differs from run to run.
_SECONDS = re.compile(r"\b\d+\.\d s\b")
_FOR_A_SHELL = re.compile(r"[|&;<>$*?`\n]")


@dataclass(frozen=True)
class Command:
    """A command of a document; `output` is None where none is shown, and may end with a line `…`."""

    path: Path
    text: str
    output: str | None


def documents() -> list[Path]:
    """Return the documents whose commands must work."""
    return sorted(
        [
            *ROOT.glob("README*.md"),
            *ROOT.glob("docs/*.md"),
            *ROOT.glob("examples/*/*.md"),
            ROOT / "out/README.md",
        ]
    )


def commands(path: Path) -> Iterator[Command]:
    """Yield the commands of a document in their order."""
    for kind, body in _BLOCK.findall(path.read_text(encoding="utf-8")):
        if kind == "sh":
            lines = body.replace("\\\n", " ").splitlines()
            yield from (
                Command(path, line.partition(" # ")[0].strip(), None) for line in lines if line.strip()
            )
        else:
            yield from (Command(path, text, output) for text, output in _COMMAND.findall(body))


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder as a person would in a terminal of WIDTH columns, without colours."""
    environment = {"COLUMNS": WIDTH, "NO_COLOR": "1"}
    if _FOR_A_SHELL.search(command) or not command.startswith("kg "):
        return _in_a_shell(command, folder, environment)
    with contextlib.chdir(folder):
        told = CliRunner().invoke(app, shlex.split(command)[1:], env=environment)
    return subprocess.CompletedProcess(command, told.exit_code, told.stdout, told.stderr)


def _in_a_shell(command: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    script = f'set -o pipefail\nkg() {{ "{sys.executable}" -m kg "$@"; }}\n{command}'
    return subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def furnish(folder: Path) -> None:
    """Give a folder what stands in a fresh clone, as far as commands of the documentation use it."""
    for name in ("seeds", "rules", "examples", "tests/gold"):
        shutil.copytree(ROOT / name, folder / name)


def settled(output: str) -> str:
    """Return output without what differs from run to run."""
    return _SECONDS.sub("0.0 s", output)


def shortened(output: str, shown: str) -> str:
    """Return as much of an output as the document shows of it."""
    if not shown.endswith(LEFT_OUT + "\n"):
        return output
    lines = output.splitlines(keepends=True)[: len(shown.splitlines()) - 1]
    return "".join(lines) + LEFT_OUT + "\n"


@cache
def _run_once(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command; one that stands in several documents must show the same in all of them."""
    return run(command, folder)


def _rewrite(path: Path, folder: Path) -> None:
    def renewed(match: re.Match[str]) -> str:
        told = _run_once(match[1], folder)
        if told.returncode:
            sys.exit(f"{path.name}: $ {match[1]}\n{told.stderr}")
        return f"$ {match[1]}\n{shortened(told.stdout, match[2])}"

    def block(match: re.Match[str]) -> str:
        body = match[2] if match[1] == "sh" else _COMMAND.sub(renewed, match[2])
        return f"```{match[1]}\n{body}```"

    path.write_text(_BLOCK.sub(block, path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    with TemporaryDirectory() as name:
        furnish(Path(name))
        run("kg build", Path(name)).check_returncode()
        for document in documents():
            _rewrite(document, Path(name))
