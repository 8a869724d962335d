"""Builds, exports and corrections killed at random moments: `python tests/robustness/kills.py 200`.

Each round changes the corpus, starts a build (or an export) in a process of its own, and kills that with
SIGKILL after a random time. Then the database must be whole, every file the old or the new one, and the next
build must come to the same files as one that nobody disturbed.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copy, rmtree

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from graph_fakes import ToyExtractor  # noqa: E402

from kg import export, pipeline, query  # noqa: E402
from kg.authoring import corrections as authored  # noqa: E402
from kg.rules import corrections  # noqa: E402
from kg.rules.ruleset import load_ontology  # noqa: E402

FILES = ("graph.graphml", "graph.html")
EXPORTS = ("csv", "cypher", "turtle")


class Site:
    """A corpus, toy rules and an output folder."""

    def __init__(self, folder: Path, luck: random.Random) -> None:
        self.luck = luck
        self.rules, self.corpus, self.out = folder / "rules", folder / "corpus", folder / "out"
        for each in (self.rules, self.corpus):
            each.mkdir(parents=True)
        for name in ("ontology.yaml", "reading.yaml"):
            copy(ROOT / "rules" / name, self.rules / name)
        (self.rules / "toy.txt").write_text("1")
        for at in range(12):
            self.write(at)

    def write(self, at: int) -> None:
        """Give an article new content."""
        lines = (f"甲{self.luck.randrange(40)} 投资 乙{self.luck.randrange(9)}\n" for _ in range(30))
        (self.corpus / f"{at}.txt").write_text("".join(lines), encoding="utf-8")

    def build(self, out: Path | None = None) -> None:
        """Build undisturbed."""
        pipeline.build([str(self.corpus)], self.rules, out or self.out, load_extractor=ToyExtractor.load)

    def export(self) -> None:
        """Write every export again."""
        ontology = load_ontology(self.rules)
        for name in EXPORTS:
            export.export(name, self.out / "graph.db", self.out / export.FORMATS[name].file, ontology)


def contents(folder: Path) -> dict[str, bytes]:
    """The finished files of an output folder, the database by what it says."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".kg") for part in path.relative_to(folder).parts)
    }
    if "graph.db" in found:
        found["graph.db"] = repr(query.stats(folder / "graph.db").as_json()).encode()
    return found


def killed(work: Callable[[], None], after: float) -> bool:
    """Do the work in a child that is killed after so many seconds; return whether it was still at work."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def check_database(path: Path) -> None:
    """The database is whole by SQLite's own check."""
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def build_round(site: Site, clean: Path, longest: float) -> bool:
    """Kill one build; return whether the kill met it at work."""
    old = {name: (site.out / name).read_bytes() for name in FILES}
    site.write(site.luck.randrange(12))
    hit = killed(site.build, site.luck.uniform(0, longest))
    check_database(site.out / "graph.db")
    half = contents(site.out)
    rmtree(clean, ignore_errors=True)
    site.build(clean)
    new = contents(clean)
    assert all(half[name] in (old[name], new[name]) for name in FILES)
    site.build()
    done = contents(site.out)
    assert {name: done[name] for name in new} == new
    hidden = {path.name for path in site.out.glob(".kg*") if path.suffix != ".tmp"}
    assert hidden == {".kg-lock"}  # what an export left half written goes after an hour
    return hit


def export_round(site: Site, longest: float) -> bool:
    """Kill the writing of exports; what stands afterwards is whole, and writing again gives the same."""
    site.export()
    whole = contents(site.out)
    hit = killed(site.export, site.luck.uniform(0, longest))
    half = contents(site.out)
    assert all(half.get(name) == content for name, content in whole.items())
    site.export()
    assert all(contents(site.out).get(name) == content for name, content in whole.items())
    return hit


def correct_round(site: Site, number: int) -> bool:
    """Kill the writing of a correction; the file holds it or does not, and all that stood in it before."""
    file = site.rules / corrections.FILE
    ontology = load_ontology(site.rules)
    before = [each.triple for each in corrections.load(site.rules, ontology).items]

    def correct() -> None:
        authored.add(site.rules, site.out / "graph.db", (f"机构:旧{number}", "投资", f"机构:新{number}"))

    hit = killed(correct, site.luck.uniform(0, 0.08))
    after = [each.triple for each in corrections.load(site.rules, ontology).items]
    assert after[: len(before)] == before and len(after) - len(before) in (0, 1)
    if len(after) == len(before):
        correct()
        assert len(corrections.load(site.rules, ontology).items) == len(before) + 1
    assert file.is_file()
    return hit


def run(folder: Path, rounds: int, seed: int) -> tuple[int, int]:
    """Go through so many rounds, every fourth an export and a correction; return the kills and those that met work."""
    site = Site(folder, random.Random(seed))
    site.build()
    started = time.monotonic()
    site.write(0)
    site.build()
    longest = 0.8 * (time.monotonic() - started)
    met = 0
    for number in range(rounds):
        if number % 4 == 3:
            met += export_round(site, longest)
            met += correct_round(site, number)
        else:
            met += build_round(site, folder / "clean", longest)
    return rounds + rounds // 4, met


if __name__ == "__main__":
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(10**6)
    with tempfile.TemporaryDirectory() as scratch:
        rounds, met = run(Path(scratch), int(sys.argv[1]) if len(sys.argv) > 1 else 200, seed)
    print(f"{rounds} kills, {met} of them in the middle of the work; nothing was lost (seed {seed})")
