"""Statements that cannot all hold: both sides, with dates and sentences, and no verdict."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kg.dates import AFTER
from kg.ontology import Ontology, RelationType
from kg.store import reading
from kg.store.lookup import locate
from kg.store.reading import Db
from kg.store.rows import StatementRow

_POST = "职务"
_NOT = "否认"

# Edges that share the end that a rule looks at, by whether it is the tail, with so many others; pairs that are
# also joined by another relation; pairs of which it is also said not to be so.
_SHARED = {
    by_head: f"e.{end} IN (SELECT {end} FROM edges WHERE relation = ?1 GROUP BY {end} HAVING count(*) >= ?2)"
    for by_head, end in ((True, "tail"), (False, "head"))
}
_ALSO = "EXISTS (SELECT 1 FROM edges o WHERE o.head = e.head AND o.relation = ?2 AND o.tail = e.tail)"
_DENIED = "(e.head, e.tail) IN (SELECT head, tail FROM denials WHERE relation = ?2)"

# Two things, and no person has marked what is said of them as wrong.
_STANDS = """s.head <> s.tail AND NOT EXISTS (SELECT 1 FROM rejected r
    WHERE r.head = s.head AND r.relation = s.relation AND r.tail = s.tail)"""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things that are said: in a few words, from when to when, and the statements that say it."""

    label: str
    first_date: str | None
    last_date: str | None
    ended: str | None
    statements: tuple[StatementRow, ...]

    def as_json(self) -> dict[str, Any]:
        """The fields as they are named here."""
        return {
            "label": self.label,
            "first_date": self.first_date,
            "last_date": self.last_date,
            "ended": self.ended,
            "statements": [said.as_json() for said in self.statements],
        }


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sides that cannot all hold of `about`. `kind` is `one` (two where there is one at a time), `against` (one
    relation after another that ends it), `lists` (articles that name different ones) or `denied` (said, and said
    not to be so).
    """

    kind: str
    relation: str
    about: str
    sides: tuple[Side, ...]

    def as_json(self) -> dict[str, Any]:
        """The fields as they are named here."""
        return {
            "kind": self.kind,
            "relation": self.relation,
            "about": self.about,
            "sides": [side.as_json() for side in self.sides],
        }


def conflicts(
    db: Db, ontology: Ontology, name: str | None = None, relations: Sequence[str] = ()
) -> tuple[Conflict, ...]:
    """The conflicts that the ontology provides for, those of an entity or of some relations only if asked.

    Raises NotFoundError for an unknown name.
    """
    with reading.reading(db) as connection:
        about = reading.entity(connection, locate(connection, name)).id if name else None
        met = {relation for (relation,) in connection.execute("SELECT DISTINCT relation FROM edges")}
        found: list[Conflict] = []
        for relation in ontology.relations.values():
            if relation.name in met and (not relations or relation.name in relations):
                found += _of_relation(connection, relation)
    return tuple(each for each in found if about is None or _concerns(each, about))


def _concerns(conflict: Conflict, entity: str) -> bool:
    return any(entity in (said.head_id, said.tail_id) for side in conflict.sides for said in side.statements)


def _of_relation(db: sqlite3.Connection, relation: RelationType) -> Iterator[Conflict]:
    rules = relation.conflicts
    if rules.one:
        yield from _rivals(db, relation, _said(db, relation, _SHARED[rules.one == "head"], 2))
    if rules.lists:
        yield from _lists(relation, _said(db, relation, _SHARED[rules.lists == "head"], 3))
    for other in rules.against:
        yield from _returns(db, relation, other, _said(db, relation, _ALSO, other))
    if rules.denials:
        yield from _denials(db, relation)


def _said(
    db: sqlite3.Connection, relation: RelationType, condition: str, value: str | int
) -> list[StatementRow]:
    """What is said of the relation on edges `e` that meet a condition: to read all takes long in a large graph."""
    values = (relation.name, value)
    return list(reading.statements(db, f"e.relation = ?1 AND {condition} AND {_STANDS}", values, of="edges"))


def _rivals(
    db: sqlite3.Connection, relation: RelationType, said: Iterable[StatementRow]
) -> Iterator[Conflict]:
    """Two at one time where there is one: two presidents, two buyers."""
    by_head = relation.conflicts.one == "head"
    places: dict[tuple[str, str], dict[str, list[StatementRow]]] = defaultdict(lambda: defaultdict(list))
    for each in said:
        post = dict(each.qualifiers).get(_POST, "")
        if not relation.conflicts.posts or post in relation.conflicts.posts:
            fixed, free = (each.tail_id, each.head_id) if by_head else (each.head_id, each.tail_id)
            places[fixed, post if relation.conflicts.posts else ""][free].append(each)
    ended = dict(_ends(db, relation.name)) if places else {}
    for (_, post), holders in sorted(places.items()):
        sides = [
            _side(_label(rows[0], post), rows, ended.get((rows[0].head_id, rows[0].tail_id)))
            for _, rows in sorted(holders.items())
        ]
        clashing = {
            at for one, other in combinations(range(len(sides)), 2) if _overlap(sides[one], sides[other])
            for at in (one, other)
        }  # fmt: skip
        if clashing:
            first = sides[min(clashing)].statements[0]
            about = " ".join(filter(None, (first.tail if by_head else first.head, post)))
            yield Conflict("one", relation.name, about, tuple(sides[at] for at in sorted(clashing)))


def _ends(db: sqlite3.Connection, relation: str) -> Iterator[tuple[tuple[str, str], str]]:
    rows = db.execute(
        "SELECT h.id, t.id, e.ended FROM edges e JOIN entities h ON h.n = e.head JOIN entities t ON t.n = e.tail"
        " WHERE e.relation = ? AND e.ended IS NOT NULL",
        (relation,),
    )
    yield from (((head, tail), ended) for head, tail, ended in rows)


def _overlap(one: Side, other: Side) -> bool:
    """Whether two sides may have held at one time: the later had begun before the earlier was at an end.

    What is known to have ended is over then; what is not, is known to hold on the days that were spoken of.
    """
    if not _sentences(one).isdisjoint(_sentences(other)):  # 阿里联合蚂蚁收购饿了么
        return False
    for first, second in ((one, other), (other, one)):
        if first.ended and (second.first_date is None or second.first_date + AFTER >= first.ended):
            return False
    if one.first_date is None or other.first_date is None:
        return True
    return (
        one.first_date <= (other.last_date or "") + AFTER
        and other.first_date <= (one.last_date or "") + AFTER
    )


def _sentences(side: Side) -> set[tuple[str, int]]:
    return {(said.doc, said.start) for said in side.statements}


def _returns(
    db: sqlite3.Connection, relation: RelationType, other: str, said: Iterable[StatementRow]
) -> Iterator[Conflict]:
    """Said to have left, and said to be there on that day or after it."""
    pairs: dict[tuple[str, str], list[StatementRow]] = defaultdict(list)
    for each in said:
        pairs[each.head_id, each.tail_id].append(each)
    for (head, tail), rows in sorted(pairs.items()):
        since = min((each.time for each in rows if each.time), default=None)
        if since is None:
            continue
        condition = f"s.head_id = ? AND s.tail_id = ? AND s.relation = ? AND s.time || ? >= ? AND {_STANDS}"
        later = list(reading.statements(db, condition, (head, tail, other, AFTER, since)))
        if later:
            sides = (_side(_label(rows[0]), rows), _side(_label(later[0]), later))
            yield Conflict("against", relation.name, f"{rows[0].head} {rows[0].tail}", sides)


def _denials(db: sqlite3.Connection, relation: RelationType) -> Iterator[Conflict]:
    """Said to be so, and said not to be."""
    pairs: dict[tuple[str, str], tuple[list[StatementRow], list[StatementRow]]] = defaultdict(
        lambda: ([], [])
    )
    denied = list(reading.statements(db, "s.relation = ?", (relation.name,), view="denied"))
    said = _said(db, relation, _DENIED, relation.name) if denied else []
    for at, rows in enumerate((said, denied)):
        for each in rows:
            pairs[each.head_id, each.tail_id][at].append(each)
    for _, (affirmed, refuted) in sorted(pairs.items()):
        if affirmed and refuted:
            label = _label(affirmed[0])
            sides = _side(label, affirmed), _side(f"{_NOT} {label}", refuted)
            yield Conflict("denied", relation.name, f"{affirmed[0].head} {affirmed[0].tail}", sides)


def _lists(relation: RelationType, said: Iterable[StatementRow]) -> Iterator[Conflict]:
    """Articles that name different founders: neither list holds the other, and one of them is a list."""
    by_head = relation.conflicts.lists == "head"
    articles: dict[str, dict[str, list[StatementRow]]] = defaultdict(lambda: defaultdict(list))
    for each in said:
        articles[each.tail_id if by_head else each.head_id][each.hash].append(each)
    for _, lists in sorted(articles.items()):
        by_names: dict[frozenset[str], list[StatementRow]] = defaultdict(list)
        for rows in lists.values():
            by_names[frozenset(each.head_id if by_head else each.tail_id for each in rows)] += rows
        clashing = {
            names for one, other in combinations(by_names, 2)
            if not (one <= other or other <= one) and len(one | other) > 2
            for names in (one, other)
        }  # fmt: skip
        if clashing:
            sides = [by_names[names] for names in sorted(clashing, key=sorted)]
            about = sides[0][0].tail if by_head else sides[0][0].head
            labels = ["、".join(_names(rows, by_head)) for rows in sides]
            yield Conflict("lists", relation.name, about, tuple(map(_side, labels, sides)))


def _names(rows: list[StatementRow], by_head: bool) -> list[str]:
    return list(dict.fromkeys(each.head if by_head else each.tail for each in rows))


def _label(said: StatementRow, post: str = "") -> str:
    return " ".join(filter(None, (said.head, said.relation, said.tail, post)))


def _side(label: str, rows: list[StatementRow], ended: str | None = None) -> Side:
    """A side, dated by what its statements say or, where they do not, by their articles."""
    dates = sorted(filter(None, (each.time or each.date for each in rows)))
    first, last = (dates[0], dates[-1]) if dates else (None, None)
    return Side(label, first, last, ended, tuple(rows))
