"""Which things that documents name are one over all documents, and which pairs a person should look at.

Linear in the number of names: identities meet only through a name that they share.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.resolve import reasons
from kg.resolve.decisions import Decisions
from kg.resolve.normal import normal_form
from kg.store.identifying import Deciding, Doubt, FormRow, Identified, Meeting, Merged
from kg.traditional import simplified

_NAMESAKE = "@"
_PARTS = re.compile(r"[· ]")


@dataclass(slots=True, eq=False)
class _Identity:
    """What some documents name: `key` is the form of the name in its id, `others` what it is called too."""

    number: int
    id: str
    kind: str
    key: str
    known: bool = False
    documents: int = 0
    spoken: dict[str, str] = field(default_factory=dict)
    others: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    @property
    def alone(self) -> bool:
        """Whether it is one of several namesakes, which no name joins."""
        return _NAMESAKE in self.id


@dataclass(frozen=True, slots=True)
class Bearer:
    """An identity that is called `form`, or has it for a part of its name, which is then the `part`.

    `root` stands for all that are one with it, `decided` are their forms on which merge.yaml has a say.
    """

    form: str
    part: str
    id: str
    kind: str
    root: str
    decided: Sequence[str]


def deciding(decisions: Decisions) -> Deciding:
    """Return what a store asks when it merges."""
    return Deciding(lambda rows: identify(rows, decisions), lambda rows: meetings(rows, decisions))


def identify(rows: Iterable[FormRow], decisions: Decisions) -> Identified:
    """Return which identities are one, each with the reason, and the doubtful pairs."""
    return identify_some(rows, decisions)[0]


def identify_some(rows: Iterable[FormRow], decisions: Decisions) -> tuple[Identified, list[Bearer]]:
    """`identify` for some of all identities, and what the doubts between these and others depend on.

    The answer is that for all of them if any two that share one of their `meeting_points` are among `rows`.
    """
    merger = _Merger(_gather(rows, decisions), decisions)
    merger.merge()
    return Identified(tuple(merger.merged()), tuple(merger.doubts())), list(merger.bearers())


def meeting_points(rows: Iterable[FormRow], decisions: Decisions) -> Iterator[tuple[int, str]]:
    """Yield the numbers of identities with what could make them one with another that has the same."""
    return ((each.identity, each.point) for each in meetings(rows, decisions) if each.joins)


def meetings(rows: Iterable[FormRow], decisions: Decisions) -> Iterator[Meeting]:
    """Yield where identities meet: others that they could be one with, and others that doubts could be about."""
    wanted = {_form(name): f"must {at}" for at, group in enumerate(decisions.must) for name in group}
    for each in _gather(rows, decisions):
        named = not each.alone and not decisions.has_namesakes(each.key)
        for form in {each.key, *each.others} if named else ():
            yield Meeting(each.number, form, True)
        for form in _decided_forms(each) & wanted.keys():
            yield Meeting(each.number, wanted[form], True)
        if each.kind in decisions.persons:
            for form in {_form(part) for part in _parts(each)} | ({each.key} if named else set()):
                yield Meeting(each.number, form, False)


def doubts_about_parts(bearers: Iterable[Bearer], decisions: Decisions) -> Iterator[Doubt]:
    """Yield the doubts between bearers of one form: a full name's part, and who is called by that alone."""
    named, parted = list[Bearer](), list[Bearer]()
    for each in bearers:
        (parted if each.part else named).append(each)
    for one in parted:
        for other in named:
            alike = (one.form, one.kind) == (other.form, other.kind) and one.root != other.root
            if alike and not decisions.are_apart(one.decided, other.decided):
                first, second = sorted((one.id, other.id))
                yield Doubt(first, second, one.part, reasons.PART_ELSEWHERE)


def _form(name: str) -> str:
    return simplified(normal_form(name))


def _decided_forms(each: _Identity) -> set[str]:
    """Return the forms by which merge.yaml can mean an identity."""
    own = {_form(each.id.partition(":")[2])}
    return own if each.alone else own | set(each.others) | {each.key}


def _gather(rows: Iterable[FormRow], decisions: Decisions) -> list[_Identity]:
    found: list[_Identity] = []
    for row in rows:
        if not found or found[-1].number != row.identity:
            kind, _, text = row.id.partition(":")
            key = _form(text.rpartition(_NAMESAKE)[0] if _NAMESAKE in text else text)
            found.append(_Identity(row.identity, row.id, kind, key))
        identity = found[-1]
        form = _form(row.name)
        identity.known |= row.why == reasons.LEXICON
        identity.documents = max(identity.documents, row.documents)
        identity.spoken.setdefault(form, row.name)
        if form != identity.key and row.why in reasons.CARRIED and len(form) > 1:
            identity.others.setdefault(form, (row.name, row.of, row.why))
        for word in decisions.shortened(row.name) if row.leads else ():
            identity.others.setdefault(_form(word), (word, row.name, reasons.SHORT))
    return found


def _parts(person: _Identity) -> Iterator[str]:
    for name in person.spoken.values() if not person.alone else ():
        parts = _PARTS.split(name)
        for part in parts if len(parts) > 1 else ():
            if len(part) > 1 and _form(part) != _form(name):
                yield part


class _Merger:
    """Joins identities, each join with its reason."""

    def __init__(self, identities: list[_Identity], decisions: Decisions) -> None:
        self._all = identities
        self._decisions = decisions
        self._parent = {each: each for each in identities}
        self._forms = {each: set(each.spoken) | {each.key} for each in identities}
        self._links: dict[_Identity, list[tuple[_Identity, tuple[str, str, str]]]] = defaultdict(list)
        self._doubts: dict[tuple[str, str, str], str] = {}
        self._named: dict[str, list[_Identity]] = defaultdict(list)
        self._owners: dict[str, list[_Identity]] = defaultdict(list)
        for each in identities:
            if not each.alone and not decisions.has_namesakes(each.key):
                self._named[each.key].append(each)
                for form in each.others:
                    self._owners[form].append(each)

    def merge(self) -> None:
        """Join what a person decided, then what is spelt alike, then what has the other's name."""
        self._join_decided()
        for key, holders in self._named.items():
            self._join_alike(key, holders)
        for form, owners in self._owners.items():
            self._join_owned(form, owners)
        self._note_parts()

    def _find(self, each: _Identity) -> _Identity:
        while self._parent[each] is not each:
            self._parent[each] = self._parent[self._parent[each]]
            each = self._parent[each]
        return each

    def _join(self, one: _Identity, other: _Identity, name: str, of: str, why: str) -> None:
        first, second = self._find(one), self._find(other)
        if first is second or self._decisions.are_apart(self._forms[first], self._forms[second]):
            return
        if why != reasons.DECIDED and self._decisions.other_version((first.kind,), name, of):
            return
        if len(self._forms[first]) < len(self._forms[second]):
            first, second = second, first
        self._parent[second] = first
        self._forms[first] |= self._forms.pop(second)
        self._links[one].append((other, (name, of, why)))
        self._links[other].append((one, (name, of, why)))

    def _join_decided(self) -> None:
        wanted = {_form(name): (at, name) for at, group in enumerate(self._decisions.must) for name in group}
        if not wanted:
            return
        first: dict[int, tuple[_Identity, str]] = {}
        for each in self._all:
            for form in sorted(_decided_forms(each) & wanted.keys()):
                at, name = wanted[form]
                leader, of = first.setdefault(at, (each, name))
                self._join(leader, each, name, of, reasons.DECIDED)

    def _join_alike(self, key: str, holders: list[_Identity]) -> None:
        """One name: one thing if of one type; of two types only where the lexicon does not know both."""
        if len(holders) < 2:
            return
        holders = sorted(holders, key=lambda each: (not each.known, -each.documents, each.id))
        first = holders[0]
        for other in holders[1:]:
            name, of = other.spoken.get(key, key), first.spoken.get(key, key)
            if other.kind == first.kind:
                self._join(first, other, name, of, reasons.SPELLING)
            elif not other.known:
                self._join(first, other, name, of, reasons.SAME_NAME)
            else:
                self._doubt(first, other, name, reasons.TWO_TYPES)

    def _join_owned(self, form: str, owners: list[_Identity]) -> None:
        """A thing that elsewhere is another name of exactly one thing is that thing."""
        roots = list(dict.fromkeys(map(self._find, owners)))
        holders = self._named.get(form, ())
        if len(roots) == 1:
            name, of, why = owners[0].others[form]
            for holder in holders:
                if holder.kind == owners[0].kind and not (holder.known and owners[0].known):
                    self._join(owners[0], holder, name, of, why)
        for holder in holders:
            for owner in owners:
                self._doubt(holder, owner, owner.others[form][0], reasons.SHARED)
        for owner in owners[1:]:
            self._doubt(owners[0], owner, owner.others[form][0], reasons.SHARED)

    def _note_parts(self) -> None:
        """奥特曼 here may be 山姆·奥特曼 there."""
        for each, part in self._parts():
            for other in self._named.get(_form(part), ()):
                if other.kind == each.kind:
                    self._doubt(each, other, part, reasons.PART_ELSEWHERE)

    def _parts(self) -> Iterator[tuple[_Identity, str]]:
        for each in self._all:
            if each.kind in self._decisions.persons:
                for part in _parts(each):
                    yield each, part

    def bearers(self) -> Iterator[Bearer]:
        """Yield who is called by one word, or has it as a part of a name, for the doubts between them."""
        for each, part in self._parts():
            yield self._bearer(each, _form(part), part)
        for key, holders in self._named.items():
            for each in holders:
                if each.kind in self._decisions.persons:
                    yield self._bearer(each, key, "")

    def _bearer(self, each: _Identity, form: str, part: str) -> Bearer:
        root = self._find(each)
        decided = tuple(sorted(self._decisions.decided(self._forms[root])))
        return Bearer(form, part, each.id, each.kind, root.id, decided)

    def _doubt(self, one: _Identity, other: _Identity, name: str, why: str) -> None:
        if one.id != other.id:
            first, second = sorted((one.id, other.id))
            self._doubts.setdefault((first, second, name), why)

    def merged(self) -> Iterator[Merged]:
        """Yield every identity that is another's entity, with the join that leads to it from there."""
        members: dict[_Identity, list[_Identity]] = defaultdict(list)
        for each in self._all:
            members[self._find(each)].append(each)
        for group in members.values():
            if len(group) > 1:
                root = min(group, key=lambda each: (not each.known, -each.documents, each.id))
                reached = {root}
                for each in (waiting := [root]):
                    for other, (name, of, why) in self._links[each]:
                        if other not in reached:
                            reached.add(other)
                            waiting.append(other)
                            yield Merged(other.number, root.number, name, of, why)

    def doubts(self) -> Iterator[Doubt]:
        """Yield the pairs that are neither one now nor kept apart by a person."""
        by_id = {each.id: self._find(each) for each in self._all}
        for (one, other, name), why in sorted(self._doubts.items()):
            first, second = by_id[one], by_id[other]
            if first is not second and not self._decisions.are_apart(self._forms[first], self._forms[second]):
                yield Doubt(one, other, name, why)
