"""What a person has decided about names (merge.yaml), and that versions are never merged away."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from pathlib import Path

from kg.errors import RuleError
from kg.ontology import Kinds
from kg.resolve.normal import normal_form
from kg.rules import ruleset, schema, yamlfile
from kg.rules.patterns import alternatives
from kg.rules.ruleset import RuleSet

# What is left of a name without its country says still what it is: 人民大学, not 商务部.
_LEAST_REST = 4


class Decisions:
    """merge.yaml, ready to be asked. `must` holds groups of names that are one thing."""

    def __init__(
        self,
        data: schema.MergeFile,
        version_words: Collection[str],
        registered: Collection[str],
        kinds: Kinds,
    ) -> None:
        self.persons = kinds.person
        self._versioned = kinds.product | kinds.technology
        self.must = tuple(tuple(group) for group in data.must)
        self.registered = tuple(sorted(registered, key=len, reverse=True))
        self._never: dict[str, set[str]] = defaultdict(set)
        for group in data.never:
            for one, other in combinations([normal_form(name) for name in group], 2):
                self._never[one].add(other)
                self._never[other].add(one)
        self._homonyms = {
            normal_form(name): {
                sense: {normal_form(near) for near in names} for sense, names in senses.items()
            }
            for name, senses in data.homonyms.items()
        }
        self._prefixes = tuple(data.prefixes)
        self._short = {ending: tuple(short) for ending, short in data.short.items()}
        words = alternatives(version_words)
        latin = rf"|(?<![a-z])(?:{words})(?![a-z])" if words else ""
        self._version = re.compile(rf"\d+(?:\.\d+)*[a-z]{{0,2}}(?![a-z]){latin}", re.IGNORECASE)

    @classmethod
    def of(cls, rules: RuleSet) -> Decisions:
        """Return the decisions of loaded rules. Raises RuleError where they contradict one another."""
        words = [*rules.products.version_words, *_editions(rules.products)]
        made = cls(rules.merge, words, rules.organisations.registered, rules.ontology.kinds)
        made.check(rules.folder / "merge.yaml")
        return made

    @classmethod
    def load(cls, folder: Path) -> Decisions:
        """Return the decisions of a rule folder without its other rules; none where a file is missing.

        Raises RuleError for a broken file, or where the decisions contradict one another.
        """
        merge, products, organisations = (
            folder / "merge.yaml",
            folder / "recognisers/products.yaml",
            folder / "recognisers/organisations.yaml",
        )
        data, words, registered = schema.MergeFile(), list[str](), list[str]()
        if merge.is_file():
            data = yamlfile.parse(yamlfile.read(merge), schema.MergeFile)
        if products.is_file():
            known = yamlfile.parse(
                ruleset.language_file(folder, "recognisers/products.yaml", schema.ProductsFile),
                schema.ProductsFile,
            )
            words = [*known.version_words, *_editions(known)]
        if organisations.is_file():
            bodies = yamlfile.parse(
                ruleset.language_file(folder, "recognisers/organisations.yaml", schema.OrganisationsFile),
                schema.OrganisationsFile,
            )
            registered = bodies.registered
        kinds = ruleset.load_ontology(folder).kinds if (folder / "ontology.yaml").is_file() else Kinds()
        made = cls(data, words, registered, kinds)
        made.check(merge)
        return made

    def check(self, path: Path) -> None:
        """Raise RuleError where a must-merge group holds a never-merge pair."""
        for index, group in enumerate(self.must):
            for one, other in combinations(group, 2):
                if self.are_apart((normal_form(one),), (normal_form(other),)):
                    raise RuleError(
                        f"`{one}` and `{other}` must and must never be merged",
                        place=yamlfile.read(path).place("must", index),
                        hint="take the pair out of `must` or out of `never`",
                    )

    def are_apart(self, ours: Collection[str], theirs: Collection[str]) -> bool:
        """Tell whether merge.yaml keeps a normal form of ours from one of theirs."""
        return any(not self._never[one].isdisjoint(theirs) for one in ours if one in self._never)

    def decided(self, forms: Collection[str]) -> Iterator[str]:
        """Yield those of some normal forms that merge.yaml keeps apart from any."""
        return (form for form in forms if form in self._never)

    def other_version(self, types: Collection[str], one: str, other: str) -> bool:
        """Tell whether the names of products differ in version: GPT-4 and GPT-4 Turbo, 3.5 and 4."""
        return not self._versioned.isdisjoint(types) and self._versions(one) != self._versions(other)

    def sense(self, names: Collection[str], met: Mapping[str, int]) -> str | None:
        """Return which of several namesakes is meant where the normal forms `met` stand so often; None if
        no name has namesakes, or none or two of them are as near.
        """
        for name in names:
            if senses := self._homonyms.get(name):
                near = Counter(
                    {sense: sum(met.get(word, 0) for word in words) for sense, words in senses.items()}
                )
                (first, most), *rest = near.most_common(2)
                return first if most and not (rest and rest[0][1] == most) else None
        return None

    def has_namesakes(self, name: str) -> bool:
        """Tell whether a normal form is listed among the homonyms."""
        return name in self._homonyms

    def shortened(self, name: str) -> Iterator[str]:
        """Yield the short forms that an organisation's name has by rule: 上海交通大学 is 上海交大."""
        for prefix in self._prefixes:
            if name.startswith(prefix) and len(name) >= len(prefix) + _LEAST_REST:
                yield name.removeprefix(prefix)
        for ending, shorts in self._short.items():
            if name.endswith(ending) and len(name) > len(ending):
                yield from (name.removesuffix(ending) + short for short in shorts)
        for ending in self.registered:
            if name.endswith(ending) and len(name) >= len(ending) + 2:
                yield name.removesuffix(ending)

    def _versions(self, name: str) -> Counter[str]:
        return Counter(part.casefold() for part in self._version.findall(name))


def _editions(products: schema.ProductsFile) -> list[str]:
    return [word for word in products.extending if word.endswith(products.edition)]
