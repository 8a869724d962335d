"""Which names of one document mean one entity, what its fullest name is, and its id over all documents."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from kg.model import Entity
from kg.recognise.endings import Endings
from kg.recognise.mentions import LEXICON, Mention
from kg.rules.ruleset import RuleSet

_NOISE = re.compile(r"[\s\-_·.\"'“”‘’《》（）()]+")


@lru_cache(maxsize=1 << 16)
def normal_form(name: str) -> str:
    """Return a name without width, case, spaces, hyphens, dots and quotation marks."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name)).casefold()


class NameBook:
    """The names of one document, joined to entities."""

    def __init__(self, rules: RuleSet) -> None:
        self._endings = Endings(rules.organisations.suffixes)
        self._parent: dict[str, str] = {}
        self._names: dict[str, Counter[str]] = defaultdict(Counter)
        self._types: dict[str, Counter[str]] = defaultdict(Counter)
        self._entries: dict[str, str] = {}
        self._entities: dict[str, Entity] = {}

    def add(self, mention: Mention) -> None:
        """Take note of a mention and of the names that the text gives it in brackets."""
        key = self._key(mention)
        self._names[key][mention.name] += 1
        weight = 10 if mention.source == LEXICON else 1
        if len(mention.types) == 1:
            self._types[key][next(iter(mention.types))] += weight
        if mention.entry:
            self._entries[key] = mention.entry
        for alias in mention.aliases:
            other = self._plain(alias)
            self._names[other][alias] += 0
            self._join(key, other)

    def use(self, mention: Mention, entity_type: str) -> None:
        """Take note that a frame took the mention for an entity of this type."""
        self._types[self._key(mention)][entity_type] += 1

    def _key(self, mention: Mention) -> str:
        key = f"={mention.entry}" if mention.entry else self._plain(mention.name)
        self._parent.setdefault(key, key)
        return key

    def _plain(self, name: str) -> str:
        key = normal_form(name)
        self._parent.setdefault(key, key)
        return key

    def _find(self, key: str) -> str:
        while self._parent[key] != key:
            key = self._parent[key]
        return key

    def _join(self, a: str, b: str) -> None:
        first, second = self._find(a), self._find(b)
        if first != second:
            keep, drop = (
                (first, second) if first.startswith("=") or not second.startswith("=") else (second, first)
            )
            self._parent[drop] = keep

    def close(self) -> None:
        """Join short forms to full ones and settle every entity's name, type and id."""
        self._join_spellings()
        self._join_persons()
        self._join_organisations()
        members: dict[str, list[str]] = defaultdict(list)
        for key in self._parent:
            members[self._find(key)].append(key)
        for root, keys in members.items():
            self._entities[root] = self._entity(root, keys)

    def _entity(self, root: str, keys: list[str]) -> Entity:
        names: Counter[str] = Counter()
        types: Counter[str] = Counter()
        for key in keys:
            names.update(self._names[key])
            types.update(self._types[key])
        kind = max(sorted(types), key=lambda t: types[t]) if types else "机构"
        entry = next((self._entries[key] for key in sorted(keys) if key in self._entries), None)
        full = sorted(names, key=lambda name: (name != entry, not names[name], -len(name), name)) or [
            root.lstrip("=")
        ]
        return Entity(f"{kind}:{entry or normal_form(full[0])}", full[0], kind, tuple(full))

    def _join_spellings(self) -> None:
        """A name found by its shape is the lexicon's entity when its normal form is."""
        for key in list(self._parent):
            if key.startswith("="):
                for name in list(self._names[key]):
                    plain = normal_form(name)
                    if plain in self._parent:
                        self._join(key, plain)

    def _join_persons(self) -> None:
        """奥特曼 is 山姆·奥特曼 where only one full name ends or begins so."""
        people = [k for k in self._parent if self._types[k]["人物"]]
        full: dict[str, set[str]] = defaultdict(set)
        for key in people:
            for name in self._names[key]:
                for part in re.split(r"[· ]", name):
                    if part != name:
                        full[normal_form(part)].add(self._find(key))
        for key in people:
            if key in full and len(full[key]) == 1:
                self._join(next(iter(full[key])), key)

    def _join_organisations(self) -> None:
        """清雁科技 is 清雁科技有限公司: one name plus a class ending."""
        bodies = [k for k in self._parent if self._types[k]["机构"] and not k.startswith("=")]
        for key in bodies:
            stem = key[: self._endings.stem(key)]
            if 2 <= len(stem) < len(key) and stem in self._parent:
                self._join(stem, key)

    def entity(self, mention: Mention) -> Entity:
        """Return the entity that a mention means; call `close` before."""
        return self._entities[self._find(self._key(mention))]

    def entities(self) -> Iterable[Entity]:
        """Return all entities of the document in the order in which they were met."""
        return self._entities.values()
