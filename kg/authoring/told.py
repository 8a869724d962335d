"""Names whose type the rules tell though no lexicon holds them: in their examples, and in their lists of words."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from kg.authoring import example_lines
from kg.authoring.example_lines import Triple
from kg.recognise.segment import is_everyday
from kg.rules import yamlfile
from kg.rules.ruleset import RuleSet

_SLOT = re.compile("【[^】]*】")
_WORD = re.compile(r"\w+")
_LEAST_KNOWN, _SHARE_KNOWN = 3, 0.4
"""How many members of a list, and what part of it, must be known names of one type."""
_SHARE_SAME = 0.9
"""What part of the known members must have that type."""


Types = dict[str, float]
"""The types that a name may have, each with the logarithm of how usual it is where the rules hold the name."""


def told_names(rules: RuleSet) -> dict[str, Types]:
    """Return the types that each name may have by the examples that hold it, or by the list that it stands in."""
    known = {form: entry.type for entry in rules.lexicon.entries for form in (entry.name, *entry.aliases)}
    told = {name: {kind: 0.0} for name, kind in _in_lists(rules, known)}
    told |= _in_examples(rules, known)
    return {name: types for name, types in told.items() if name not in known and types}


def spelled_out(rules: RuleSet) -> frozenset[str]:
    """Return the words that the rules hold as they are: in frames, triggers and lists of words."""
    found: set[str] = set()
    for path in sorted(rules.folder.rglob("*.yaml")):
        if path.parent.name != "lexicon":
            data = yamlfile.read(path).data
            found.update(_words({key: value for key, value in data.items() if key != "examples"}))
    return frozenset(found)


def _words(data: Any) -> Iterator[str]:
    """Yield all words of a rule file, those within its frames one by one."""
    if isinstance(data, dict):
        for value in data.values():
            yield from _words(value)
    elif isinstance(data, list):
        for item in data:
            yield from _words(item)
    elif isinstance(data, str):
        yield from _WORD.findall(_SLOT.sub(" ", data))


def _in_examples(rules: RuleSet, known: dict[str, str]) -> dict[str, Types]:
    """Return the types that the relations of a name's examples allow, by how many known names have each there."""
    triples = list(_triples(rules))
    ends = [(t.relation, side, name) for t in triples for side, name in (("head", t.head), ("tail", t.tail))]
    usual: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for relation, side, name in ends:
        if name in known:
            usual[relation, side][known[name]] += 1
    told: dict[str, Types] = {}
    for relation, side, name in ends:
        types = getattr(rules.ontology.relations[relation], side)
        here = usual[relation, side]
        size = here.total() + len(types)
        before = told.get(name, dict.fromkeys(types, 0.0))
        told[name] = {
            kind: before[kind] + math.log((here[kind] + 1) / size) for kind in sorted(before.keys() & types)
        }
    return told


def _triples(rules: RuleSet) -> Iterator[Triple]:
    for relation in rules.relations:
        for index, line in enumerate(relation.data.examples):
            place = relation.place("examples", index)
            yield from example_lines.parse(line, place, rules.ontology.relations).expected


def _in_lists(rules: RuleSet, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield words of lists in which most words are names, each with the type of those; no everyday words."""
    for path in sorted(rules.folder.rglob("*.yaml")):
        if path.parent.name not in ("lexicon", "relations"):
            for words in _lists(yamlfile.read(path).data):
                types = Counter(known[word] for word in words if word in known)
                least = max(_LEAST_KNOWN, _SHARE_KNOWN * len(words))
                kind, members = types.most_common(1)[0] if types else ("", 0)
                if members >= max(least, _SHARE_SAME * types.total()):
                    yield from ((w, kind) for w in words if w not in known and not is_everyday(w))


def _lists(data: Any) -> Iterator[list[str]]:
    if isinstance(data, dict):
        for value in data.values():
            yield from _lists(value)
    elif isinstance(data, list):
        if all(isinstance(item, str) for item in data):
            yield data
        else:
            for item in data:
                yield from _lists(item)
