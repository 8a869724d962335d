"""From what a person types to one entity: a name, an alias, an id, or a unique part of a name."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from kg.errors import InputError, NotFoundError
from kg.store.normal import normal_form

_SUGGESTIONS = 5
# From this share of characters in common on, a name may be what was meant: 智源研究所 is 北京智源研究院.
_ALIKE = 0.4
# Names that difflib compares with an unknown one, and the pieces of it that choose them.
_CANDIDATES = 500
_PIECES = 16

# SQLite compares with no longer pattern.
MAX_ASKED = 10_000
_SURROGATE = re.compile("[\ud800-\udfff]")

_NAMED = "SELECT e.n FROM names a JOIN entities e ON e.n = a.entity WHERE a.norm = ?"


def asked(text: str) -> str:
    """What a person asks for, as SQLite can hold it; raises InputError for more than MAX_ASKED characters."""
    if len(text) > MAX_ASKED:
        raise InputError(
            f"{len(text):,} characters are too many to look for", hint="ask for a name or a few words"
        )
    return _SURROGATE.sub("\ufffd", text)


def locate(db: sqlite3.Connection, name: str) -> int:
    """The row number of the entity that `name` means.

    Raises NotFoundError, whose hint lists the closest names or those that a part may mean, InputError for a
    name too long to be one.
    """
    name = asked(name)
    norm = normal_form(name)
    for query, values in (
        ("SELECT n FROM entities WHERE id = ?", (name,)),
        (f"{_NAMED} AND e.name = ?", (norm, name)),
        (f"{_NAMED} AND a.name = ?", (norm, name)),
        (_NAMED, (norm,)),
    ):
        found = _distinct(db.execute(query, values))
        if len(found) == 1:
            return found[0]
        if found:
            raise _ambiguous(db, name, found)
    found = _distinct(containing(db, norm)) if norm.strip() else []
    if len(found) == 1:
        return found[0]
    if found:
        raise _ambiguous(db, name, found)
    raise NotFoundError(f"no entity is named {name!r}", hint=_suggest(db, norm))


def containing(db: sqlite3.Connection, norm: str) -> Iterable[tuple[int]]:
    """The entities that have a name with `norm` in it; may repeat one."""
    if len(norm) < 3:
        return db.execute("SELECT entity FROM names WHERE instr(norm, ?)", (norm,))
    return db.execute(
        "SELECT entity FROM names WHERE n IN (SELECT rowid FROM names_fts WHERE names_fts MATCH ?)"
        " AND instr(norm, ?)",
        (trigrams(norm), norm),
    )


def trigrams(text: str) -> str:
    """An FTS5 query for the three-character pieces of a text; the index holds no longer phrases."""
    pieces = dict.fromkeys(text[at : at + 3].replace('"', '""') for at in range(len(text) - 2))
    return " AND ".join(f'"{piece}"' for piece in pieces)


def _distinct(rows: Iterable[tuple[int]]) -> list[int]:
    return list(dict.fromkeys(number for (number,) in rows))


def _ambiguous(db: sqlite3.Connection, name: str, numbers: list[int]) -> NotFoundError:
    marks = ", ".join(map(str, numbers))
    rows = db.execute(
        f"SELECT name, type, id FROM entities WHERE n IN ({marks}) ORDER BY degree DESC, id LIMIT ?",
        (_SUGGESTIONS,),
    ).fetchall()
    alike = len({row[0] for row in rows}) < len(rows)
    shown = "、".join(f"{row[0]} ({row[1]}, {row[2]})" if alike else row[0] for row in rows)
    more = f" and {len(numbers) - len(rows)} more" if len(numbers) > len(rows) else ""
    return NotFoundError(f"{name!r} may mean {len(numbers)} entities", hint=f"say which: {shown}{more}")


def _suggest(db: sqlite3.Connection, norm: str) -> str:
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(b=norm, autojunk=False)
    closeness: dict[str, float] = {}
    for display, other in _resembling(db, norm):
        matcher.set_seq1(other)
        closeness[display] = max(closeness.get(display, 0.0), matcher.ratio())
    close = [display for display, ratio in closeness.items() if ratio >= _ALIKE]
    closest = sorted(close, key=lambda display: (-closeness[display], display))[:_SUGGESTIONS]
    return f"did you mean {'、'.join(closest)}?" if closest else "kg search looks inside sentences too"


def _resembling(db: sqlite3.Connection, norm: str) -> Iterable[tuple[str, str]]:
    """(display name, normal form) of the names that share most characters, or pairs of them, with `norm`."""
    size = 2 if len(norm) > 2 else 1
    pieces = list(dict.fromkeys(norm[at : at + size] for at in range(len(norm) - size + 1)))[:_PIECES]
    shared = " + ".join(["(instr(a.norm, ?) > 0)"] * len(pieces)) or "0"
    return db.execute(
        f"SELECT name, norm FROM (SELECT e.name, a.norm, e.degree, e.id, {shared} AS shared"
        " FROM names a JOIN entities e ON e.n = a.entity) WHERE shared"
        " ORDER BY shared DESC, degree DESC, id, norm LIMIT ?",
        (*pieces, _CANDIDATES),
    )
