"""What a person marked wrong or added, applied to a merged database; and taken back before the next merge."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from kg.rules.corrections import ADD, FILE, WRONG, Correction
from kg.store.normal import normal_form

_EDGE = "head, relation, tail, symmetric, certainty, evidence_count, sources, weight, first_date, last_date, ended"
_BETWEEN = "WHERE head = ? AND relation = ? AND tail = ?"
# The source of what a person added: no file has this number.
PERSON = 0
_SHOWN = 40


def take_back(db: sqlite3.Connection, *, noting: bool) -> list[int]:
    """Has no edge be rejected; returns the documents of what was added, which the merge is to drop."""
    if noting:
        db.execute("INSERT OR IGNORE INTO changed_edges SELECT head, relation, tail FROM rejected")
    db.execute("DELETE FROM rejected")
    return [number for (number,) in db.execute("SELECT n FROM documents WHERE source = ?", (PERSON,))]


def add(db: sqlite3.Connection, corrections: Sequence[Correction]) -> dict[Correction, str]:
    """Writes the added edges as statements of a document of their own, and marks their edges as changed.

    Returns what is the matter with those that name nothing.
    """
    problems: dict[Correction, str] = {}
    wanted = [each for each in corrections if each.kind == ADD]
    if not wanted:
        return problems
    insert = "INSERT INTO documents VALUES (NULL, ?, 0, ?1, ?1, ?1, '', NULL, ?1, ?1, 0, 0, x'', ?1)"
    document = db.execute(insert.replace("?1", "?2"), (PERSON, FILE)).lastrowid or 0
    at = 0
    for each in wanted:
        ends, problem = _ends(db, each, document)
        if each.doc and not db.execute("SELECT 1 FROM documents WHERE id = ?", (each.doc,)).fetchone():
            problem = problem or f"the article {each.doc} is gone"
        if problem:
            problems[each] = problem
        if ends:
            at = _state(db, document, at, each, ends)
    return problems


def mark_added(db: sqlite3.Connection) -> None:
    """Marks the edges that have a statement which a person added."""
    db.execute(
        "UPDATE edges SET correction = 'added' WHERE (head, relation, tail) IN (SELECT head, relation, tail"
        " FROM statements WHERE document IN (SELECT n FROM documents WHERE source = ?))",
        (PERSON,),
    )


def reject(db: sqlite3.Connection, corrections: Sequence[Correction]) -> dict[Correction, str]:
    """Moves the edges that are marked wrong out of the graph, and marks their ends as changed.

    Returns what a person should look at: the sentences are gone, or others have come.
    """
    problems: dict[Correction, str] = {}
    for each in corrections:
        if each.kind != WRONG:
            continue
        ends, problem = _ends(db, each)
        edge = _edge(db, ends, each.relation) if ends else None
        if edge is None:
            problem = problem or "nothing says so any more"
        else:
            problem = _look(db, edge, each)
            columns = f"({_EDGE}, correction) SELECT {_EDGE}, 'wrong' FROM edges {_BETWEEN}"
            db.execute(f"INSERT INTO rejected {columns}", edge)
            db.execute(f"DELETE FROM edges {_BETWEEN}", edge)
            db.execute("INSERT OR IGNORE INTO changed_entities VALUES (?), (?)", (edge[0], edge[2]))
        if problem:
            problems[each] = problem
    return problems


def note(db: sqlite3.Connection, corrections: Sequence[Correction], problems: dict[Correction, str]) -> None:
    """Keeps what became of each correction, for those who ask."""
    db.execute("DELETE FROM corrections")
    db.executemany(
        "INSERT INTO corrections (kind, head, relation, tail, because, problem) VALUES (?, ?, ?, ?, ?, ?)",
        [(each.kind, *each.triple, each.because, problems.get(each, "")) for each in corrections],
    )


def _ends(
    db: sqlite3.Connection, correction: Correction, document: int | None = None
) -> tuple[tuple[int, int] | None, str]:
    """The row numbers of head and tail, or what is the matter with their names.

    With a `document` a name as `类型:名字` that nobody has is made an entity, named there.
    """
    numbers = []
    for name in (correction.head, correction.tail):
        found = named(db, name)
        if not found and document is not None and ":" in name:
            found = [_new(db, name, document)]
        if len(found) != 1:
            return (
                None,
                f"{name!r} may mean {len(found)} entities" if found else f"no entity is named {name!r}",
            )
        numbers += found
    if numbers[0] == numbers[1]:
        return None, f"{correction.head!r} and {correction.tail!r} are one entity"
    return (numbers[0], numbers[1]), ""


def named(db: sqlite3.Connection, name: str) -> list[int]:
    """The row numbers of the entities that an id or a name means, the exact spelling before the normal form."""
    queries = (
        ("SELECT n FROM entities WHERE id = ?", name),
        ("SELECT entity FROM identities WHERE id = ?", name),
        (
            "SELECT a.entity FROM names a JOIN entities e ON e.n = a.entity WHERE a.norm = ?1 AND e.name = ?2",
            name,
        ),
        ("SELECT entity FROM names WHERE norm = ?1 AND name = ?2", name),
        ("SELECT entity FROM names WHERE norm = ?1", name),
    )
    for query, text in queries:
        values = {"?1": (normal_form(text),), "?2": (normal_form(text), text)}
        given = values["?2"] if "?2" in query else values["?1"] if "?1" in query else (text,)
        found = list(dict.fromkeys(number for (number,) in db.execute(query, given)))
        if found:
            return found
    return []


def _new(db: sqlite3.Connection, name: str, document: int) -> int:
    kind, _, text = name.partition(":")
    number = db.execute(
        "SELECT max(n) + 1 FROM (SELECT n FROM identities UNION SELECT n FROM entities)"
    ).fetchone()[0]
    number = number or 1
    db.execute("INSERT INTO identities (n, id, entity) VALUES (?, ?, ?)", (number, name, number))
    db.execute("INSERT INTO entities (n, id, name, type) VALUES (?, ?, ?, ?)", (number, name, text, kind))
    db.execute(
        "INSERT INTO appearances (document, identity, entity, name, type, fullest, of, why)"
        " VALUES (?, ?, ?, ?, ?, 1, '', '')",
        (document, number, number, text, kind),
    )
    db.execute(
        "INSERT INTO names (entity, name, norm, documents) VALUES (?, ?, ?, 1)",
        (number, text, normal_form(text)),
    )
    db.execute("INSERT INTO names_fts (rowid, norm) SELECT n, norm FROM names WHERE entity = ?", (number,))
    db.execute("INSERT OR IGNORE INTO changed_entities VALUES (?)", (number,))
    return int(number)


def _state(
    db: sqlite3.Connection, document: int, at: int, correction: Correction, ends: tuple[int, int]
) -> int:
    """Writes an added edge as a statement that begins at a character; returns where the next one may."""
    if _is_symmetric(db, correction.relation):
        ends = _in_order(db, ends)
    (head, head_type), (tail, tail_type) = (
        db.execute("SELECT name, type FROM entities WHERE n = ?", (number,)).fetchone() for number in ends
    )
    words = correction.because or f"{head} {correction.relation} {tail}"
    quote = db.execute(
        "INSERT INTO quotes (document, start, end, text) VALUES (?, ?, ?, ?)",
        (document, at, at + len(words), words),
    ).lastrowid
    spans = [(at + start, at + start + len(name)) if (start := words.find(name)) >= 0 else (at, at)
             for name in (head, tail)]  # fmt: skip
    db.execute(
        "INSERT INTO statements (document, quote, head_identity, head, relation, tail_identity, tail, head_name,"
        " head_type, tail_name, tail_type, certainty, time, head_start, head_end, tail_start, tail_end, rule,"
        " inferred) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'asserted', ?, ?, ?, ?, ?, ?, 0)",
        (document, quote, ends[0], ends[0], correction.relation, ends[1], ends[1], head, head_type, tail, tail_type,
         correction.time, *spans[0], *spans[1], FILE),
    )  # fmt: skip
    db.execute(
        "INSERT OR IGNORE INTO changed_edges VALUES (?, ?, ?)", (ends[0], correction.relation, ends[1])
    )
    return at + len(words) + 1


def _is_symmetric(db: sqlite3.Connection, relation: str) -> bool:
    query = "SELECT 1 FROM json_each((SELECT value FROM meta WHERE key = 'symmetric')) WHERE value = ?"
    return db.execute(query, (relation,)).fetchone() is not None


def _in_order(db: sqlite3.Connection, ends: tuple[int, int]) -> tuple[int, int]:
    """The ends of a relation without direction as the merge has them: by the id that each has by itself."""
    one, other = (db.execute("SELECT id FROM identities WHERE n = ?", (n,)).fetchone()[0] for n in ends)
    return (ends[1], ends[0]) if one > other else ends


def _edge(db: sqlite3.Connection, ends: tuple[int, int], relation: str) -> tuple[int, str, int] | None:
    """The key of the edge between two entities, in whichever direction the graph has it if it has none itself."""
    head, tail = ends
    turned = [(tail, relation, head)] if _is_symmetric(db, relation) else []
    for key in [(head, relation, tail), *turned]:
        if db.execute(f"SELECT 1 FROM edges {_BETWEEN}", key).fetchone():
            return key
    return None


def _look(db: sqlite3.Connection, edge: tuple[int, str, int], correction: Correction) -> str:
    """What has become of the sentences that a person saw when she marked an edge wrong."""
    query = f"SELECT DISTINCT q.text FROM statements s JOIN quotes q ON q.n = s.quote {_BETWEEN}"
    there = {text for (text,) in db.execute(query, edge)}
    seen = set(correction.sentences)
    gone, new = sorted(seen - there), sorted(there - seen) if seen else []
    problems = []
    if gone:
        problems.append(f"its sentence is gone: {_cut(gone[0])}")
    if new:
        problems.append(f"a sentence says so that was not there when it was marked: {_cut(new[0])}")
    return "; ".join(problems)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return f"“{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”"
