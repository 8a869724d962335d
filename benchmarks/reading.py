"""What extraction costs: against jieba, with more rules, with more text, in two processes, in memory."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import jieba

from benchmarks.corpus import Composer
from benchmarks.enlarged import enlarge
from benchmarks.measure import ROOT, Row, medians, python
from kg.extraction import Extractor
from kg.model import Document, Region
from kg.rules import ruleset

SEED = 7
_SEGMENTED = 300_000
"""Bytes of the text that is read side by side; jieba alone takes half a second for them."""


def rows(folder: Path, size: int, rounds: int) -> Iterator[Row]:
    """Yield the rows on extraction, measured on `size` bytes of generated articles."""
    write_corpus(folder / "corpus", size)
    extractor = Extractor.load(ruleset.shipped())
    jieba.initialize()
    for name, documents in seeds_and_articles():
        yield _against_jieba(name, extractor, documents, rounds)
    yield _with_more_rules(folder, extractor, documents, rounds)
    yield from _with_more_text(folder, size, rounds)
    loads = [float(python("-c", _LOAD).output) for _ in range(3)]
    yield Row("compiled rules, second start", "≤ 50 ms", f"{min(loads) * 1000:.0f} ms", min(loads) <= 0.05)


_LOAD = (
    "import time; from kg.extraction import Extractor; from kg.rules import ruleset; "
    "start = time.perf_counter(); Extractor.load(ruleset.shipped()); print(time.perf_counter() - start)"
)


def write_corpus(folder: Path, size: int) -> list[Path]:
    """Write `size` bytes of articles into the folder, and return their files."""
    folder.mkdir()
    paths: list[Path] = []
    for article in Composer().articles(SEED, size):
        paths.append(folder / article.name)
        paths[-1].write_text(article.text, encoding="utf-8")
    return paths


def seeds_and_articles() -> list[tuple[str, list[Document]]]:
    """Return what is read side by side, by its name: the seeds, and some generated articles."""
    articles = [_document(article.text) for article in Composer().articles(SEED, _SEGMENTED)]
    seeds = [corpus_document(path) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    return [("seeds", seeds), ("generated articles", articles)]


def corpus_document(path: Path) -> Document:
    """Return a file as a document that is prose from end to end."""
    return _document(path.read_text(encoding="utf-8"))


def _document(text: str) -> Document:
    return Document("bench", text, (Region(0, len(text)),))


def _against_jieba(name: str, extractor: Extractor, documents: list[Document], rounds: int) -> Row:
    def segment() -> None:
        for document in documents:
            for _ in jieba.cut(document.text):
                pass

    extract, cut = medians([partial(extract_all, extractor, documents), segment], rounds)
    ratio = cut / extract
    size = sum(len(document.text.encode()) for document in documents) / 1e6
    what = f"`kg extract` against `jieba.cut`, one core, {name}"
    return Row(what, "≥ 10 ×", f"{ratio:.2f} × ({extract / size * 1000:.0f} ms/MB)", ratio >= 10)


def extract_all(extractor: Extractor, documents: list[Document]) -> None:
    """Extract the documents, for the time it takes."""
    for document in documents:
        extractor.extract(document)


def _with_more_rules(folder: Path, extractor: Extractor, documents: list[Document], rounds: int) -> Row:
    larger = Extractor.load(enlarge(folder / "rules"))
    few, many = medians([partial(extract_all, each, documents) for each in (extractor, larger)], rounds)
    kept = few / many
    return Row("with ten times the names and rules", "≥ 0.80 of the speed", f"{kept:.2f}", kept >= 0.8)


def _with_more_text(folder: Path, size: int, rounds: int) -> Iterator[Row]:
    """Time whole processes; what a start takes is measured on one article and taken off."""
    paths = [str(path) for path in sorted((folder / "corpus").iterdir())]
    total = sum(Path(path).stat().st_size for path in paths)
    few = list(islice(paths, max(1, len(paths) // 10)))
    some = sum(Path(path).stat().st_size for path in few)
    lists = {"one": folder / "one", "few": folder / "few"}
    for name, chosen in (("one", paths[:1]), ("few", few)):
        lists[name].mkdir()
        for path in chosen:
            (lists[name] / Path(path).name).hardlink_to(path)
    works = [
        partial(_command, lists["one"], 1),
        partial(_command, lists["few"], 1),
        partial(_command, folder / "corpus", 1),
        partial(_command, lists["one"], 2),
        partial(_command, folder / "corpus", 2),
    ]
    start, tenth, whole, start_two, two = medians(works, min(rounds, 3))
    linear = (total / (whole - start)) / (some / max(tenth - start, 1e-6))
    what = f"throughput on {total / 1e6:.1f} MB against {some / 1e6:.2f} MB"
    yield Row(what, "≥ 0.90", f"{linear:.2f}", linear >= 0.9)
    gain = (whole - start) / (two - start_two)
    yield Row("two processes against one", "≥ 1.7", f"{gain:.2f}", gain >= 1.7)
    peak = python("-m", "kg", "extract", "--jobs", "1", str(folder / "corpus")).megabytes
    yield Row(f"memory of one worker on {total / 1e6:.1f} MB", "≤ 400 MB", f"{peak:.0f} MB", peak <= 400)


def _command(path: Path, jobs: int) -> None:
    python("-m", "kg", "extract", "--jobs", str(jobs), str(path))
