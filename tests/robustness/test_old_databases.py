"""A graph of any version of the schema is read, and a build goes on from it; databases/ keeps one of each.

After a change of the schema `python tests/robustness/test_old_databases.py SCRATCH` writes the file of the
new version. Those of older versions are never written again.
"""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from graph_fakes import build, document

from kg import query
from kg.store import schema, writing

FOLDER = Path(__file__).parent / "databases"
TEXTS = {
    "n1": "Open-AI = OpenAI\nOpen-AI 发布 GPT-4/产品 2023-03-14\n微软 投资 OpenAI 2019 ¥10亿\n",
    "n2": "苹果 竞争 谷歌\n谷歌 发布 Gemini/产品 2023-12 ?\nOpenAI 合作 苹果 2024-06\n",
}


def kept(version: int) -> Path:
    return FOLDER / f"version-{version}.db.gz"


@pytest.fixture(params=range(1, schema.VERSION + 1))
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A graph as that version of the schema left it."""
    path = tmp_path / "graph.db"
    path.write_bytes(gzip.decompress(kept(request.param).read_bytes()))
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (request.param,)
    return path


def test_an_old_graph_is_lifted_in_a_copy_and_says_what_it_said(old: Path, tmp_path: Path) -> None:
    before = old.read_bytes()
    staged = tmp_path / "staged.db"
    with closing(writing.prepare(staged, old, "toy", frozenset({"合作", "竞争"}))) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        writing.Writer(db).finish()
    assert old.read_bytes() == before
    fresh = build(tmp_path / "fresh.db", [document(*each) for each in TEXTS.items()])
    for name in ("OpenAI", "谷歌", "苹果"):
        assert (
            query.neighbors(staged, name, depth=2).as_json()
            == query.neighbors(fresh, name, depth=2).as_json()
        )
    assert query.search(staged, "投资").as_json() == query.search(fresh, "投资").as_json()
    assert query.stats(staged).as_json() == query.stats(fresh).as_json()
    with closing(sqlite3.connect(staged)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


if __name__ == "__main__":
    made = build(Path(sys.argv[1]) / "graph.db", [document(*each) for each in TEXTS.items()])
    if kept(schema.VERSION).exists():
        raise SystemExit(f"{kept(schema.VERSION)} is there already")
    with made.open("rb") as source, gzip.GzipFile(kept(schema.VERSION), "wb", mtime=0) as target:
        shutil.copyfileobj(source, target)
