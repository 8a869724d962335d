"""`evaluate`: how good the rules are on a gold folder, and which rule costs most."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg import rulecache
from kg.evaluate import gold, predictions
from kg.evaluate.gold import Guide
from kg.evaluate.predictions import Prediction
from kg.evaluate.scoring import Missed, Qualifiers, Score, Scorer, Tally, Wrong, total
from kg.rules import ruleset
from kg.text import normalise, sentences


@dataclass(frozen=True, slots=True)
class RuleScore:
    """How many right and wrong triples a rule gave, each once an article."""

    rule: str
    right: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The quality of a system on a gold folder. `rules` is empty for predictions that name no rule."""

    articles: int
    strict: Score
    relaxed: Score
    relations: dict[str, Score]
    rules: tuple[RuleScore, ...]
    qualifiers: Qualifiers
    wrong: tuple[Wrong, ...]
    missed: tuple[Missed, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain data; the keys stay stable."""
        return {
            "articles": self.articles,
            "strict": self.strict.as_json(),
            "relaxed": self.relaxed.as_json(),
            "qualifiers": self.qualifiers.as_json(),
            "by_relation": {name: score.as_json() for name, score in self.relations.items()},
            "by_rule": [asdict(rule) for rule in self.rules],
            "wrong": [asdict(item) for item in self.wrong],
            "missed": [asdict(item) for item in self.missed],
        }


def evaluate(
    gold_dir: Path,
    rules_dir: Path | None = None,
    *,
    texts: Path | None = None,
    predicted: Path | None = None,
    only: Collection[str] = (),
    guide: Guide | None = None,
) -> Evaluation:
    """Return how well the rules of `rules_dir` (by default the shipped ones) read a gold folder's articles.

    The articles are files beside their gold or in the folder `texts`. With `predicted`, a JSONL file, its
    triples are scored instead, and the rules only say which relations there are. `only` chooses articles by
    id. Raises InputError for unusable paths and files, RuleError for broken rules.
    """
    folder = rules_dir or ruleset.shipped()
    if predicted is not None:
        ontology = ruleset.load_ontology(folder)
        golds = gold.load(gold_dir, ontology.symmetric, only)
        found = list(predictions.from_jsonl(predicted))
        return score(golds, found, ontology.relations, ontology.symmetric, texts or gold_dir, guide)
    extractor = rulecache.load(folder)
    ontology = extractor.rules.ontology
    golds = gold.load(gold_dir, ontology.symmetric, only)
    found = list(predictions.extracted(extractor, texts or gold_dir, set(golds)))
    return score(golds, found, ontology.relations, ontology.symmetric, texts or gold_dir, guide)


def score(
    golds: dict[str, gold.GoldArticle],
    found: Iterable[Prediction],
    relations: Collection[str],
    symmetric: Collection[str],
    texts: Path | None = None,
    guide: Guide | None = None,
) -> Evaluation:
    """Return the evaluation of predictions at hand; `texts` serves to show what was missed."""
    said = list(found)
    scorer = Scorer(golds, relations, symmetric, guide or Guide())
    strict, relaxed = scorer.tally(said, relaxed=False), scorer.tally(said, relaxed=True)
    by_relation = scorer.by_relation(strict, relaxed=False)
    return Evaluation(
        articles=len(golds),
        strict=total(by_relation.values()),
        relaxed=total(scorer.by_relation(relaxed, relaxed=True).values()),
        relations=by_relation,
        rules=_rules(strict),
        qualifiers=Qualifiers(**strict.qualifiers),
        wrong=tuple(
            Wrong(p.doc, p.head, p.relation, p.tail, p.rule, p.sentence) for p in strict.wrong.values()
        ),
        missed=tuple(_missed(scorer, strict, texts)),
    )


def _rules(tally: Tally) -> tuple[RuleScore, ...]:
    """Return the rules, those with most mistakes first."""
    scores = [
        RuleScore(rule, sum(marks.values()), len(marks) - sum(marks.values()))
        for rule, marks in tally.rules.items()
        if rule
    ]
    return tuple(sorted(scores, key=lambda s: (-s.wrong, -s.right, s.rule)))


def _missed(scorer: Scorer, tally: Tally, texts: Path | None) -> Iterable[Missed]:
    read: dict[str, str] = {}
    for article, triple in scorer.missed(tally):
        if article.id not in read:
            path = texts / f"{article.id}.txt" if texts else None
            whole = path.read_text(encoding="utf-8-sig", errors="replace") if path and path.is_file() else ""
            read[article.id] = normalise(whole).text
        sentence = _around(read[article.id], triple.evidence)
        yield Missed(article.id, triple.head, triple.relation, triple.tail, triple.scope, sentence)


def _around(text: str, evidence: str) -> str:
    """Return the sentence that holds the evidence, the evidence itself where the text does not hold it."""
    wanted = normalise(evidence).text
    where = text.find(wanted) if wanted else -1
    if where < 0:
        return evidence
    begin = text.rfind("\n", 0, where) + 1
    stop = text.find("\n", where + len(wanted))
    end = stop if stop >= 0 else len(text)
    inside = [(a, b) for a, b in sentences(text, begin, end) if a < where + len(wanted) and where < b]
    return text[inside[0][0] : inside[-1][1]] if inside else evidence
