"""What extraction costs of one process: against jieba, and with ten times the rules."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import jieba

from benchmarks.corpus import SEED, Composer
from benchmarks.enlarged import enlarge
from benchmarks.measure import ROOT, Row, computing, medians
from kg.extraction import Extractor
from kg.model import Document, Region
from kg.rules import ruleset

_SEGMENTED = 300_000
"""Bytes of the text that is read side by side; jieba alone takes a third of a second for them."""


def rows(folder: Path, rounds: int) -> Iterator[Row]:
    """Yield the rows on extraction within this process; `folder` is for the larger rules."""
    extractor = Extractor.load(ruleset.shipped())
    jieba.setLogLevel("WARNING")
    jieba.initialize()
    for name, documents in seeds_and_articles():
        yield _against_jieba(name, extractor, documents, rounds)
    yield _with_more_rules(folder, extractor, documents, rounds)


def seeds_and_articles() -> list[tuple[str, list[Document]]]:
    """Return what is read side by side, by its name: the seeds, and some generated articles."""
    articles = [_document(article.text) for article in Composer().articles(SEED, _SEGMENTED)]
    seeds = [corpus_document(path) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    return [("seeds", seeds), ("generated", articles)]


def corpus_document(path: Path) -> Document:
    """Return a file as a document that is prose from end to end."""
    return _document(path.read_text(encoding="utf-8"))


def extract_all(extractor: Extractor, documents: list[Document]) -> None:
    """Extract the documents, for the time it takes."""
    for document in documents:
        extractor.extract(document)


def segment_all(documents: list[Document]) -> None:
    """Cut the documents with jieba, for the time it takes."""
    for document in documents:
        for _ in jieba.cut(document.text):
            pass


def _document(text: str) -> Document:
    return Document("bench", text, (Region(0, len(text)),))


def _against_jieba(name: str, extractor: Extractor, documents: list[Document], rounds: int) -> Row:
    works = (partial(extract_all, extractor, documents), partial(segment_all, documents))
    extract, cut = medians([partial(computing, work) for work in works], rounds)
    ratio = cut / extract
    size = sum(len(document.text.encode()) for document in documents) / 1e6
    measured = f"{ratio:.2f} x ({extract / size:.1f} s/MB)"
    return Row(f"speed against jieba.cut, {name}", ">= 10 x", measured, ratio >= 10)


def _with_more_rules(folder: Path, extractor: Extractor, documents: list[Document], rounds: int) -> Row:
    larger = Extractor.load(enlarge(folder / "rules"))
    works = [partial(extract_all, each, documents) for each in (extractor, larger)]
    few, many = medians([partial(computing, work) for work in works], rounds)
    kept = few / many
    return Row("speed with ten times names and rules", ">= 0.80 x", f"{kept:.2f} x", kept >= 0.8)
