"""Predictions against gold: what is right, wrong and missed, overall, by relation and by rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from kg.evaluate.gold import GoldArticle, GoldTriple, Guide, Key, key, normal_form
from kg.evaluate.predictions import Prediction


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of triples; the figures are between 0 and 1, 0 where there is nothing to divide by."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Return the share of what is right that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_json(self) -> dict[str, float]:
        """Return the counts and the figures, rounded to four places."""
        figures = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {**{name: round(value, 4) for name, value in figures.items()}, **asdict(self)}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A prediction that the gold does not hold, with its sentence and the rule that made it."""

    doc: str
    head: str
    relation: str
    tail: str
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A triple of the gold that was not found; `sentence` is its evidence or the whole sentence around it."""

    doc: str
    head: str
    relation: str
    tail: str
    scope: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """Of the triples found: how many have the qualifier in the gold, and how many of those were right."""

    time_gold: int = 0
    time_right: int = 0
    role_gold: int = 0
    role_right: int = 0
    certainty_gold: int = 0
    certainty_right: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return counts and shares by qualifier."""
        pairs = {
            "time": (self.time_right, self.time_gold),
            "职务": (self.role_right, self.role_gold),
            "certainty": (self.certainty_right, self.certainty_gold),
        }
        return {
            name: {"right": right, "gold": gold, "share": round(right / gold, 4) if gold else None}
            for name, (right, gold) in pairs.items()
        }


@dataclass(slots=True)
class Tally:
    """Everything that one comparison found."""

    hit: dict[str, set[Key]] = field(default_factory=lambda: defaultdict(set))
    wrong: dict[tuple[str, Key], Prediction] = field(default_factory=dict)
    rules: dict[str, dict[tuple[str, Key], bool]] = field(default_factory=lambda: defaultdict(dict))
    qualifiers: Counter[str] = field(default_factory=Counter)


class Scorer:
    """Compares predictions with the gold of some articles, strictly or relaxed.

    Relaxed, a name also matches that contains a gold name or is contained in one, and sibling relations of
    the guide count for one another.
    """

    def __init__(
        self,
        golds: Mapping[str, GoldArticle],
        relations: Collection[str],
        symmetric: Collection[str],
        guide: Guide,
    ) -> None:
        self._golds = golds
        self._relations = relations
        self._symmetric = symmetric
        self._guide = guide

    def tally(self, predictions: Iterable[Prediction], *, relaxed: bool) -> Tally:
        """Return what is right and wrong; each triple of entities counts once an article."""
        tally = Tally()
        for prediction in predictions:
            gold = self._golds.get(prediction.doc)
            if gold is not None and prediction.relation in self._relations and not self._is_void(prediction):
                self._judge(tally, gold, prediction, relaxed)
        return tally

    def _is_void(self, prediction: Prediction) -> bool:
        contained = prediction.relation in self._guide.contained
        return contained and normal_form(prediction.head).startswith(normal_form(prediction.tail))

    def _judge(self, tally: Tally, gold: GoldArticle, prediction: Prediction, relaxed: bool) -> None:
        heads = gold.entities(prediction.head, relaxed=relaxed)
        tails = gold.entities(prediction.tail, relaxed=relaxed)
        siblings = self._guide.siblings
        relations = siblings if relaxed and prediction.relation in siblings else {prediction.relation}
        matches = {
            found
            for head in heads
            for tail in tails
            for relation in relations
            if (found := key(head, relation, tail, self._symmetric)) in gold.triples
        }
        if not matches:
            head = min(heads, default=normal_form(prediction.head))
            tail = min(tails, default=normal_form(prediction.tail))
            said = (gold.id, key(head, prediction.relation, tail, self._symmetric))
            tally.wrong.setdefault(said, prediction)
            tally.rules[prediction.rule][said] = False
        for match in matches:
            if match not in tally.hit[gold.id]:
                tally.qualifiers.update(_qualifiers(gold.triples[match], prediction))
            tally.hit[gold.id].add(match)
            tally.rules[prediction.rule][gold.id, match] = True

    def by_relation(self, tally: Tally, *, relaxed: bool) -> dict[str, Score]:
        """Return the score of each relation that occurs, those with most gold first."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for gold in self._golds.values():
            for found in gold.triples:
                counts[found[1]]["right" if self._is_hit(tally, gold, found, relaxed) else "missed"] += 1
        for _, said in tally.wrong:
            counts[said[1]]["wrong"] += 1
        scores = {relation: Score(**count) for relation, count in counts.items()}
        return dict(sorted(scores.items(), key=lambda item: (-item[1].right - item[1].missed, item[0])))

    def _is_hit(self, tally: Tally, gold: GoldArticle, found: Key, relaxed: bool) -> bool:
        head, relation, tail = found
        hit, siblings = tally.hit[gold.id], self._guide.siblings
        if relaxed and relation in siblings and any((head, name, tail) in hit for name in siblings):
            return True
        return found in hit

    def missed(self, tally: Tally) -> list[tuple[GoldArticle, GoldTriple]]:
        """Return the triples of the gold that a strict tally does not hold."""
        return [
            (gold, triple)
            for gold in self._golds.values()
            for found, triple in gold.triples.items()
            if found not in tally.hit[gold.id]
        ]


def total(scores: Iterable[Score]) -> Score:
    """Return the sum of scores."""
    parts = list(scores)
    return Score(sum(s.right for s in parts), sum(s.wrong for s in parts), sum(s.missed for s in parts))


def _qualifiers(truth: GoldTriple, said: Prediction) -> Counter[str]:
    counts = Counter(certainty_gold=1, certainty_right=int(said.certainty == truth.certainty))
    if truth.time:
        counts.update(time_gold=1, time_right=int((said.time or "") == truth.time))
    if truth.role:
        ours, theirs = normal_form(said.role), normal_form(truth.role)
        counts.update(role_gold=1, role_right=int(bool(said.role) and (ours in theirs or theirs in ours)))
    return counts
