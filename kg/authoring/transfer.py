"""Frames that a relation lacks and others have: what is said of one verb is likely said of another.

The frames of all relations, with their triggers taken out, are forms of speech. A form that several trigger
sets share is tried with every set that lacks it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kg.authoring.customs import Customs
from kg.authoring.learning import Drawn
from kg.authoring.trace import DocumentTrace
from kg.authoring.trial import Reader, Trial
from kg.model import Statement
from kg.recognise.automata import TRIGGER, trigger_set
from kg.rules.ruleset import RelationRules, RuleSet

_TRIGGER = "【\0】"
_OPTIONAL = re.compile(r"\[[^\[\]]*\]")
_CHOICE = re.compile(r"\(([^|()【】]*)(?:\|[^|()【】]*)*\)")
_END = re.compile(r"【(head|tail)(?::\w+)?([^】:]*)】")
_SAME_END = re.compile(r"\((【\w+[^】]*】)(?:\|\1)+\)")
_ASPECT = "了"
_TURNED = re.compile(rf"【tail】…?{_TRIGGER}…?【head】")
"""A form without a word that turns it round: which end stands first is then each verb's own matter."""
_IMPLIED = "@"
_LEAST_SHARED = 3
"""How many trigger sets must have a form for it to be tried with others."""

_Key = tuple[str, str, bool]
"""The relation that alone may use a form, or nothing; the gist of the form; whether it is of symmetric relations."""


@dataclass(frozen=True, slots=True)
class Form:
    """A frame without its trigger: as it is written most often, and by how many trigger sets."""

    line: str
    shared: int
    symmetric: bool
    owner: str = ""
    """The relation whose own it is, where it leaves the tail to what was said before."""

    def of(self, trigger_set: str) -> str:
        """Return the frame that a trigger set makes of it."""
        return self.line.replace(_TRIGGER, f"【{trigger_set}】")


@dataclass(frozen=True, slots=True)
class Transferred:
    """A frame made of a shared form, and all that it finds in the articles by itself."""

    drawn: Drawn
    shared: int
    found: tuple[Statement, ...]


def transferred(rules: RuleSet, reader: Reader, traces: Sequence[DocumentTrace]) -> Iterator[Transferred]:
    """Yield the frames that trigger sets lack and that find something in the articles."""
    forms, customs = Forms(rules), Customs(rules)
    used = {
        name
        for trace in traces
        for item in trace.sentences
        for mark in item.read.marks
        if mark.kind == TRIGGER
        for name in mark.value.split("\t")
    }
    documents = [trace.document for trace in traces]
    for own in rules.relations:
        lacking = [
            (form, customs.narrowed(Drawn(own.name, "frames", form.of(name))))
            for form, name in forms.lacking(own, used)
        ]
        trial = _trial(reader, own, [drawn.line for _, drawn in lacking])
        for (form, drawn), frame in zip(lacking, trial.frames, strict=True):
            if form.owner:
                found = tuple(_trial(reader, own, [drawn.line]).added(documents))
            else:
                found = tuple(said for trace in traces for said in trial.alone(frame, trace))
            if found:
                yield Transferred(drawn, form.shared, found)


def _trial(reader: Reader, own: RelationRules, frames: list[str]) -> Trial:
    lines = {"frames": frames, "phrases": []}
    return Trial(reader, RelationRules(own.file, own.name, own.data.model_copy(update=lines)))


class Forms:
    """The forms of speech that the frames of some rules share."""

    def __init__(self, rules: RuleSet) -> None:
        self._symmetric = rules.ontology.symmetric
        self._users: dict[_Key, set[tuple[str, str]]] = defaultdict(set)
        written: dict[_Key, Counter[str]] = defaultdict(Counter)
        for relation in rules.relations:
            for line in _spelled_out(rules, relation):
                for form, name in _forms(line, relation):
                    owner = relation.name if _IMPLIED in form else ""
                    key = (owner, _gist(form), relation.name in self._symmetric)
                    self._users[key].add((relation.name, name))
                    written[key][form] += 1
        self._forms = {
            key: Form(_usual(lines), len(self._users[key]), key[2], key[0]) for key, lines in written.items()
        }

    def lacking(self, relation: RelationRules, used: Collection[str]) -> list[tuple[Form, str]]:
        """Return the shared forms that trigger sets of a relation lack, each with the set's name.

        `used` names the sets of which a trigger stands in the articles.
        """
        return [
            (form, name)
            for key, form in self._forms.items()
            if not _TURNED.fullmatch(key[1])
            and form.symmetric == (relation.name in self._symmetric)
            and (form.owner == relation.name if form.owner else form.shared >= _LEAST_SHARED)
            for name in relation.triggers
            if trigger_set(relation.name, name) in used and not self._has(relation.name, name, key)
        ]

    def _has(self, relation: str, name: str, key: _Key) -> bool:
        """Tell whether a trigger set has a form, or the same form the other way round."""
        owner, gist, symmetric = key
        turned = (owner, _turned(gist), symmetric)
        return any((relation, name) in self._users.get(each, ()) for each in (key, turned))


def _spelled_out(rules: RuleSet, relation: RelationRules) -> Iterator[str]:
    """Yield the frames of a relation, families as the lines that they stand for."""
    for line in relation.data.frames:
        family, _, rest = line.partition("(")
        if "【" in line or family not in rules.constructions.families:
            yield line
        elif "," not in rest and "，" not in rest:
            chosen = rest.rstrip(")") or "trigger"
            for other in rules.constructions.families[family]:
                yield other.replace("【trigger】", f"【{chosen}】")


def _forms(line: str, relation: RelationRules) -> Iterator[tuple[str, str]]:
    """Yield the forms that a frame uses, each with its trigger set."""
    names = "|".join(map(re.escape, relation.triggers))
    slot = rf"【({names})[^】]*】"
    group = re.compile(rf"\({slot}(?:\|{slot})*\)|{slot}")
    found = list(group.finditer(line))
    if len(found) == 1:
        form = _plain(line[: found[0].start()] + _TRIGGER + line[found[0].end() :])
        for name in re.findall(slot, found[0].group()):
            yield form, name


def _plain(form: str) -> str:
    """Return a form without the types and the optional words that only its own verbs have."""
    form = _END.sub(r"【\1\2】", form)
    while (shorter := _OPTIONAL.sub(lambda found: "\1" if _ASPECT in found[0] else "", form)) != form:
        form = shorter
    return re.sub("…{3,}", "……", _SAME_END.sub(r"\1", form.replace("\1", f"[{_ASPECT}]")))


def _usual(lines: Counter[str]) -> str:
    """Return the way in which a form is written most often, the shortest of several."""
    return max(sorted(lines), key=lambda line: (lines[line], -len(line)))


def _turned(gist: str) -> str:
    """Return a form with head and tail in each other's place."""
    return re.sub(r"【(head|tail)", lambda end: "【tail" if end[1] == "head" else "【head", gist)


def _gist(form: str) -> str:
    """Return what two ways of writing the same form have in common."""
    while (shorter := _OPTIONAL.sub("", form)) != form:
        form = shorter
    form = _CHOICE.sub(r"\1", form)
    return re.sub("…+", "…", _END.sub(r"【\1】", form))
