"""How well names are joined: those of one thing in the gold to one entity, and those of two to two."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from kg import rulecache
from kg.errors import InputError, KgError, Place
from kg.evaluate import gold
from kg.evaluate.gold import normal_form
from kg.extraction import Extractor
from kg.model import Entity
from kg.read import documents, load_profile
from kg.resolve.decisions import Decisions
from kg.resolve.identities import identify
from kg.rules import ruleset
from kg.store.identifying import FormRow

Spot = tuple[str, str]
"""An article and the normal form of a name in it."""
Pair = tuple[str, str]
"""Two names, or two articles."""


@dataclass(frozen=True, slots=True)
class EntityScore:
    """How the names of a corpus are joined. A pair of names counts once wherever it stands, in parts where
    only some of its places are joined. `names` are those of `gold_names` that the system found.

    Two names that no article of the gold has together, as one thing or as two of a type, are `unjudged`:
    上海交大 in one article and 上海交通大学 in another. They count neither for nor against precision.
    """

    articles: int
    gold_names: int
    names: int
    precision: float
    recall: float
    right: int
    wrong: tuple[Pair, ...]
    missed: tuple[Pair, ...]
    unjudged: tuple[Pair, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {
            "articles": self.articles,
            "gold_names": self.gold_names,
            "names": self.names,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "right": self.right,
            "wrong": [list(pair) for pair in self.wrong],
            "missed": [list(pair) for pair in self.missed],
            "unjudged": [list(pair) for pair in self.unjudged],
        }


def evaluate_entities(
    gold_dirs: Sequence[Path], rules_dir: Path | None = None, *, texts: Path | None = None
) -> EntityScore:
    """Return how well the names of some gold folders, taken as one corpus, are joined to entities.

    Articles stand beside their gold or in the folder `texts`. Raises InputError for unusable paths.
    """
    extractor = rulecache.load(rules_dir or ruleset.shipped())
    truth: dict[Spot, set[int]] = defaultdict(set)
    found: dict[Spot, set[str]] = defaultdict(set)
    extracted: list[tuple[str, Entity]] = []
    articles: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for folder in gold_dirs:
        here = gold.entities(folder)
        if not here:
            raise InputError(
                "holds no gold files", place=Place(folder), hint="gold is one ID.json an article"
            )
        articles |= here
        extracted += _extract(extractor, [folder, *([texts] if texts else [])], set(here))
    kinds: dict[int, str] = {}
    for spot, kind, cluster in _clusters(articles):
        truth[spot].add(cluster)
        kinds[cluster] = kind
    roots = _roots([entity for _, entity in extracted], extractor)
    for article, entity in extracted:
        for name in entity.names:
            found[article, normal_form(name)].add(roots[entity.id])
    return _score(truth, found, kinds)


def _extract(extractor: Extractor, folders: list[Path], wanted: set[str]) -> Iterator[tuple[str, Entity]]:
    paths: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.suffix != ".json" and path.stem in wanted:
                paths.setdefault(path.stem, path)
    if missing := sorted(wanted - paths.keys()):
        raise InputError(
            f"holds no text for {', '.join(missing[:3])}" + ("…" if len(missing) > 3 else ""),
            place=Place(folders[-1]),
            hint="put ID.txt beside ID.json, or say where the texts are with --texts",
        )
    profile = load_profile(extractor.rules.folder)
    for document in documents([str(path) for path in paths.values()], profile, _refuse):
        for entity in extractor.extract(document).entities:
            yield document.id, entity


def _refuse(error: KgError) -> None:
    raise error


def _clusters(articles: dict[str, list[tuple[str, tuple[str, ...]]]]) -> Iterator[tuple[Spot, str, int]]:
    """Yield each name of each article with its type and the number of its thing over all articles."""
    parent: list[int] = []
    owner: dict[tuple[str, str], int] = {}
    spots: list[tuple[Spot, str, int]] = []

    def find(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    for article, entities in articles.items():
        for kind, names in entities:
            number = len(parent)
            parent.append(number)
            for form in map(normal_form, names):
                parent[find(owner.setdefault((kind, form), number))] = find(number)
                spots.append(((article, form), kind, number))
    yield from ((spot, kind, find(number)) for spot, kind, number in spots)


def _roots(entities: Iterable[Entity], extractor: Extractor) -> dict[str, str]:
    """Return the id of the entity that each document's entity is, over all documents."""
    forms: Counter[tuple[str, str, str, str]] = Counter()
    leads: Counter[tuple[str, str, str, str]] = Counter()
    numbers: dict[str, int] = {}
    for entity in entities:
        numbers.setdefault(entity.id, len(numbers))
        reasons = {join.name: (join.of, join.why) for join in entity.joins}
        for name in entity.names:
            key = (entity.id, name, *reasons.get(name, ("", "")))
            forms[key] += 1
            leads[key] += name == entity.name
    rows = (FormRow(numbers[key[0]], *key, forms[key], leads[key]) for key in sorted(forms))
    ids = list(numbers)
    merged = identify(rows, Decisions.of(extractor.rules)).merged
    return {**{each: each for each in ids}, **{ids[each.identity]: ids[each.entity] for each in merged}}


def _score(truth: dict[Spot, set[int]], found: dict[Spot, set[str]], kinds: dict[int, str]) -> EntityScore:
    shared = [spot for spot in truth if spot in found and len(truth[spot]) == len(found[spot]) == 1]
    clusters = {spot: next(iter(truth[spot])) for spot in shared}
    gold_pairs = _pairs(shared, clusters)
    own_pairs = _pairs(shared, {spot: next(iter(found[spot])) for spot in shared})
    unjudged = _drop_unjudged(own_pairs, clusters, _told_apart(truth), kinds)
    right = {pair: len(own_pairs[pair] & gold_pairs[pair]) for pair in own_pairs.keys() & gold_pairs.keys()}
    wrong = [pair for pair, spots in own_pairs.items() if right.get(pair, 0) < len(spots)]
    missed = [pair for pair, spots in gold_pairs.items() if right.get(pair, 0) < len(spots)]
    return EntityScore(
        articles=len({article for article, _ in truth}),
        gold_names=len(truth),
        names=len(shared),
        precision=_mean(right.get(pair, 0) / len(spots) for pair, spots in own_pairs.items()),
        recall=_mean(right.get(pair, 0) / len(spots) for pair, spots in gold_pairs.items()),
        right=sum(map(bool, right.values())),
        wrong=tuple(sorted(wrong)),
        missed=tuple(sorted(missed)),
        unjudged=tuple(sorted(unjudged)),
    )


def _told_apart(truth: dict[Spot, set[int]]) -> set[tuple[int, int]]:
    """Return the pairs of things that one article names both."""
    by_article: dict[str, set[int]] = defaultdict(set)
    for (article, _), things in truth.items():
        by_article[article] |= things
    return {pair for things in by_article.values() for pair in combinations(sorted(things), 2)}


def _drop_unjudged(
    own_pairs: dict[Pair, set[Pair]],
    clusters: dict[Spot, int],
    apart: set[tuple[int, int]],
    kinds: dict[int, str],
) -> list[Pair]:
    """Remove the places of pairs that the gold says nothing of; return the pairs that have no other."""
    unjudged: list[Pair] = []
    for pair, places in list(own_pairs.items()):
        for place in list(places):
            one, other = sorted(clusters[article, name] for article, name in zip(place, pair, strict=True))
            if one != other and (one, other) not in apart and kinds[one] == kinds[other]:
                places.remove(place)
        if not places:
            del own_pairs[pair]
            unjudged.append(pair)
    return unjudged


def _pairs(spots: list[Spot], clusters: dict[Spot, Any]) -> dict[Pair, set[Pair]]:
    """Return for each two names that are one thing the pairs of articles in which they are."""
    members: dict[Any, list[Spot]] = defaultdict(list)
    for spot in spots:
        members[clusters[spot]].append(spot)
    found: dict[Pair, set[Pair]] = defaultdict(set)
    for group in members.values():
        for one, other in combinations(sorted(group, key=lambda spot: (spot[1], spot[0])), 2):
            found[one[1], other[1]].add((one[0], other[0]))
    return found


def _mean(parts: Iterable[float]) -> float:
    values = list(parts)
    return sum(values) / len(values) if values else 0.0
