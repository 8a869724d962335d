"""An extractor that is kept reads as one that is made anew, and is made anew when anything changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg import rulecache
from kg.extraction import Extractor
from kg.model import Document, Region
from kg.rules import ruleset

SEEDS = Path(__file__).parents[1] / "seeds"
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The rule folders that had to be read; the cache is an empty folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return []


def load(rules_dir: Path, made: list[Path]) -> Extractor:
    def make(folder: Path) -> Extractor:
        made.append(folder)
        return Extractor.load(folder)

    return rulecache.load(rules_dir, make)


def read(extractor: Extractor) -> list[dict[str, object]]:
    document = Document("d", TEXT, (Region(0, len(TEXT)),))
    return [said.as_json() for said in extractor.extract(document).statements]


def test_what_is_kept_reads_as_what_was_made(made: list[Path]) -> None:
    first, second = load(ruleset.shipped(), made), load(ruleset.shipped(), made)
    assert len(made) == 1
    assert read(first) == read(second) != []
    assert first.rules_hash == second.rules_hash


def test_a_changed_rule_is_read_and_so_is_a_damaged_file_replaced(tmp_path: Path, made: list[Path]) -> None:
    rules = Path(shutil.copytree(ruleset.shipped(), tmp_path / "rules"))
    load(rules, made)
    with (rules / "relations" / "收购.yaml").open("a", encoding="utf-8") as file:
        file.write("# more\n")
    load(rules, made)
    assert len(made) == 2
    for path in (tmp_path / "cache" / "kg").glob("*.rules"):
        path.write_bytes(path.read_bytes()[:-1])
    assert read(load(rules, made))
    assert len(made) == 3


def test_a_cache_that_cannot_be_written_does_no_harm(
    tmp_path: Path, made: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert read(load(ruleset.shipped(), made))
