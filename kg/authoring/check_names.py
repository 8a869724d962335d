"""Checks of names: entity types, relations, the lexicon, decisions about merging."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.authoring.checking import Check, Finding, known_or_close
from kg.authoring.problems import WARNING
from kg.authoring.workspace import Workspace
from kg.errors import Place
from kg.rules import schema
from kg.text import normalise

WHICH = ("subject", "speaker", "last", "ending", "two", "group", "first", "second")
"""Whom a group of pronouns may mean."""


class Types(Check):
    """Every entity type that a file names is one of the ontology."""

    name = "types"

    def run(self, rules: Workspace) -> Iterator[Finding]:
        """Yield entity types that ontology.yaml does not hold."""
        known = rules.types
        if not known:
            return
        for place, name in (*self._ontology(rules), *self._lexicon(rules), *self._others(rules)):
            if name not in known:
                yield Finding(place, f"unknown entity type `{name}`", known_or_close(name, known, "types"))

    def _ontology(self, rules: Workspace) -> Iterator[tuple[Place, str]]:
        for relation, item in rules.relations.items():
            for side, types in (("head", item.head), ("tail", item.tail)):
                for index, name in enumerate(types):
                    yield rules.place("ontology.yaml", "relations", relation, side, index), name

    def _lexicon(self, rules: Workspace) -> Iterator[tuple[Place, str]]:
        for file, data in rules.all(schema.LexiconFile):
            yield file.place("type"), data.type

    def _others(self, rules: Workspace) -> Iterator[tuple[Place, str]]:
        reference = rules.one("reference.yaml", schema.ReferenceFile)
        for number, pronoun in enumerate(reference.pronouns if reference else ()):
            for index, name in enumerate(pronoun.types):
                yield rules.place("reference.yaml", "pronouns", number, "types", index), name
        roles = rules.one("recognisers/roles.yaml", schema.RolesFile)
        for role, item in roles.classes.items() if roles else ():
            for name in item.states:
                yield rules.place("recognisers/roles.yaml", "classes", role, "states", name), name


class Relations(Check):
    """Every relation that a file names is one of the ontology."""

    name = "relations"

    def run(self, rules: Workspace) -> Iterator[Finding]:
        """Yield relations that ontology.yaml does not hold, and relations that have two files."""
        known = rules.relations
        if not known:
            return
        first: dict[str, Place] = {}
        for file, data in rules.all(schema.RelationFile):
            place = file.place("relation")
            if data.relation not in known:
                close = known_or_close(data.relation, known, "relations")
                remedy = f"{close}; new ones go into ontology.yaml first"
                yield Finding(place, f"unknown relation `{data.relation}`", remedy)
            elif data.relation in first:
                other = first[data.relation]
                yield Finding(place, f"`{data.relation}` has a file already: {other}", "join the two files")
            first.setdefault(data.relation, place)
        roles = rules.one("recognisers/roles.yaml", schema.RolesFile)
        for role, item in roles.classes.items() if roles else ():
            for kind, relation in item.states.items():
                if relation not in known:
                    place = rules.place("recognisers/roles.yaml", "classes", role, "states", kind)
                    remedy = known_or_close(relation, known, "relations")
                    yield Finding(place, f"unknown relation `{relation}`", remedy)


class Unstated(Check):
    """A relation of the ontology that no rule states."""

    name = "unstated"
    severity = WARNING
    remedy = "`kg rules new RELATION` starts a file for it"

    def run(self, rules: Workspace) -> Iterator[Finding]:
        """Yield relations without a file and without a role that states them."""
        stated = {data.relation for _, data in rules.all(schema.RelationFile)}
        roles = rules.one("recognisers/roles.yaml", schema.RolesFile)
        if roles:
            stated.update(relation for item in roles.classes.values() for relation in item.states.values())
        for name in rules.relations:
            if name not in stated:
                yield Finding(rules.place("ontology.yaml", "relations", name), f"no rule states `{name}`")


class Pronouns(Check):
    """A group of pronouns means one of the ways to look back."""

    name = "pronouns"

    def run(self, rules: Workspace) -> Iterator[Finding]:
        """Yield groups whose `which` is unknown."""
        reference = rules.one("reference.yaml", schema.ReferenceFile)
        for number, pronoun in enumerate(reference.pronouns if reference else ()):
            if pronoun.which not in WHICH:
                place = rules.place("reference.yaml", "pronouns", number, "which")
                yield Finding(
                    place, f"unknown way `{pronoun.which}`", known_or_close(pronoun.which, WHICH, "ways")
                )


class LexiconNames(Check):
    """A name means one entity."""

    name = "lexicon-names"
    severity = WARNING
    remedy = "keep it where it belongs; a form that two share is left out of both or kept in one"

    def run(self, rules: Workspace) -> Iterator[Finding]:
        """Yield names and aliases that stand under two entities, or twice under one."""
        owners: dict[str, tuple[str, str, Place]] = {}
        for file, data in rules.all(schema.LexiconFile):
            for entity, aliases in data.entities.items():
                own = [(entity, file.place("entities", entity))]
                own += [(alias, file.place("entities", entity, i)) for i, alias in enumerate(aliases)]
                for form, place in own:
                    key = normalise(form).text
                    other, kind, where = owners.setdefault(key, (entity, data.type, place))
                    if other != entity:
                        yield Finding(place, f"`{form}` of `{entity}` is also a name of `{other}` ({where})")
                    elif where != place and kind == data.type:
                        yield Finding(place, f"`{form}` stands twice ({where})", "keep one of the two")


class LexiconForms(Check):
    """A name that can never be found."""

    name = "lexicon-forms"
    severity = WARNING

    def run(self, rules: Workspace) -> Iterator[Finding]:
        """Yield names of one character, and ambiguous names that no entity has."""
        known: set[str] = set()
        marked: list[tuple[str, Place]] = []
        for file, data in rules.all(schema.LexiconFile):
            marked += [(name, file.place("ambiguous", i)) for i, name in enumerate(data.ambiguous)]
            for entity, aliases in data.entities.items():
                known.update((entity, *aliases))
                for index, form in enumerate((entity, *aliases)):
                    if len(form) < 4 and len(normalise(form).text) < 2:
                        place = file.place("entities", entity, *((index - 1,) if index else ()))
                        yield Finding(
                            place, f"`{form}` is too short to be found", "write a name of two characters"
                        )
        for name, place in marked:
            if name not in known:
                yield Finding(
                    place, f"`{name}` is ambiguous but no entity's name", "take it out or add the entity"
                )


class Merges(Check):
    """Decisions about names do not contradict one another."""

    name = "merge"

    def run(self, rules: Workspace) -> Iterator[Finding]:
        """Yield decisions of fewer than two names, and pairs that must and must never be one."""
        merge = rules.one("merge.yaml", schema.MergeFile)
        if merge is None:
            return
        for key, groups in (("must", merge.must), ("never", merge.never)):
            for index, names in enumerate(groups):
                if len(set(names)) < 2:
                    place = rules.place("merge.yaml", key, index)
                    yield Finding(place, "decides nothing: it needs two names", "write [name, other name]")
        joined = self._joined(rules, merge)
        for index, names in enumerate(merge.never):
            for number, name in enumerate(names):
                for other in names[:number]:
                    reason = joined.get(name, {}).get(other)
                    if reason:
                        place = rules.place("merge.yaml", "never", index)
                        message = f"`{other}` and `{name}` shall never be one entity, but {reason}"
                        yield Finding(place, message, "take back one of the two decisions")

    def _joined(self, rules: Workspace, merge: schema.MergeFile) -> dict[str, dict[str, str]]:
        """Return, for each name, the names that are one entity with it and why."""
        groups: list[tuple[set[str], str]] = []
        for file, data in rules.all(schema.LexiconFile):
            for entity, aliases in data.entities.items():
                where = file.place("entities", entity)
                groups.append(({entity, *aliases}, f"the lexicon gives both names to `{entity}` ({where})"))
        by_name: dict[str, set[str]] = defaultdict(set)
        reasons: dict[str, dict[str, str]] = defaultdict(dict)
        named = {name for names in merge.never for name in names}
        for names, reason in groups:
            self._note(names & named, reason, reasons)
            for name in names:
                by_name[name] |= names
        for index, must in enumerate(merge.must):
            where = rules.place("merge.yaml", "must", index)
            whole = set().union(*(by_name.get(name, {name}) for name in must))
            for name in whole:
                by_name[name] = whole
            self._note(whole & named, f"{where} says they must", reasons)
        return reasons

    def _note(self, names: set[str], reason: str, reasons: dict[str, dict[str, str]]) -> None:
        for name in names:
            for other in names - {name}:
                reasons[name].setdefault(other, reason)
