"""Corrections of edges, written into corrections.yaml with its comments kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.authoring.editing import edit
from kg.dates import check_date
from kg.errors import InputError, NotFoundError, Place
from kg.ontology import Ontology
from kg.query.corrected import Corrected, corrected
from kg.rules import corrections, ruleset
from kg.rules.corrections import ADD, FILE, WRONG, Correction
from kg.store import correcting, reading
from kg.store.lookup import locate
from kg.store.reading import Db
from kg.store.rows import EdgeRow, EntityRow

_BEGINNING = "# 更正:wrong 是图里不对的关系,add 是图里缺的关系。下一次 kg build 照办,见 kg correct --help\n"
_UNDO = "take it back first with kg correct undo"


def mark_wrong(rules_dir: Path, db: Db, triple: tuple[str, str, str], because: str = "") -> Path:
    """Write that an edge is wrong, with the sentences that a person has seen behind it; return the file.

    Raises InputError, and writes nothing, for an unknown name or no such edge.
    """
    known = _present(rules_dir)
    head, relation, tail = triple
    with reading.reading(db) as connection:
        one, other = (_number(connection, name) for name in (head, tail))
        edge = _between(connection, one, other, relation)
        if edge is None:
            there = [each.relation for each in _edges(connection, one, other)]
            hint = f"the graph has {' '.join(dict.fromkeys(there))}" if there else "nothing joins the two"
            raise InputError(f"there is no edge {head} {relation} {tail}", hint=hint)
        quotes = list(dict.fromkeys(said.quote for said in reading.evidence(connection, edge)))
        named = {end: _called(connection, reading.entity(connection, end)) for end in (one, other)}
        ends = (named[one], named[other])
        if edge.head != reading.entity(connection, one).id:
            ends = ends[::-1]
    _refuse_twice(known, (ends[0], relation, ends[1]))
    entry = {"head": ends[0], "relation": relation, "tail": ends[1]}
    return _append(
        rules_dir, WRONG, entry | ({"because": because} if because else {}) | {"sentences": quotes}
    )


def add(
    rules_dir: Path, db: Db, triple: tuple[str, str, str], because: str = "", time: str = "", doc: str = ""
) -> Path:
    """Write that an edge is missing; return the file. A name that is new is given as `类型:名字`.

    Raises InputError, and writes nothing, for an unknown name, relation, date or article, types that the
    relation does not join, or an edge that is there.
    """
    known, ontology = _present(rules_dir), ruleset.load_ontology(rules_dir)
    head, relation, tail = triple
    if relation not in ontology.relations:
        raise InputError(f"{relation!r} is no relation", hint=f"known: {' '.join(ontology.relations)}")
    time = check_date(time) if time else ""
    with reading.reading(db) as connection:
        ends = [_end(connection, ontology, name) for name in (head, tail)]
        _check_types(ontology, relation, ends)
        numbers = [correcting.named(connection, called) for called, _ in ends]
        if all(numbers) and _between(connection, numbers[0][0], numbers[1][0], relation):
            raise InputError(
                f"{head} {relation} {tail} is in the graph already", hint="kg why shows its sentences"
            )
        if doc and not connection.execute("SELECT 1 FROM documents WHERE id = ?", (doc,)).fetchone():
            raise InputError(f"no article has the id {doc!r}", hint="kg why shows the ids of articles")
    wanted = (ends[0][0], relation, ends[1][0])
    _refuse_twice(known, wanted)
    extra = {"because": because, "time": time, "doc": doc}
    entry = dict(zip(("head", "relation", "tail"), wanted, strict=True))
    return _append(rules_dir, ADD, entry | {key: value for key, value in extra.items() if value})


def undo(rules_dir: Path, triple: tuple[str, str, str]) -> Path:
    """Take corrections of an edge out of the file; return it. Raises InputError where there is none."""
    known = _present(rules_dir)
    if triple not in {each.triple for each in known}:
        there = "; ".join(" ".join(each.triple) for each in known)
        raise InputError(
            f"there is no correction of {' '.join(triple)}", hint=f"there is {there or 'none at all'}"
        )

    def change(content: Any) -> None:
        for kind in (WRONG, ADD):
            items = content.get(kind) or []
            for at in reversed(range(len(items))):
                if tuple(str(items[at][key]) for key in ("head", "relation", "tail")) == triple:
                    del items[at]
            if kind in content and not items:
                del content[kind]

    return edit(rules_dir / FILE, change)


def take(rules_dir: Path, path: Path) -> tuple[Path, int]:
    """Write the corrections of another file, such as the page gives, beside those there are; return how many are new.

    Raises RuleError, and writes nothing, for a file that holds none or something else.
    """
    known = {each.triple: each.kind for each in _present(rules_dir)}
    given = corrections.load_file(path, ruleset.load_ontology(rules_dir)).items
    for each in given:
        if known.get(each.triple, each.kind) != each.kind:
            raise InputError(
                f"{' '.join(each.triple)} was corrected the other way", place=each.place, hint=_UNDO
            )
    new = [each for each in given if each.triple not in known]
    if not new:
        return rules_dir / FILE, 0

    def change(content: Any) -> None:
        for each in new:
            content.setdefault(each.kind, []).append(_entry(each))

    return edit(rules_dir / FILE, change, _BEGINNING), len(new)


def states(rules_dir: Path, db: Db) -> tuple[Corrected, ...]:
    """Return the corrections in the file and in the graph, each with what a person should look at.

    What stands in one of them only waits for the next build.
    """
    built = {(each.kind, each.head, each.relation, each.tail): each for each in corrected(db)}
    found = []
    for each in _present(rules_dir) if (rules_dir / FILE).is_file() else ():
        there = built.pop((each.kind, *each.triple), None)
        problem = there.problem if there else "waits for the next build"
        found.append(Corrected(each.kind, *each.triple, each.because, problem))
    gone = (replace(each, problem="taken back: waits for the next build") for each in built.values())
    return (*found, *gone)


def _entry(correction: Correction) -> dict[str, Any]:
    fields = ("head", "relation", "tail", "because", "time", "doc")
    entry: dict[str, Any] = {name: getattr(correction, name) for name in fields if getattr(correction, name)}
    return entry | ({"sentences": list(correction.sentences)} if correction.sentences else {})


def _present(rules_dir: Path) -> tuple[Correction, ...]:
    if not (rules_dir / "ontology.yaml").is_file():
        hint = "name your rule folder with --rules; `kg rules init DIR` makes one"
        raise InputError("is no rule folder", place=Place(rules_dir), hint=hint)
    return corrections.load(rules_dir, ruleset.load_ontology(rules_dir)).items


def _refuse_twice(known: tuple[Correction, ...], triple: tuple[str, str, str]) -> None:
    for each in known:
        if each.triple == triple:
            what = "marked wrong" if each.kind == WRONG else "added"
            raise InputError(f"{' '.join(triple)} was {what} already", place=each.place, hint=_UNDO)


def _append(rules_dir: Path, kind: str, entry: dict[str, Any]) -> Path:
    def change(content: Any) -> None:
        content.setdefault(kind, []).append(entry)

    return edit(rules_dir / FILE, change, _BEGINNING)


def _number(connection: Any, name: str) -> int:
    try:
        return locate(connection, name)
    except NotFoundError as error:
        raise InputError(error.message, place=error.place, hint=error.hint) from error


def _end(connection: Any, ontology: Ontology, name: str) -> tuple[str, str]:
    """Return how an end is to be called, and its type; a new one is `类型:名字`."""
    kind, colon, text = name.partition(":")
    if colon and text and kind in ontology.types and not correcting.named(connection, name):
        return name, kind
    found = reading.entity(connection, _number(connection, name))
    return _called(connection, found), found.type


def _check_types(ontology: Ontology, relation: str, ends: list[tuple[str, str]]) -> None:
    wanted = ontology.relations[relation]
    for (name, kind), allowed in zip(ends, (wanted.head, wanted.tail), strict=True):
        if kind not in allowed:
            listed = " ".join(each for each in ontology.types if each in allowed)
            raise InputError(
                f"{name!r} is {kind}; {relation} takes {listed} there", hint="look at head and tail"
            )


def _called(connection: Any, entity: EntityRow) -> str:
    """Return the name of an entity if it alone has it, else its id."""
    return entity.name if len(correcting.named(connection, entity.name)) == 1 else entity.id


def _edges(connection: Any, one: int, other: int) -> Iterator[EdgeRow]:
    query = "SELECT n FROM edges WHERE (head = ?1 AND tail = ?2) OR (head = ?2 AND tail = ?1)"
    numbers = [number for (number,) in connection.execute(query, (one, other))]
    yield from reading.edges(connection, numbers).values()


def _between(connection: Any, one: int, other: int, relation: str) -> EdgeRow | None:
    """Return the edge of a relation from one to the other, whichever way where it has no direction."""
    head = reading.entity(connection, one).id
    return next(
        (
            each
            for each in _edges(connection, one, other)
            if each.relation == relation and (each.symmetric or each.head == head)
        ),
        None,
    )
