"""Every command that the documentation shows works, and prints what it says."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import console
import pytest
from console import ROOT

# How to install is shown to those without make; CI does the same through the Makefile.
INSTALLING = re.compile(
    r"python3? -m venv \S+|(\.venv/bin/|\.venv\\Scripts\\)?pip install (\.|'\.\[\w+\]')|"
    r"source \.venv/bin/activate|\.venv\\Scripts\\activate|cd kg"
)
SHOWN = [command for path in console.documents() for command in console.commands(path)]
TEXTS = sorted({command.text for command in SHOWN if not INSTALLING.fullmatch(command.text)})


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a fresh clone, in which the graph of the seeds has been built."""
    folder = tmp_path_factory.mktemp("clone")
    console.furnish(folder)
    built = console.run("kg build", folder)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.mark.parametrize("text", TEXTS)
def test_a_command_works_and_prints_what_is_shown(clone: Path, text: str) -> None:
    if text.startswith("make "):
        asked = ["make", "--dry-run", "--always-make", *text.split()[1:]]
        subprocess.run(asked, cwd=ROOT, check=True, capture_output=True)
        return
    told = console.run(text, clone)
    assert told.returncode == 0, told.stderr
    for command in SHOWN:
        if command.text == text and command.output is not None:
            printed = console.settled(console.shortened(told.stdout, command.output))
            assert printed == console.settled(command.output), f"{command.path.name}: `make golden` renews it"


def test_the_documentation_shows_commands() -> None:
    names = {command.path.name for command in SHOWN}
    assert {"README.md", "README.zh-CN.md"} <= names


def test_links_between_documents_lead_somewhere() -> None:
    for path in [*console.documents(), ROOT / "CHANGELOG.md"]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_every_dependency_has_its_reason() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *sum(project["optional-dependencies"].values(), [])]
    names = {re.split(r"[\[>=<]", requirement)[0] for requirement in wanted} - {"kg"}
    reasons = set(
        re.findall(r"^\| `([\w.-]+)`", (ROOT / "docs/dependencies.md").read_text(encoding="utf-8"), re.M)
    )
    assert reasons == names


def test_every_dependency_is_pinned_and_no_index_is_named() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in pins)


def test_the_wheel_holds_the_rules_and_the_page(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in (("rules", "kg/shipped_rules"), ("kg/export/page", "kg/export/page")):
        files = [
            path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts
        ]
        assert {f"{inside}/{path.relative_to(ROOT / folder).as_posix()}" for path in files} <= held
    assert not [name for name in held if name.startswith(("tests/", "seeds/", "out/"))]
