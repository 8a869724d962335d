"""Which articles of the database are reprints of one another: all of them, or those that a change can touch.

Two articles meet in a bucket if a band of their signatures is the same; the one with the least hash there is
compared with the others. So the answer depends on the texts alone, not on the order in which they came.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from kg.store.copies import are_reprints, bands, join, root

# (document, hash, origin, signature), the least hash first.
_Member = tuple[int, str, str, bytes]

_MEMBERS = """
SELECT d.n, d.hash, d.origin, d.signature FROM bands b JOIN documents d ON d.n = b.document
WHERE b.band = ? ORDER BY d.hash, d.n
"""
_ALL_MEMBERS = """
SELECT b.band, d.n, d.hash, d.origin, d.signature FROM bands b JOIN documents d ON d.n = b.document
WHERE b.band IN (SELECT band FROM bands GROUP BY band HAVING count(*) > 1) ORDER BY b.band, d.hash, d.n
"""


def note(db: sqlite3.Connection, document: int, *, gone: bool) -> None:
    """Takes note of a document that came, or is about to go, for the next `find`."""
    (signature,) = db.execute("SELECT signature FROM documents WHERE n = ?", (document,)).fetchone()
    rows = [(bucket, document) for bucket in _buckets(signature)]
    change = (
        "DELETE FROM bands WHERE band = ? AND document = ?"
        if gone
        else "INSERT OR IGNORE INTO bands VALUES (?, ?)"
    )
    db.executemany(change, rows)
    db.executemany("INSERT OR IGNORE INTO changed_bands VALUES (?)", [row[:1] for row in rows])


def find(db: sqlite3.Connection, *, whole: bool) -> list[int]:
    """Gives each document its origin, the least hash among its reprints; returns those whose origin changed.

    Unless `whole`, only those are looked at that share a bucket with a noted document, and their reprints.
    """
    if whole:
        _fill(db)
        everyone = {
            n: (own, origin) for n, own, origin in db.execute("SELECT n, hash, origin FROM documents")
        }
        changed = _settle(_all_buckets(db), everyone)
    else:
        touched = _touched(db)
        wanted = dict.fromkeys(bucket for _, _, _, signed in touched for bucket in _buckets(signed))
        changed = _settle((_members(db, bucket) for bucket in wanted), {row[0]: row[1:3] for row in touched})
    db.execute("DELETE FROM changed_bands")
    db.executemany("UPDATE documents SET origin = ? WHERE n = ?", changed)
    return [number for _, number in changed]


def _fill(db: sqlite3.Connection) -> None:
    """Sorted before they come into the tree, which would be slow to fill at random."""
    db.execute("DELETE FROM bands")
    db.execute("CREATE TEMP TABLE unsorted_bands (band INTEGER, document INTEGER)")
    signed = db.execute("SELECT n, signature FROM documents WHERE signature <> x''")
    db.executemany(
        "INSERT INTO unsorted_bands VALUES (?, ?)",
        ((bucket, number) for number, signature in signed for bucket in _buckets(signature)),
    )
    db.execute(
        "INSERT OR IGNORE INTO bands SELECT band, document FROM unsorted_bands ORDER BY band, document"
    )
    db.execute("DROP TABLE unsorted_bands")


def _buckets(signature: bytes) -> Iterator[int]:
    """The bands of a signature with their places, each as one number."""
    for at, band in enumerate(bands(signature)):
        digest = hashlib.blake2b(bytes((at,)) + band, digest_size=8).digest()
        yield int.from_bytes(digest, "big", signed=True)


def _members(db: sqlite3.Connection, bucket: int) -> list[_Member]:
    return db.execute(_MEMBERS, (bucket,)).fetchall()


def _all_buckets(db: sqlite3.Connection) -> Iterator[list[_Member]]:
    for _, rows in groupby(db.execute(_ALL_MEMBERS), itemgetter(0)):
        yield [row[1:] for row in rows]


def _touched(db: sqlite3.Connection) -> list[_Member]:
    """The documents in the noted buckets, and those that were reprints of one of them."""
    noted = db.execute("SELECT band FROM changed_bands").fetchall()
    found = {member[0]: member for (bucket,) in noted for member in _members(db, bucket)}
    waiting = list(found.values())
    for _, _, origin, signed in waiting:
        for bucket in _buckets(signed):
            for member in _members(db, bucket):
                if member[2] == origin and member[0] not in found:
                    found[member[0]] = member
                    waiting.append(member)
    return waiting


def _settle(
    buckets: Iterable[Sequence[_Member]], documents: dict[int, tuple[str, str]]
) -> list[tuple[str, int]]:
    """(origin, document) for each of `documents`, given with hash and origin, that has another origin now."""
    parents: dict[int, int] = {}
    for (first, _, _, own), *others in buckets:
        for other, _, _, theirs in others:
            if are_reprints(own, theirs):
                join(parents, first, other)
    least: dict[int, str] = {}
    for number in parents:
        group = root(parents, number)
        least[group] = min(documents[number][0], least.get(group, documents[number][0]))
    return [
        (origin, number)
        for number, (own, old) in documents.items()
        if (origin := least[root(parents, number)] if number in parents else own) != old
    ]
