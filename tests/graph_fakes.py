"""An extractor of a toy language, so that store, graph, queries and pipeline are tested without rules.

A line `谷歌 发布 Gemini 2023-12 ?` is a statement: head, relation, tail, then a time and a `?` that hedges,
both optional; a `-` at the end makes it a denial. A line `谷歌 = Google` makes two names one entity in the
document, the first its fullest; over documents an entity is what has the same normal form. A name may carry
its type: `Gemini/产品`. A line `!` makes the extractor fail.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kg.model import ASSERTED, HEDGED, Document, Entity, Evidence, Extraction, Region, Statement
from kg.ontology import Ontology, RelationType
from kg.store import identifying, packing, writing
from kg.store.identifying import Deciding
from kg.store.normal import normal_form

SYMMETRIC = frozenset({"合作", "竞争"})


def document(doc_id: str, text: str, **known: str) -> Document:
    return Document(id=doc_id, text=text, regions=(Region(0, len(text)),), path=f"{doc_id}.txt", **known)


def extract(read: Document) -> Extraction:
    """What the toy language says in a document."""
    ids: dict[str, str] = {}
    forms: dict[str, tuple[str, list[str]]] = {}

    def mention(word: str) -> tuple[str, str, str]:
        name, _, kind = word.partition("/")
        entity_id = ids.setdefault(name, f"e:{normal_form(name)}")
        kind, names = forms.setdefault(entity_id, (kind or "机构", []))
        if name not in names:
            names.append(name)
        return names[0], kind, entity_id

    statements, denials, at = list[Statement](), list[Statement](), 0
    for line in read.text.splitlines(keepends=True):
        words = line.split()
        if words == ["!"]:
            raise RuntimeError("a bug in the extractor")
        if len(words) == 3 and words[1] == "=":
            ids[words[2]] = mention(words[0])[2]
            mention(words[2])
        elif len(words) >= 3:
            group = denials if words[-1] == "-" else statements
            group.append(_statement(read, line, at, words, mention(words[0]), mention(words[2])))
        at += len(line)
    entities = tuple(Entity(key, names[0], kind, tuple(names)) for key, (kind, names) in forms.items())
    mentions = sum(len(names) for _, names in forms.values())
    return Extraction(read, tuple(statements), entities, mentions, tuple(denials))


def _statement(
    read: Document,
    line: str,
    at: int,
    words: list[str],
    head: tuple[str, str, str],
    tail: tuple[str, str, str],
) -> Statement:
    spans = [(at + line.index(word), at + line.index(word) + len(word)) for word in words[:3]]
    quote = line.rstrip("\n")
    return Statement(
        doc=read.id,
        head=head[0],
        head_type=head[1],
        head_id=head[2],
        relation=words[1],
        tail=tail[0],
        tail_type=tail[1],
        tail_id=tail[2],
        evidence=Evidence(read.id, at, at + len(quote), quote, spans[0], spans[2], spans[1]),
        rule=f"relations/{words[1]}.yaml#1",
        certainty=HEDGED if "?" in words else ASSERTED,
        time=next((word for word in words[3:] if word[0].isdigit()), None),
        qualifiers=tuple(("金额", word[1:]) for word in words[3:] if word[0] == "¥"),
    )


def build(
    path: Path, texts: dict[str, str] | Iterable[Document], deciding: Deciding = identifying.LEAVE_APART
) -> Path:
    """A finished database of some documents, as a build would leave it."""
    read = [document(*item) for item in texts.items()] if isinstance(texts, dict) else texts
    with closing(writing.prepare(path, path, "toy", SYMMETRIC)) as db:
        writer = writing.Writer(db)
        for each in read:
            writer.open_source(each.path, each.id)
            writer.add(packing.pack(extract(each)))
            writer.close_source(0, 0, "", ())
        writer.finish(deciding)
    return path


@dataclass(frozen=True)
class ToyExtractor:
    """What the pipeline asks of an extractor; the file toy.txt stands for the rules."""

    rules_hash: str
    ontology: Ontology

    @classmethod
    def load(cls, rules_dir: Path) -> ToyExtractor:
        rules = (rules_dir / "toy.txt").read_bytes()
        relations = {
            name: RelationType(name, frozenset(), frozenset(), True, "#000000") for name in SYMMETRIC
        }
        return cls(hashlib.sha256(rules).hexdigest(), Ontology({}, relations))

    def extract(self, read: Document) -> Extraction:
        return extract(read)


def note_process(rules_dir: Path) -> ToyExtractor:
    """Writes down which processes load the extractor."""
    with (rules_dir / "processes").open("a") as file:
        file.write(f"{os.getpid()}\n")
    return ToyExtractor.load(rules_dir)


def die_in_workers(rules_dir: Path) -> ToyExtractor:
    """Loads the extractor, but not in a worker process, which ends without a word."""
    if multiprocessing.parent_process() is not None:
        os._exit(9)
    return ToyExtractor.load(rules_dir)
