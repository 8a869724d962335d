"""The database: what goes in comes out merged, bit by bit as well as at once; strangers are refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from graph_fakes import SYMMETRIC, build, document, extract

from kg.errors import InputError
from kg.store import folder, packing, schema, writing
from kg.store.identifying import Deciding, FormRow, Identified, Meeting, Merged
from kg.store.normal import normal_form
from kg.store.reading import EVERYTHING, edges_with_evidence, entities, open_graph

FIRST = "谷歌 = Google\n谷歌 发布 Gemini/产品 2023-12\nGoogle 投资 Anthropic ?\n"
SECOND = "Google 发布 Gemini/产品 2024\nGoogle 合作 Anthropic\n"
THIRD = "Anthropic 合作 Google\nAnthropic 投资 谷歌 2022-05-01 ¥3亿\n谷歌 投资 Anthropic\n"


def rows(path: Path) -> list[object]:
    """All that the database says, without row numbers."""
    with closing(open_graph(path)) as db:
        numbers = [number for (number,) in db.execute("SELECT n FROM entities")]
        names = db.execute(
            "SELECT e.id, a.name, a.norm, a.documents FROM names a JOIN entities e ON e.n = a.entity"
            " ORDER BY 1, 2"
        )
        return [
            list(entities(db, numbers).values()),
            list(edges_with_evidence(db, EVERYTHING)),
            names.fetchall(),
            db.execute("SELECT id, hash, mentions FROM documents ORDER BY id").fetchall(),
            db.execute("SELECT text FROM quotes ORDER BY text").fetchall(),
        ]


def edge(path: Path, relation: str, head: str = "") -> object:
    with closing(open_graph(path)) as db:
        found = [each for each, _ in edges_with_evidence(db, EVERYTHING) if each.relation == relation]
    (one,) = [each for each in found if not head or each.head_name == head]
    return one


def test_packed_statements_come_back_equal() -> None:
    extraction = extract(document("a", FIRST + THIRD))
    assert tuple(packing.unpack(packing.pack(extraction))) == extraction.statements


def test_statements_of_one_triple_become_one_edge(tmp_path: Path) -> None:
    path = build(tmp_path / "graph.db", {"a": FIRST, "b": "谷歌 发布 Gemini/产品 2024\n谷歌 发布 Gemini ?\n"})
    found = edge(path, "发布")
    assert (found.evidence_count, found.sources, found.certainty) == (3, 2, "asserted")
    assert (found.first_date, found.last_date) == ("2023-12", "2024")


def test_copies_of_one_text_count_as_one_source(tmp_path: Path) -> None:
    found = edge(build(tmp_path / "graph.db", {"a": FIRST, "b": FIRST}), "发布")
    assert (found.evidence_count, found.sources, found.weight) == (2, 1, 1.0)


def test_an_edge_is_hedged_only_if_all_its_statements_are(tmp_path: Path) -> None:
    assert edge(build(tmp_path / "1.db", {"a": "甲 投资 乙 ?\n"}), "投资").certainty == "hedged"
    assert edge(build(tmp_path / "2.db", {"a": "甲 投资 乙 ?\n甲 投资 乙\n"}), "投资").certainty == "asserted"


def test_symmetric_relations_have_one_edge_and_its_evidence_points_the_same_way(tmp_path: Path) -> None:
    path = build(tmp_path / "graph.db", {"b": SECOND, "c": THIRD})
    with closing(open_graph(path)) as db:
        ((found, said),) = [
            pair for pair in edges_with_evidence(db, EVERYTHING) if pair[0].relation == "合作"
        ]
    assert found.symmetric and found.head == "e:anthropic" and found.evidence_count == 2
    for each in said:
        start, end = each.head_span
        assert each.head_id == found.head and each.quote[start - each.start : end - each.start] == "Anthropic"


def test_the_name_that_most_documents_lead_with_is_shown(tmp_path: Path) -> None:
    path = build(
        tmp_path / "graph.db",
        {"a": "Open-AI = 开放智能\nOpen-AI 投资 甲\n", "b": "OpenAI 投资 甲\n", "c": "OpenAI 投资 甲\n"},
    )
    with closing(open_graph(path)) as db:
        shown = {each.id: each.names for each in entities(db, range(1, 9)).values()}
    assert shown == {"e:openai": ("OpenAI", "Open-AI", "开放智能"), "e:甲": ("甲",)}


@pytest.mark.parametrize("order", [("a", "b", "c"), ("c", "b", "a"), ("b", "a", "c")])
def test_adding_changing_and_removing_equals_building_at_once(tmp_path: Path, order: tuple[str, ...]) -> None:
    texts = {"a": FIRST, "b": SECOND, "c": THIRD}
    path = tmp_path / "graph.db"
    for doc in order:  # first with other words, then one by one as they should be
        build(path, {doc: f"旧闻 发布 {doc}\n谷歌 投资 Anthropic\n"})
    with closing(writing.prepare(path, path, "toy", SYMMETRIC)) as db:
        writer = writing.Writer(db)
        writer.open_source("gone.txt", "gone")
        writer.add(packing.pack(extract(document("gone", "甲 收购 乙\n"))))
        writer.close_source(0, 0, "", ())
        writer.finish()
    with closing(writing.prepare(path, path, "toy", SYMMETRIC)) as db:
        writer = writing.Writer(db)
        writer.remove_source("gone.txt")
        writer.finish()
    for doc in order:
        build(path, {doc: texts[doc]})
    assert rows(path) == rows(build(tmp_path / "whole.db", texts))
    with closing(open_graph(path)) as db:
        assert db.execute("SELECT count(*) FROM sources").fetchone() == (3,)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with closing(sqlite3.connect(path)) as db:
        db.execute("INSERT INTO quotes_fts (quotes_fts, rank) VALUES ('integrity-check', 1)")
        db.execute("INSERT INTO names_fts (names_fts, rank) VALUES ('integrity-check', 1)")


NAMES = ("谷歌", "Google", "阿尔法")


def one_of(rows: Iterable[FormRow]) -> Identified:
    numbers = sorted({(row.id, row.identity) for row in rows if row.name in NAMES})
    (_, root), *others = numbers or [("", 0)]
    return Identified(tuple(Merged(number, root, "谷歌", "谷歌", "toy") for _, number in others))


one_by_name = Deciding(
    one_of, lambda rows: (Meeting(row.identity, "谷歌", joins=True) for row in rows if row.name in NAMES)
)
"""The toy decision: what any document calls 谷歌 is one; merged."""


@pytest.mark.parametrize("order", [("a", "b", "c"), ("c", "b", "a"), ("b", "c", "a")])
def test_merged_identities_give_the_same_graph_bit_by_bit(tmp_path: Path, order: tuple[str, ...]) -> None:
    texts = {
        "a": "Google 合作 阿尔法\nGoogle 发布 Gemini/产品 2023\n",
        "b": "谷歌 发布 Gemini/产品 2024\n乙 合作 谷歌\n",
        "c": "阿尔法 投资 乙\n",
    }
    path = build(tmp_path / "graph.db", {order[0]: texts[order[0]]}, one_by_name)
    for doc in order[1:]:
        build(path, {doc: texts[doc]}, one_by_name)
    assert rows(path) == rows(build(tmp_path / "whole.db", texts, one_by_name))
    found = edge(path, "发布")
    assert (found.head_name, found.evidence_count) == ("阿尔法", 2)
    with closing(open_graph(path)) as db:  # what merging made a thing say of itself is no edge
        assert [(each.head_name, each.tail_name) for each, _ in edges_with_evidence(db, EVERYTHING)
                if each.relation == "合作"] == [("阿尔法", "乙")]  # fmt: skip
    for doc in order:  # and back again, when nothing is merged any more
        build(path, {doc: texts[doc] + "丙 投资 丁\n"})
    apart = build(tmp_path / "apart.db", {doc: text + "丙 投资 丁\n" for doc, text in texts.items()})
    assert rows(path) == rows(apart)


def test_an_unchanged_document_of_a_changed_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    with closing(writing.prepare(path, path, "toy", SYMMETRIC)) as db:
        writer = writing.Writer(db)
        writer.open_source("many.jsonl", "many")
        for doc, text in (("a", FIRST), ("b", SECOND)):
            writer.add(packing.pack(extract(document(doc, text))))
        writer.close_source(0, 0, "", ())
        writer.finish()
    fingerprint = packing.fingerprint(document("b", SECOND))
    with closing(writing.prepare(path, path, "toy", SYMMETRIC)) as db:
        writer = writing.Writer(db)
        writer.open_source("many.jsonl", "many")
        writer.keep(fingerprint)
        with pytest.raises(LookupError):
            writer.keep(fingerprint)
        assert not writer.changed
        writer.close_source(0, 0, "", ())
        assert writer.changed
        writer.finish()
    with closing(open_graph(path)) as db:
        assert db.execute("SELECT id, ordinal FROM documents").fetchall() == [("b", 0)]


def test_other_rules_start_from_nothing(tmp_path: Path) -> None:
    path = build(tmp_path / "graph.db", {"a": FIRST})
    with closing(writing.prepare(tmp_path / "new.db", path, "other rules", SYMMETRIC)) as db:
        assert writing.source_states(db) == {}


def test_an_unfinished_build_is_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "staged.db"
    with closing(writing.prepare(path, tmp_path / "graph.db", "toy", SYMMETRIC)) as db:
        writer = writing.Writer(db)
        writer.open_source("a.txt", "a")
        writer.add(packing.pack(extract(document("a", FIRST))))
        writer.close_source(1, 2, "h", ())
        writer.commit()
        writer.open_source("b.txt", "b")
        writer.add(packing.pack(extract(document("b", SECOND))))
    with closing(writing.prepare(path, tmp_path / "graph.db", "toy", SYMMETRIC)) as db:
        assert list(writing.source_states(db)) == ["a.txt"]


def test_a_finished_database_is_one_file(tmp_path: Path) -> None:
    build(tmp_path / "graph.db", {"a": FIRST})
    assert [path.name for path in tmp_path.iterdir()] == ["graph.db"]


def test_a_newer_schema_is_refused_in_one_sentence_by_readers_and_builds(tmp_path: Path) -> None:
    path = build(tmp_path / "graph.db", {"a": FIRST})
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(InputError, match="version 99, newer than"):
        open_graph(path)
    with pytest.raises(InputError, match="version 99, newer than"):
        writing.prepare(tmp_path / "staged.db", path, "toy", SYMMETRIC)


def test_an_older_schema_is_lifted_in_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = build(tmp_path / "graph.db", {"a": FIRST})
    before = path.read_bytes()
    old = schema.VERSION
    monkeypatch.setattr(schema, "VERSION", old + 1)
    monkeypatch.setitem(schema.MIGRATIONS, old, lambda db: db.execute("CREATE TABLE fresh (n)"))
    with pytest.raises(InputError, match="of an older kg"):
        open_graph(path)
    with closing(writing.prepare(tmp_path / "staged.db", path, "toy", SYMMETRIC)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (old + 1,)
        assert db.execute("SELECT count(*) FROM fresh").fetchone() == (0,)
    assert path.read_bytes() == before


def test_a_failed_migration_leaves_the_copy_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE half (n)")
        raise sqlite3.OperationalError("disk full")

    path = build(tmp_path / "graph.db", {"a": FIRST})
    old = schema.VERSION
    monkeypatch.setattr(schema, "VERSION", old + 1)
    monkeypatch.setitem(schema.MIGRATIONS, old, fail)
    with closing(sqlite3.connect(path)) as db:
        with pytest.raises(sqlite3.OperationalError):
            schema.migrate(db, old)
        assert db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").fetchone() == (0,)
        assert db.execute("PRAGMA user_version").fetchone() == (old,)


@pytest.mark.parametrize("content", [b"", b"no database at all, but long enough to have a header" * 9])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "graph.db"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        open_graph(path)
    assert caught.value.hint == "run kg build first"


def test_a_strangers_database_is_neither_read_nor_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE theirs (n)")
    for attempt in (
        lambda: open_graph(path),
        lambda: writing.prepare(tmp_path / "s.db", path, "toy", SYMMETRIC),
    ):
        with pytest.raises(InputError, match="not a graph database of kg"):
            attempt()


def test_a_missing_database_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        open_graph(tmp_path / "graph.db")
    assert caught.value.hint == "run kg build first"


def test_a_second_build_into_one_folder_is_refused(tmp_path: Path) -> None:
    with (
        folder.exclusive(tmp_path / "out"),
        pytest.raises(InputError, match="another build"),
        folder.exclusive(tmp_path / "out"),
    ):
        pass
    with folder.exclusive(tmp_path / "out"):
        pass


def test_an_unwritable_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot write"), folder.exclusive(tmp_path / "file"):
        pass


def test_files_change_places_together_even_after_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moves = []
    replace = Path.replace

    def die_at_the_third(self: Path, target: Path) -> Path:
        moves.append(target.name)
        if len(moves) == 3:
            raise KeyboardInterrupt
        return replace(self, target)

    with folder.exclusive(tmp_path):
        for name in ("graph.db", "graph.html"):
            (tmp_path / name).write_text("old")
            folder.staged(tmp_path, name).write_text("new")
        monkeypatch.setattr(Path, "replace", die_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            folder.publish(tmp_path, ["graph.db", "graph.html"])
        monkeypatch.undo()
        folder.clear(tmp_path)
    assert (tmp_path / "graph.html").read_text() == "old"
    with folder.exclusive(tmp_path):
        folder.clear(tmp_path)
    assert [(tmp_path / name).read_text() for name in ("graph.db", "graph.html")] == ["new", "new"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != ".kg-lock") == [
        "graph.db",
        "graph.html",
    ]


@pytest.mark.parametrize("name", ["GPT-4o", "gpt 4O", "ＧＰＴ－４ｏ", "“GPT·4o”", "G.P.T.4o"])
def test_names_compare_without_width_case_and_punctuation(name: str) -> None:
    assert normal_form(name) == "gpt4o"


def test_a_name_of_punctuation_keeps_it() -> None:
    assert normal_form("...") == "..."


def test_every_table_and_column_is_documented(tmp_path: Path) -> None:
    documented = (Path(__file__).parents[1] / "docs" / "store.md").read_text(encoding="utf-8")
    with closing(open_graph(build(tmp_path / "graph.db", {"a": FIRST}))) as db:
        tables = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT GLOB '*_fts_*'"
        for (table,) in db.execute(tables).fetchall():
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] != "n"]
            assert not [name for name in (table, *columns) if f"`{name}`" not in documented]


def test_the_documented_queries_run(tmp_path: Path) -> None:
    documented = (Path(__file__).parents[1] / "docs" / "store.md").read_text(encoding="utf-8")
    queries = documented.split("```sql\n")[1].split("```")[0].split(";\n")
    with closing(open_graph(build(tmp_path / "graph.db", {"a": "王 任职 OpenAI\n"}))) as db:
        assert [len(db.execute(query).fetchall()) for query in queries if query.strip()] == [1, 1, 1]
