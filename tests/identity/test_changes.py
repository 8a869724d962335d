"""A graph that came about by any sequence of changes is, to the row, the one that is built at once."""

from __future__ import annotations

import random
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest

from kg.errors import Place
from kg.ontology import Kinds
from kg.resolve.decisions import Decisions
from kg.resolve.identities import deciding
from kg.rules.corrections import NONE, Correction, Corrections
from kg.rules.schema import MergeFile
from kg.store import writing
from kg.store.packing import PackedDocument, PackedStatement

DECIDING = deciding(
    Decisions(
        MergeFile.model_validate(
            {
                "must": [["蓝鲸", "虎鲸科技"]],
                "never": [["凌霄", "凌霄电子"]],
                "homonyms": {"王伟": {"华为": ["华为"]}},
                "short": {"大学": ["大"]},
            }
        ),
        ["Turbo"],
        ["有限公司"],
        Kinds(person=frozenset(("人物",)), product=frozenset(("产品",))),
    )
)
# (id, type, names): spelt alike, explained, shared, of two types, parts of names, decided by a person.
THINGS = (
    ("机构:OpenAI", "机构", (("OpenAI", "OpenAI", "lexicon"),)),
    ("机构:openai", "机构", (("openai", "", ""),)),
    ("产品:openai", "产品", (("OpenAI", "", ""), ("Open AI", "OpenAI", "spelling"))),
    ("机构:蔚蓝学会", "机构", (("蔚蓝学会", "", ""), ("蔚会", "蔚蓝学会", "bracket"))),
    ("机构:蔚会", "机构", (("蔚会", "", ""),)),
    ("机构:蔚县会", "机构", (("蔚县会", "", ""), ("蔚会", "蔚县会", "bracket"))),
    ("机构:凌霄", "机构", (("凌霄", "", ""),)),
    ("机构:凌霄电子", "机构", (("凌霄电子", "", ""), ("凌霄", "凌霄电子", "short form"))),
    ("机构:蓝鲸", "机构", (("蓝鲸", "", ""),)),
    ("机构:虎鲸科技有限公司", "机构", (("虎鲸科技有限公司", "", ""),)),
    ("机构:虎鲸科技", "机构", (("虎鲸科技", "", ""), ("虎鲸", "虎鲸科技", "short form"))),
    ("机构:清溪大学", "机构", (("清溪大学", "", ""),)),
    ("机构:清溪大", "机构", (("清溪大", "", ""),)),
    ("人物:山姆·奥特曼", "人物", (("山姆·奥特曼", "", ""), ("奥特曼", "山姆·奥特曼", "part of the name"))),
    ("人物:奥特曼", "人物", (("奥特曼", "", ""),)),
    ("人物:杰克·奥特曼", "人物", (("杰克·奥特曼", "", ""), ("老奥", "杰克·奥特曼", "bracket"))),
    ("人物:老奥", "人物", (("老奥", "", ""),)),
    ("人物:王伟", "人物", (("王伟", "", ""),)),
    ("人物:王伟@华为", "人物", (("王伟", "", ""),)),
)
CORRECTED = Corrections(
    (
        Correction("wrong", "机构:蔚会", "合作", "机构:凌霄", Place("c.yaml")),
        Correction("add", "机构:新来者", "投资", "机构:OpenAI", Place("c.yaml")),
    ),
    "hash",
)
ANSWERS = (
    "SELECT i.id, e.id, i.name, i.of, i.why FROM identities i JOIN entities e ON e.n = i.entity ORDER BY 1",
    "SELECT * FROM doubts ORDER BY 1, 2, 3",
    "SELECT id, name, type, names, documents, degree FROM entities ORDER BY id",
    "SELECT e.id, a.name, a.norm, a.documents FROM names a JOIN entities e ON e.n = a.entity ORDER BY 1, 2",
    "SELECT id, origin FROM documents ORDER BY id",
    "SELECT h.id, relation, t.id, symmetric, certainty, evidence_count, sources, weight, first_date, last_date,"
    " ended, correction FROM edges JOIN entities h ON h.n = head JOIN entities t ON t.n = tail ORDER BY 1, 2, 3",
    "SELECT h.id, relation, t.id, evidence_count FROM rejected JOIN entities h ON h.n = head"
    " JOIN entities t ON t.n = tail ORDER BY 1, 2, 3",
    "SELECT doc, head_id, relation, tail_id, quote, head_start, tail_start FROM said ORDER BY 1, 2, 3, 4, 5, 6, 7",
    "SELECT m.point, i.id, m.joins FROM meetings m JOIN identities i ON i.n = m.identity ORDER BY 1, 2, 3",
    "SELECT b.band, d.id FROM bands b JOIN documents d ON d.n = b.document ORDER BY 1, 2",
    "SELECT kind, head, relation, tail, problem FROM corrections ORDER BY 1, 2, 3, 4",
    *(f"SELECT * FROM changed_{name}" for name in ("edges", "entities", "identities", "documents", "bands")),
)


def packed(chance: random.Random, name: str) -> PackedDocument:
    """An article about some of the things; some articles are reprints of others."""
    things = (THINGS[0], THINGS[3], *chance.sample(THINGS[4:], 4))
    quotes = tuple((at * 40, at * 40 + 30, f"第{chance.randrange(2)}句话说得很长，" * 4) for at in range(2))
    said = []
    for at in range(chance.randrange(6)):
        head, tail = chance.choice((chance.sample(range(len(things)), 2), (0, 1)))
        said.append(
            PackedStatement(
                at % 2,
                head,
                chance.choice(("合作", "投资", "退出")),
                tail,
                things[head][2][0][0],
                things[head][1],
                things[tail][2][0][0],
                things[tail][1],
                chance.choice(("asserted", "hedged")),
                chance.choice((None, "2023", "2024-05")),
                None,
                at,
                at + 1,
                at + 5,
                at + 6,
                None,
                None,
                "rule",
                False,
            )  # fmt: skip
        )
    alike = struct.pack(
        "<64I", *(at if chance.random() < 0.85 else chance.getrandbits(32) for at in range(64))
    )
    mark = f"{chance.getrandbits(64):016x}"
    return PackedDocument(
        name, "", "", None, mark, mark, 500, 6, things, quotes, tuple(said), chance.choice((alike, b""))
    )  # fmt: skip


def write(path: Path, documents: dict[str, PackedDocument], gone: set[str], corrections: Corrections) -> None:
    """Brings the database at `path` up to date with some documents, one a file."""
    with closing(writing.prepare(path, path, "toy", frozenset(("合作",)), (("退出", "投资"),))) as db:
        writer = writing.Writer(db)
        for name in sorted(gone):
            writer.remove_source(name)
        for name, document in documents.items():
            writer.open_source(name, name)
            writer.add(document)
            writer.close_source(0, 0, "", ())
        writer.finish(DECIDING, corrections)


def answers(path: Path) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as db:
        return [db.execute(query).fetchall() for query in ANSWERS]


@pytest.mark.parametrize("seed", range(6))
def test_any_changes_leave_what_a_build_at_once_does(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path, present, corrections = tmp_path / "graph.db", dict[str, PackedDocument](), NONE
    for step in range(10):
        changed = {name: packed(chance, name) for name in chance.sample("abcdefgh", chance.randrange(1, 4))}
        gone = {name for name in present if chance.random() < 0.15} - changed.keys()
        corrections = chance.choice((NONE, corrections, CORRECTED))
        present = {name: each for name, each in present.items() if name not in gone} | changed
        write(path, changed, gone, corrections)
        whole = tmp_path / f"whole-{step}.db"
        write(whole, dict(sorted(present.items())), set(), corrections)
        for query, ours, theirs in zip(ANSWERS, answers(path), answers(whole), strict=True):
            assert ours == theirs, (step, query)
