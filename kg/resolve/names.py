"""Which names of one document mean one entity, what its fullest name is, and its id over all documents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from kg.model import Entity, Join
from kg.recognise.endings import Endings
from kg.recognise.mentions import LEXICON as IN_LEXICON
from kg.recognise.mentions import Mention
from kg.resolve import reasons
from kg.resolve.decisions import Decisions
from kg.resolve.normal import normal_form
from kg.rules.ruleset import RuleSet

# So long is at least the name of a department beside that of its house.
_DEPARTMENT = 4
# An abbreviation set before the name that it stands for: TPC万亿参数联盟.
_ABBREVIATION = re.compile(r"[a-z]{2,6}([\u4e00-\u9fff]{5,})$")

__all__ = ["NameBook", "NameRules", "normal_form"]


class NameRules:
    """What the rules say of joining names, compiled once for all documents."""

    def __init__(self, rules: RuleSet) -> None:
        self.endings = Endings(rules.organisations.suffixes)
        titles = sorted({*rules.roles.titles, *rules.roles.honorifics}, key=len, reverse=True)
        compound = "|".join(map(re.escape, rules.people.compound_surnames))
        single = f"[{re.escape(rules.people.surnames)}]"
        surname = f"{compound}|{single}" if compound else single
        self.titled = re.compile(f"({surname})(?:{'|'.join(map(re.escape, titles))})$")
        self.decisions = Decisions.of(rules)
        self.kinds = rules.ontology.kinds
        self.unknown = next(iter((*self.kinds.organisation, *rules.ontology.types)))
        """The type of a name that nothing tells the type of."""


class NameBook:
    """The names of one document, joined to entities; a key is a normal form or = and a lexicon entry."""

    def __init__(self, rules: NameRules, document: str = "") -> None:
        self._rules = rules
        self._decisions = rules.decisions
        self._document = document
        self._parent: dict[str, str] = {}
        self._forms: dict[str, set[str]] = {}
        self._links: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self._names: dict[str, Counter[str]] = defaultdict(Counter)
        self._types: dict[str, Counter[str]] = defaultdict(Counter)
        self._entries: dict[str, str] = {}
        self._shorts: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        self._entities: dict[str, Entity] = {}
        self._keys: dict[tuple[str | None, str], str] = {}

    def add(self, mention: Mention) -> None:
        """Take note of a mention and of the names that the text gives it in brackets."""
        key = self._key(mention)
        self._names[key][mention.name] += 1
        weight = 10 if mention.source == IN_LEXICON else 1
        if len(mention.types) == 1:
            self._types[key][next(iter(mention.types))] += weight
        for alias in mention.aliases:
            if self._decisions.other_version(mention.types, mention.name, alias):
                continue
            if alias in mention.name:
                self._shorts[normal_form(alias)].setdefault(key, (mention.name, alias))
            else:
                self._join_alias(key, alias, mention.name, reasons.BRACKET)

    def _join_alias(self, key: str, alias: str, name: str, why: str) -> None:
        other = self._plain(alias)
        if self._join(key, other, name, why):
            self._names[other][alias] += 0

    def rename(self, old: Mention, new: Mention) -> None:
        """Take note that the text says that a thing goes by another name."""
        self._join(self._key(new), self._key(old), new.name, reasons.RENAMED)

    def use(self, mention: Mention, entity_type: str) -> None:
        """Take note that a frame took the mention for an entity of this type."""
        self._types[self._key(mention)][entity_type] += 1

    def _key(self, mention: Mention) -> str:
        named = mention.entry, mention.name
        key = self._keys.get(named)
        if key is None:
            key = self._keys[named] = self._new_key(*named)
        return key

    def _new_key(self, entry: str | None, name: str) -> str:
        norm = normal_form(name)
        if not entry or self._decisions.are_apart((norm,), (normal_form(entry),)):
            return self._plain(name)
        key = f"={entry}"
        if key not in self._parent:
            self._parent[key] = key
            self._forms[key] = {normal_form(entry)}
            self._entries[key] = entry
        self._forms[self._find(key)].add(norm)
        return key

    def _plain(self, name: str) -> str:
        key = normal_form(name)
        if key not in self._parent:
            self._parent[key] = key
            self._forms[key] = {key}
        return key

    def _is_of(self, key: str, types: frozenset[str]) -> bool:
        return not self._types[key].keys().isdisjoint(types)

    def _find(self, key: str) -> str:
        while self._parent[key] != key:
            key = self._parent[key]
        return key

    def _join(self, key: str, other: str, name: str, why: str) -> bool:
        """Join what `other` names to what `key` does, by `name`, if neither a person nor the lexicon objects."""
        first, second = self._find(key), self._find(other)
        if first == second:
            return True
        decided = why == reasons.DECIDED
        if not decided and first.startswith("=") and second.startswith("="):
            return False
        if self._decisions.are_apart(self._forms[first], self._forms[second]):
            return False
        keep, drop = (
            (second, first) if second.startswith("=") and not first.startswith("=") else (first, second)
        )
        self._parent[drop] = keep
        self._forms[keep] |= self._forms.pop(drop)
        self._links[key].append((other, name, why))
        self._links[other].append((key, "", why))
        return True

    def _shown(self, key: str) -> str:
        return max(self._names[key], key=len, default="") or self._entries.get(key, key)

    def close(self) -> None:
        """Join short forms to full ones and settle every entity's name, type and id."""
        self._join_decided()
        self._join_registered()
        self._join_shorts()
        self._join_spellings()
        people = [key for key in self._parent if self._is_of(key, self._rules.kinds.person)]
        self._join_persons(people)
        self._join_titled(people)
        self._join_organisations()
        met = Counter({key: sum(names.values()) for key, names in self._names.items()})
        for key in [key for key in met if key.startswith("=")]:
            for name, count in self._names[key].items():
                met[normal_form(name)] += count
            if key in self._entries:
                met[normal_form(self._entries[key])] += met[key]
        members: dict[str, list[str]] = defaultdict(list)
        for key in self._parent:
            members[self._find(key)].append(key)
        for root, keys in members.items():
            self._entities[root] = self._entity(root, keys, met)

    def _entity(self, root: str, keys: list[str], met: Counter[str]) -> Entity:
        names, types = self._names[keys[0]], self._types[keys[0]]
        if len(keys) > 1:
            names, types = Counter(names), Counter(types)
            for key in keys[1:]:
                names.update(self._names[key])
                types.update(self._types[key])
        kind = max(sorted(types), key=lambda t: types[t]) if types else self._rules.unknown
        entry = next((self._entries[key] for key in sorted(keys) if key in self._entries), None)
        person = kind in self._rules.kinds.person
        full = list(names) or [root.lstrip("=")]
        if len(full) > 1:
            full.sort(key=lambda name: self._fullness(name, names, entry, person))
        joins = tuple(self._joins(keys, full[0]))
        text = entry or normal_form(full[0])
        sense = self._decisions.sense(self._forms[root], met)
        if sense is None and entry is None and person and self._rules.titled.fullmatch(full[0]):
            sense = self._document  # 王教授 is nobody beyond this document
        return Entity(
            f"{kind}:{text}@{sense}" if sense else f"{kind}:{text}", full[0], kind, tuple(full), joins
        )

    def _fullness(
        self, name: str, names: Counter[str], entry: str | None, person: bool
    ) -> tuple[bool, bool, bool, bool, int, str]:
        """Return how far a name is from being shown, least first; of a person the Chinese name comes first."""
        titled = bool(self._rules.titled.fullmatch(name))
        return name != entry, titled, not names[name], person and name.isascii(), -len(name), name

    def _joins(self, keys: list[str], full: str) -> Iterator[Join]:
        """Yield why each name belongs here, by the joins that lead from the lexicon's or the fullest name."""
        anchor = next((key for key in keys if key in self._entries), None) or normal_form(full)
        reached = {anchor: ("", "")}
        for key in (waiting := [anchor]):
            for other, name, why in self._links[key]:
                if other not in reached:
                    reached[other] = name or self._shown(key), why
                    waiting.append(other)
        told: set[str] = set()
        for key, (of, why) in reached.items():
            for name in sorted(self._names[key].keys() - told):
                told.add(name)
                if entry := self._entries.get(key):
                    spelt = normal_form(name) == normal_form(entry) and name != entry
                    yield Join(name, entry, reasons.SPELLING if spelt else reasons.LEXICON)
                elif why:
                    yield Join(name, of, why)
                elif name != full:
                    yield Join(name, full, reasons.SPELLING)

    def _join_decided(self) -> None:
        """Names that a person has called one."""
        for group in self._decisions.must:
            wanted = {normal_form(name): name for name in group}
            keys = [key for key in self._parent if not wanted.keys().isdisjoint(self._own_forms(key))]
            for key in keys[1:]:
                self._join(keys[0], key, self._shown(keys[0]), reasons.DECIDED)

    def _join_registered(self) -> None:
        """云杉科技有限公司 has become 云杉科技股份有限公司."""
        stems: dict[str, str] = {}
        for key in [
            key
            for key in self._parent
            if self._is_of(key, self._rules.kinds.organisation) and not key.startswith("=")
        ]:
            ending = next((end for end in self._decisions.registered if key.endswith(end)), "")
            if ending and len(key) >= len(ending) + 2:
                first = stems.setdefault(key.removesuffix(ending), key)
                self._join(first, key, self._shown(first), reasons.SHORT)

    def _join_shorts(self) -> None:
        """凌霄 is 凌霄控股集团, but not where it could as well be 苏州凌霄微电子股份有限公司."""
        for form, owners in self._shorts.items():
            if self._has_one_owner(form):
                ((key, (name, alias)), *_) = owners.items()
                self._join_alias(key, alias, name, reasons.SHORT)

    def _has_one_owner(self, form: str) -> bool:
        return len({self._find(key) for key in self._shorts.get(form, ())}) < 2

    def _own_forms(self, key: str) -> set[str]:
        return {normal_form(self._entries[key])} if key in self._entries else {key}

    def _join_spellings(self) -> None:
        """A name found by its shape is the lexicon's entity when its normal form is."""
        for key in list(self._parent):
            if key.startswith("="):
                for name in list(self._names[key]):
                    plain = normal_form(name)
                    if plain in self._parent:
                        if key in self._entries and self._is_short_for_another(key, plain):
                            if {normal_form(each) for each in self._names[key]} != {plain}:
                                continue
                            del self._entries[key]
                        self._join(key, plain, name, reasons.SPELLING)

    def _is_short_for_another(self, key: str, plain: str) -> bool:
        """岚图, in the lexicon 岚图汽车, is 岚图算力科技有限公司 where a document calls that so."""
        entry = normal_form(self._entries[key])
        shortened = any(why == reasons.SHORT for _, _, why in self._links[plain])
        return shortened and plain != entry and entry not in self._forms[self._find(plain)]

    def _join_persons(self, people: list[str]) -> None:
        """奥特曼 is 山姆·奥特曼 where only one full name ends or begins so."""
        full: dict[str, dict[str, str]] = defaultdict(dict)
        for key in people:
            for name in self._names[key]:
                for part in re.split(r"[· ]", name):
                    if part != name:
                        full[normal_form(part)].setdefault(self._find(key), name)
        for key in people:
            if key in full and len(full[key]) == 1:
                ((whole, name),) = full[key].items()
                self._join(whole, key, name, reasons.PART)

    def _join_titled(self, people: list[str]) -> None:
        """王教授 is 王小明 where he is the only 王 named before."""
        for at, key in enumerate(people):
            titled = self._rules.titled.fullmatch(key)
            if titled is None:
                continue
            bearers = {
                self._find(other): name
                for other in people[:at]
                for name in self._names[other]
                if name.startswith(titled[1]) and len(name) <= len(titled[1]) + 2
                if len(name) > len(titled[1]) and not self._rules.titled.fullmatch(name)
            }
            if len(bearers) == 1:
                ((whole, name),) = bearers.items()
                self._join(whole, key, name, reasons.TITLE)

    def _join_organisations(self) -> None:
        """清雁科技 is 清雁科技有限公司: one name plus a class ending; 上海交大 is 上海交通大学 by rule."""
        bodies = [
            k
            for k in self._parent
            if self._is_of(k, self._rules.kinds.organisation) and not k.startswith("=")
        ]
        for key in bodies:
            stem = key[: self._rules.endings.stem(key)]
            abbreviated = _ABBREVIATION.match(key)
            named = (abbreviated[1],) if abbreviated else ()
            for short in (stem, *self._decisions.shortened(key), *named):
                if 2 <= len(short) < len(key) and short in self._parent and self._has_one_owner(short):
                    self._join(key, short, self._shown(key), reasons.SHORT)
        self._join_departments(bodies)

    def _join_departments(self, bodies: list[str]) -> None:
        """音箱部 is 小米音箱部 where the document names 小米, and no other body that ends so."""
        known = {form for forms in self._forms.values() for form in forms}
        owners: dict[str, list[str]] = defaultdict(list)
        for key in bodies:
            for cut in range(2, len(key) - _DEPARTMENT + 1):
                if key[:cut] in known and key[cut:] in self._parent:
                    owners[key[cut:]].append(key)
        for rest, wholes in owners.items():
            if rest in bodies and len({self._find(key) for key in wholes}) == 1:
                self._join(wholes[0], rest, self._shown(wholes[0]), reasons.PART)

    def entity(self, mention: Mention) -> Entity:
        """Return the entity that a mention means; call `close` before."""
        return self._entities[self._find(self._key(mention))]

    def entities(self) -> Iterable[Entity]:
        """Return all entities of the document in the order in which they were met."""
        return self._entities.values()
