"""Any moment: killed, out of disk or offline, a build leaves the old outputs or the new ones, whole."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import pytest
from calling import ROOT, SEEDS
from graph_fakes import ToyExtractor
from robustness import kills

from kg import pipeline
from kg.errors import InputError
from kg.model import Document, Extraction

EXPORT = """
import random, sys
from pathlib import Path
from robustness import kills
from kg import export
from kg.errors import InputError
from kg.rules.ruleset import load_ontology

site = kills.Site(Path(sys.argv[1]), random.Random(5))
lines = "".join(f"壬{at} 投资 癸{at}\\n" for at in range(2_500))
(site.corpus / "big.txt").write_text(lines, encoding="utf-8")
site.build()
for name in ("csv", "gexf"):
    path = Path(sys.argv[2]) / export.FORMATS[name].file
    export.export(name, site.out / "graph.db", path, load_ontology(site.rules), around="甲1")
    before = kills.contents(Path(sys.argv[2]))
    try:
        export.export(name, site.out / "graph.db", path, load_ontology(site.rules))
    except InputError as error:
        assert error.hint, error
    else:
        raise SystemExit("it should have been full")
    assert kills.contents(Path(sys.argv[2])) == before
"""
FULL = """
import sys
from pathlib import Path
from robustness import kills
import random
from kg.errors import InputError

site = kills.Site(Path(sys.argv[1]), random.Random(5))
site.out = Path(sys.argv[2]) / "out"
site.build()
before = kills.contents(site.out)
lines = "".join(f"壬{at} 投资 癸{at}\\n" for at in range(20_000))
(site.corpus / "big.txt").write_text(lines, encoding="utf-8")
try:
    site.build()
except InputError as error:
    assert error.hint, error
else:
    raise SystemExit("it should have been full")
assert kills.contents(site.out) == before
kills.check_database(site.out / "graph.db")
(site.corpus / "big.txt").write_text("壬 投资 癸\\n", encoding="utf-8")
site.build()
site.build(Path(sys.argv[1]) / "clean")
assert kills.contents(site.out)["graph.html"] == kills.contents(Path(sys.argv[1]) / "clean")["graph.html"]
"""


def isolated(*flags: str) -> list[str]:
    """The command that starts another in namespaces of its own; skips the test where that is not allowed."""
    command = ["unshare", "--map-root-user", *flags]
    try:
        subprocess.run([*command, "true"], check=True, capture_output=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        pytest.skip("no namespaces here")
    return command


class Removing(ToyExtractor):
    """Removes a folder when it has read so many documents."""

    folder: ClassVar[Path]
    after: ClassVar[int]

    def extract(self, read: Document) -> Extraction:
        Removing.after -= 1
        if Removing.after == 0:
            shutil.rmtree(Removing.folder)
        return super().extract(read)


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_killed_at_random_moments_nothing_is_lost(tmp_path: Path) -> None:
    """A few; `make kills` goes on for hundreds."""
    rounds, _ = kills.run(tmp_path, 4, seed=11)
    assert rounds == 5


@pytest.mark.parametrize(("script", "size"), [(FULL, "4m"), (EXPORT, "300k")], ids=["build", "export"])
def test_a_disk_that_fills_up_leaves_the_old_outputs(tmp_path: Path, script: str, size: str) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f'mount -t tmpfs -o size={size} tmpfs "{disk}" && exec "{sys.executable}" -c "$1" "$2" "$3"'
    done = subprocess.run(
        [*isolated("--mount"), "sh", "-c", mount, "sh", script, str(tmp_path / "site"), str(disk)],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=120,
        check=False,
    )
    if "mount:" in done.stderr:
        pytest.skip("no small disk can be made here")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["corpus", "out"])
def test_a_folder_removed_under_a_build_is_said_and_the_next_build_is_whole(
    tmp_path: Path, name: str
) -> None:
    site = kills.Site(tmp_path / "site", random.Random(1))
    site.build()
    removed = tmp_path / "removed"
    Removing.folder, Removing.after = getattr(site, name), 5
    for at in range(12):
        site.write(at)
    texts = {path.name: path.read_bytes() for path in site.corpus.iterdir()}
    if name == "out":
        with pytest.raises(InputError, match="was removed"):
            pipeline.build([str(site.corpus)], site.rules, site.out, load_extractor=Removing.load)
    else:
        report = pipeline.build([str(site.corpus)], site.rules, site.out, load_extractor=Removing.load)
        assert report.documents + len(report.skipped) == 12
        assert all("cannot be read" in problem.message for problem in report.skipped)
        site.corpus.mkdir()
        for file, text in texts.items():
            (site.corpus / file).write_bytes(text)
    site.build()
    site.build(removed)
    assert kills.contents(site.out) == kills.contents(removed)


def test_the_main_job_needs_no_network(tmp_path: Path) -> None:
    """The five articles become a graph in a namespace that has not even a loopback."""
    command = [sys.executable, "-m", "kg", "build", str(SEEDS), "--out", str(tmp_path / "out"), "--jobs", "2"]
    done = subprocess.run(
        [*isolated("--net"), *command],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "graph.html").stat().st_size > 100_000
