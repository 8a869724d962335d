"""Decisions about names, written into merge.yaml with its comments kept."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

from kg.authoring.editing import edit, flow
from kg.errors import InputError, NotFoundError
from kg.query.identity import Identity, identity
from kg.resolve.normal import normal_form
from kg.rules import schema, yamlfile
from kg.store.lookup import locate
from kg.store.reading import Db, reading

FILE = "merge.yaml"


def merge(rules_dir: Path, db: Db, names: list[str]) -> Path:
    """Write that names are one entity; return the file.

    Raises InputError, and writes nothing, for fewer than two names, an unknown one, or a pair that shall
    never be one.
    """
    wanted = list(dict.fromkeys(_named(db, name)[0] for name in names))
    if len(wanted) < 2:
        raise InputError("it takes two names to merge", hint="give names of two entities")
    path = rules_dir / FILE
    file = yamlfile.read(path)
    data = yamlfile.parse(file, schema.MergeFile)
    whole = _with_groups(wanted, data.must)
    for index, group in enumerate(data.never):
        for one, other in combinations(group, 2):
            if {normal_form(one), normal_form(other)} <= whole:
                raise InputError(
                    f"`{one}` and `{other}` shall never be one entity",
                    place=file.place("never", index),
                    hint="take the pair out of `never` first",
                )

    def change(content: Any) -> None:
        groups = content.setdefault("must", [])
        for group in groups:
            if not {normal_form(str(name)) for name in group}.isdisjoint(map(normal_form, wanted)):
                group.extend(name for name in wanted if normal_form(name) not in set(map(normal_form, group)))
                return
        groups.append(flow(wanted))

    return edit(path, change)


def split(rules_dir: Path, db: Db, name: str, other: str) -> Path:
    """Write that two names of one entity are two; return the file.

    Raises InputError, and writes nothing, where the graph does not have them as one, or they are spelt alike.
    """
    (one, first), (two, second) = _named(db, name), _named(db, other)
    if normal_form(one) == normal_form(two):
        hint = f"tell namesakes apart under `homonyms:` of {rules_dir / FILE}"
        raise InputError(f"{name!r} and {other!r} are one name", hint=hint)
    if first.entity.id != second.entity.id:
        hint = f"they are {first.entity.name} and {second.entity.name}"
        raise InputError(f"{name!r} and {other!r} are no longer one entity", hint=hint)
    yamlfile.parse(yamlfile.read(rules_dir / FILE), schema.MergeFile)

    def change(content: Any) -> None:
        for group in list(content.get("must") or ()):
            kept = [each for each in group if normal_form(str(each)) != normal_form(two)]
            if len(kept) < len(group) and normal_form(one) in {normal_form(str(each)) for each in kept}:
                group[:] = kept
                if len(kept) < 2:
                    content["must"].remove(group)
        content.setdefault("never", []).append(flow([one, two]))

    return edit(rules_dir / FILE, change)


def _with_groups(names: list[str], groups: list[list[str]]) -> set[str]:
    """Return the normal forms of the names and of all that are to be one with them already."""
    whole = set(map(normal_form, names))
    for group in groups:
        forms = set(map(normal_form, group))
        if not forms.isdisjoint(whole):
            whole |= forms
    return whole


def _named(db: Db, name: str) -> tuple[str, Identity]:
    """Return the name as the graph writes it, and its entity."""
    try:
        found = identity(db, name)
        with reading(db) as connection:
            locate(connection, name)
    except NotFoundError as error:
        raise InputError(error.message, place=error.place, hint=error.hint) from error
    forms = {normal_form(form): form for form in reversed(found.entity.names)}
    return forms.get(normal_form(name), found.entity.name), found
