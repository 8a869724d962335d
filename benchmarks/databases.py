"""A database of made-up companies, as large as is wanted."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

from kg.model import Document, Entity, Evidence, Extraction, Region, Statement
from kg.rules import ruleset
from kg.store import packing, writing

_AN_ARTICLE = 50


def write_database(path: Path, edges: int) -> None:
    """Write a database with so many edges between a fifth as many companies."""
    chance = random.Random(3)
    companies = max(2, edges // 5)
    symmetric = ruleset.load_ontology(ruleset.shipped()).symmetric
    with closing(writing.prepare(path, path, "benchmark", symmetric)) as db:
        writer = writing.Writer(db)
        for number in range(edges // _AN_ARTICLE):
            pairs = [(chance.randrange(companies), chance.randrange(companies)) for _ in range(_AN_ARTICLE)]
            writer.open_source(f"{number}.txt", str(number))
            writer.add(packing.pack(_article(str(number), pairs)))
            writer.close_source(0, 0, "", ())
        writer.finish()


def _article(name: str, pairs: list[tuple[int, int]]) -> Extraction:
    text = "".join(f"公司{a}投资公司{b}。" for a, b in pairs)
    statements: list[Statement] = []
    start = 0
    for a, b in pairs:
        quote, head, tail = f"公司{a}投资公司{b}。", f"公司{a}", f"公司{b}"
        evidence = Evidence(
            name, start, start + len(quote), quote,
            (start, start + len(head)), (start + len(head) + 2, start + len(quote) - 1),
        )  # fmt: skip
        statements.append(
            Statement(
                name,
                head,
                "机构",
                f"机构:{head}",
                "投资",
                tail,
                "机构",
                f"机构:{tail}",
                evidence,
                "投资/及物",
            )
        )
        start += len(quote)
    found = {said.head_id: said.head for said in statements} | {
        said.tail_id: said.tail for said in statements
    }
    entities = tuple(Entity(key, own, "机构", (own,)) for key, own in found.items())
    return Extraction(
        Document(name, text, (Region(0, len(text)),)), tuple(statements), entities, 2 * len(pairs)
    )
