"""What each stage of extraction costs, and the floors below it: `python -m benchmarks.stages`.

A profile's own times, summed by module and scaled to what the same work takes unprofiled. jieba.cut is timed in
the same run, so that the ratios hold on a busy machine.
"""

from __future__ import annotations

import cProfile
import pstats
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import jieba
import rjieba

from benchmarks.measure import ROOT, computing, medians
from benchmarks.reading import corpus_document, extract_all, seeds_and_articles, segment_all
from kg.extraction import Extractor
from kg.model import Document
from kg.recognise.automata import NameAutomaton, WordAutomaton
from kg.rules import ruleset
from kg.text import normalise, sentences

_SHOWN = 25


def main() -> None:
    """Print, for the seeds and for generated articles, the cost of every module per MB and in units of jieba.cut."""
    extractor = Extractor.load(ruleset.shipped())
    jieba.initialize()
    for name, documents in seeds_and_articles():
        extract_all(extractor, documents)
        _print_stages(name, extractor, documents)
    _print_floors(extractor, [corpus_document(path) for path in sorted((ROOT / "seeds").glob("*.txt"))])


def _print_stages(name: str, extractor: Extractor, documents: list[Document]) -> None:
    size = _megabytes(documents)
    extract, cut = _timed([partial(extract_all, extractor, documents), partial(segment_all, documents)], 3)
    profile = cProfile.Profile(builtins=False)
    profile.runcall(extract_all, extractor, documents)
    modules: dict[str, float] = defaultdict(float)
    for (file, _, _), (_, _, own, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        modules[_module(file)] += own
    scale = extract / sum(modules.values())
    print(f"\n{name}: {extract / size * 1000:.0f} ms/MB, {cut / extract:.2f} x jieba.cut\n")
    print("| module | ms per MB | share | in units of jieba.cut |\n| --- | --- | --- | --- |")
    for module, own in sorted(modules.items(), key=lambda each: -each[1])[:_SHOWN]:
        cost = own * scale
        print(f"| {module} | {cost / size * 1000:.0f} | {cost / extract:.0%} | {cost / cut:.3f} |")


def _print_floors(extractor: Extractor, documents: list[Document]) -> None:
    names, words = NameAutomaton(extractor.rules), WordAutomaton(extractor.rules)
    texts = [normalise(document.text).text for document in documents]
    pieces = [text[start:end] for text in texts for start, end in sentences(text, 0, len(text))]
    floors = {
        "normalise": lambda: [normalise(document.text) for document in documents],
        "sentences": lambda: [sentences(text, 0, len(text)) for text in texts],
        "names automaton": lambda: [names.find(text) for text in texts],
        "words automaton": lambda: [words.find(text) for text in texts],
        "rjieba.tag, sentence by sentence": lambda: [rjieba.tag(piece) for piece in pieces],
        "rjieba.tag, document by document": lambda: [rjieba.tag(text) for text in texts],
    }
    *spent, cut = _timed([*floors.values(), partial(segment_all, documents)], 5)
    size = _megabytes(documents)
    print(f"\nfloors, seeds: jieba.cut {cut / size * 1000:.0f} ms/MB\n")
    print("| floor | ms per MB | in units of jieba.cut |\n| --- | --- | --- |")
    for name, seconds in zip(floors, spent, strict=True):
        print(f"| {name} | {seconds / size * 1000:.1f} | {seconds / cut:.3f} |")


def _timed(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    return medians([partial(computing, work) for work in works], rounds)


def _megabytes(documents: list[Document]) -> float:
    return sum(len(document.text.encode()) for document in documents) / 1e6


def _module(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else "other"


if __name__ == "__main__":
    main()
