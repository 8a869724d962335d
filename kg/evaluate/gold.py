"""Gold folders: what a careful reader says that articles state, one ID.json an article."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.errors import InputError, Place
from kg.model import ASSERTED

Key = tuple[str, str, str]
"""Head entity, relation, tail entity; for a symmetric relation the two ends are in order."""

_NOISE = re.compile(r"[\s\-‐-―_·•・‧.\"'“”‘’「」『』《》<>()（）]+")


def normal_form(name: str) -> str:
    """Return a name without width, case, spaces, hyphens, dots, brackets and quotation marks."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name)).casefold()


@dataclass(frozen=True, slots=True)
class Guide:
    """What the annotation guide says of single relations.

    `siblings` are relations that the relaxed figure takes for one another. A statement of a relation in
    `contained` counts for nothing where the head's name begins with the tail's.
    """

    siblings: frozenset[str] = frozenset(("发布", "研发", "开源"))
    contained: frozenset[str] = frozenset(("隶属",))


class _EntityFile(BaseModel):
    id: str
    type: str = ""
    name: str
    aliases: list[str] = []


class _TripleFile(BaseModel):
    model_config = ConfigDict(extra="allow")

    head: str
    relation: str
    tail: str
    evidence: str = ""
    certainty: str = ASSERTED
    scope: str = ""
    time: str | None = None
    role: str | None = Field(None, alias="职务")


class _ArticleFile(BaseModel):
    id: str
    entities: list[_EntityFile]
    triples: list[_TripleFile]


@dataclass(frozen=True, slots=True)
class GoldTriple:
    """One triple of the gold with its qualifiers; `head` and `tail` are names."""

    head: str
    relation: str
    tail: str
    evidence: str
    scope: str
    certainty: str
    time: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """The gold of one article: its triples, and its entities by the normal form of each of their names."""

    id: str
    triples: Mapping[Key, GoldTriple]
    names: Mapping[str, frozenset[str]]

    def entities(self, name: str, *, relaxed: bool) -> frozenset[str]:
        """Return the ids of the entities that a name means; relaxed, also by a longer or a shorter name."""
        wanted = normal_form(name)
        found = self.names.get(wanted, frozenset())
        if not relaxed or found or len(wanted) < 2:
            return found
        near = [
            ids
            for alias, ids in self.names.items()
            if len(alias) > 1 and (alias in wanted or wanted in alias)
        ]
        return frozenset().union(*near)


def load(folder: Path, symmetric: Collection[str], only: Collection[str] = ()) -> dict[str, GoldArticle]:
    """Return the articles of a gold folder by id, or those of the ids `only`.

    Raises InputError where there is no such folder, no gold in it, or a file that is none.
    """
    if not folder.is_dir():
        raise InputError("is no folder", place=Place(folder), hint="give the folder that holds ID.json files")
    articles = [_article(path, symmetric) for path in sorted(folder.glob("*.json"))]
    found = {article.id: article for article in articles if not only or article.id in only}
    if not found:
        raise InputError("holds no gold files", place=Place(folder), hint="gold is one ID.json an article")
    return found


def key(head: str, relation: str, tail: str, symmetric: Collection[str]) -> Key:
    """Return the key of a triple between two entities."""
    return (tail, relation, head) if relation in symmetric and head > tail else (head, relation, tail)


def entities(folder: Path) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Return the entities of each article of a gold folder: their type and their names, the fullest first.

    Raises InputError where there is no such folder, or a file in it is no gold.
    """
    if not folder.is_dir():
        raise InputError("is no folder", place=Place(folder), hint="give the folder that holds ID.json files")
    articles = map(_parse, sorted(folder.glob("*.json")))
    return {
        article.id: [(each.type, (each.name, *each.aliases)) for each in article.entities]
        for article in articles
    }


def _parse(path: Path) -> _ArticleFile:
    try:
        return _ArticleFile.model_validate_json(path.read_text(encoding="utf-8-sig"))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(
            f"is no gold file: {where}: {first['msg']}", place=Place(path), hint="see docs/rules.md"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", place=Place(path)) from error


def _article(path: Path, symmetric: Collection[str]) -> GoldArticle:
    data = _parse(path)
    names: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, str] = {}
    for entity in data.entities:
        labels[entity.id] = entity.name
        for name in (entity.name, *entity.aliases):
            names[normal_form(name)].add(entity.id)
    triples: dict[Key, GoldTriple] = {}
    for item in data.triples:
        triple = GoldTriple(
            labels.get(item.head, item.head),
            item.relation,
            labels.get(item.tail, item.tail),
            item.evidence,
            item.scope,
            item.certainty,
            item.time,
            item.role,
        )
        triples.setdefault(key(item.head, item.relation, item.tail, symmetric), triple)
    return GoldArticle(data.id, triples, {name: frozenset(ids) for name, ids in names.items()})
