"""Any moment: killed, out of disk or offline, a build leaves the old outputs or the new ones, whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from calling import ROOT, SEEDS
from robustness import kills

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


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_killed_at_random_moments_nothing_is_lost(tmp_path: Path) -> None:
    """A few; `make kills` goes on for hundreds."""
    rounds, _ = kills.run(tmp_path, 4, seed=11)
    assert rounds == 4


def test_a_disk_that_fills_up_leaves_the_old_outputs(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    script = f'mount -t tmpfs -o size=4m tmpfs "{disk}" && exec "{sys.executable}" -c "$1" "$2" "$3"'
    done = subprocess.run(
        [*isolated("--mount"), "sh", "-c", script, "sh", FULL, str(tmp_path / "site"), str(disk)],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=120,
        check=False,
    )
    if "mount:" in done.stderr:
        pytest.skip("no small disk can be made here")
    assert done.returncode == 0, done.stderr


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
