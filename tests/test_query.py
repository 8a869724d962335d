"""Questions to a graph: names found as people type them, answers with their evidence, in one fixed order."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from graph_fakes import build, document

from kg import query
from kg.dates import Period, check_date, period
from kg.errors import InputError, NotFoundError

NEWS = {
    "n1": "Open-AI = OpenAI\nOpen-AI 发布 GPT-4/产品 2023-03-14\n"
    "微软 投资 OpenAI 2019 ¥10亿\n微软 投资 OpenAI 2023-01\n",
    "n2": "OpenAI 发布 GPT-4-Turbo/产品 2023-11 ?\nOpenAI 合作 苹果 2024-06\n"
    "苹果 竞争 谷歌\n谷歌 位于 美国/地点\n",
    "n3": "谷歌 发布 Gemini/产品 2023-12-06\n上海交大 合作 上海人工智能实验室\n苹果 发布 100%_满意/产品\n",
}


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    known = {"n2": {"title": "标题二", "url": "https://e.cn/2", "date": "2024-06-10"}}
    path = tmp_path_factory.mktemp("query") / "graph.db"
    return build(path, [document(doc, text, **known.get(doc, {})) for doc, text in NEWS.items()])


@pytest.mark.parametrize(
    "typed",
    ["OpenAI", "openai", "Open AI", "ＯｐｅｎＡＩ", "“open-ai”", "e:openai", "OPEN"],
    ids=["name", "case", "space", "width", "quotes", "id", "part"],
)
def test_an_entity_is_found_as_people_type_it(db: Path, typed: str) -> None:
    assert query.find(db, typed).names == ("Open-AI", "OpenAI")


def test_an_exact_name_wins_over_longer_ones(db: Path) -> None:
    assert query.find(db, "gpt4").name == "GPT-4"
    assert query.find(db, "turbo").name == "GPT-4-Turbo"


def test_a_part_of_several_names_lists_them(db: Path) -> None:
    with pytest.raises(NotFoundError, match="may mean 2 entities") as caught:
        query.find(db, "上海")
    assert caught.value.exit_code == 1
    assert "上海交大" in caught.value.hint and "上海人工智能实验室" in caught.value.hint


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Opan AI", "Open-AI"),
        ("Gemeni", "Gemini"),
        ("上海人工智能研究室", "上海人工智能实验室"),
        ("微硬", "微软"),
    ],
)
def test_an_unknown_name_gets_the_closest(db: Path, typed: str, meant: str) -> None:
    with pytest.raises(NotFoundError, match="no entity is named") as caught:
        query.find(db, typed)
    assert meant in caught.value.hint
    assert caught.value.hint.count("、") < 5


@pytest.mark.parametrize(
    "typed", ["", " ", "。", "zzz", "\x00", '"', "%", "'; DROP TABLE edges; --", "字" * 5000]
)
def test_any_text_is_an_answerable_name(db: Path, typed: str) -> None:
    try:
        query.find(db, typed)
    except NotFoundError as error:
        assert error.hint


def relations_of(found: query.Neighborhood) -> list[tuple[int, str, str, str]]:
    return [
        (each.distance, each.direction, each.shown.edge.relation, each.entity.name)
        for each in found.neighbors
    ]


def test_neighbors_come_with_direction_and_their_best_sentence(tmp_path: Path) -> None:
    path = build(
        tmp_path / "graph.db",
        {"a": "微软 投资 OpenAI ?\n谷歌 合作 OpenAI\n", "b": "微软 投资 OpenAI\nOpenAI 发布 GPT-4/产品\n"},
    )
    found = query.neighbors(path, "openai")
    assert relations_of(found) == [
        (1, "in", "投资", "微软"),
        (1, "out", "发布", "GPT-4"),
        (1, "both", "合作", "谷歌"),
    ]
    assert [each.shown.evidence.doc for each in found.neighbors] == ["b", "b", "a"]


def test_direction_leaves_symmetric_edges_in(db: Path) -> None:
    out = {each.entity.name for each in query.neighbors(db, "苹果", direction="out").neighbors}
    into = {each.entity.name for each in query.neighbors(db, "苹果", direction="in").neighbors}
    assert "100%_满意" in out - into
    assert "谷歌" in out & into


def test_depth_lists_each_edge_once_where_it_is_met(db: Path) -> None:
    found = query.neighbors(db, "谷歌", depth=3)
    edges = [
        (each.shown.edge.head, each.shown.edge.relation, each.shown.edge.tail) for each in found.neighbors
    ]
    assert len(edges) == len(set(edges)) == 8
    assert [each.distance for each in found.neighbors] == sorted(each.distance for each in found.neighbors)


def test_relations_and_limit_narrow_the_answer(db: Path) -> None:
    assert {each[2] for each in relations_of(query.neighbors(db, "谷歌", relations=["发布"]))} == {"发布"}
    assert len(query.neighbors(db, "谷歌", limit=1).neighbors) == 1


@pytest.mark.parametrize(
    ("dates", "tails"),
    [
        ({"since": "2023"}, ["GPT-4", "GPT-4-Turbo", "微软", "苹果"]),
        ({"since": "2023-04"}, ["GPT-4-Turbo", "苹果"]),
        ({"until": "2023"}, ["GPT-4", "GPT-4-Turbo", "微软"]),
        ({"since": "2020", "until": "2022"}, []),
        ({"at": "2019-05"}, ["微软"]),
        ({"since": "2023-03-14", "until": "2023-03"}, ["GPT-4"]),
    ],
)
def test_dates_ask_for_edges_with_a_statement_in_the_period(
    db: Path, dates: dict[str, str], tails: list[str]
) -> None:
    found = query.neighbors(db, "Open AI", **dates)
    assert sorted(each.entity.name for each in found.neighbors) == tails


@pytest.mark.parametrize("bad", ["gestern", "2024-13", "2024-02-30", "24", "2024-1", "二〇二四", ""])
def test_a_date_that_is_none_is_refused(db: Path, bad: str) -> None:
    with pytest.raises(InputError, match="is no date"):
        query.neighbors(db, "谷歌", since=bad)


def test_periods_that_contradict_are_refused() -> None:
    with pytest.raises(InputError, match="comes after"):
        period("2024", "2023")
    with pytest.raises(InputError, match="cannot be combined"):
        period("2023", None, "2024")
    assert period("2024-05", "2024") == Period("2024-05", "2024")
    assert check_date(" 2024-02-29 ") == "2024-02-29"


@pytest.mark.parametrize("bad", [{"direction": "up"}, {"depth": 0}])
def test_impossible_walks_are_refused(db: Path, bad: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        query.neighbors(db, "谷歌", **bad)


def test_a_path_ignores_direction_and_shows_every_edge_of_each_step(db: Path) -> None:
    route = query.path(db, "微软", "Gemini")
    assert [entity.name for entity in route.entities] == ["微软", "Open-AI", "苹果", "谷歌", "Gemini"]
    assert [[shown.edge.relation for shown in step] for step in route.steps] == [
        ["投资"],
        ["合作"],
        ["竞争"],
        ["发布"],
    ]
    assert route.steps[1][0].evidence.title == "标题二"


def test_of_equal_paths_the_same_one_is_taken_whatever_the_order_of_building(tmp_path: Path) -> None:
    texts = {
        "a": "甲 投资 丙\n丙 投资 乙\n",
        "b": "甲 投资 丁\n丁 投资 乙\n",
        "c": "甲 投资 戊\n戊 投资 乙\n",
    }
    forth = build(tmp_path / "1.db", texts)
    back = build(tmp_path / "2.db", dict(reversed(texts.items())))
    assert query.path(forth, "甲", "乙") == query.path(back, "甲", "乙")
    assert [entity.name for entity in query.path(forth, "甲", "乙").entities] == ["甲", "丁", "乙"]


def test_a_long_path_is_as_short_as_a_plain_search_finds(tmp_path: Path) -> None:
    import networkx as nx

    pairs = [(at, (at * 7 + 3) % 60) for at in range(60)] + [(at, at + 1) for at in range(0, 59, 3)]
    path = build(tmp_path / "graph.db", {"a": "".join(f"n{a:02} 投资 n{b:02}\n" for a, b in pairs)})
    graph = nx.Graph(pairs)
    for goal in range(1, 60, 7):
        try:
            steps = len(query.path(path, "n00", f"n{goal:02}").steps)
        except NotFoundError:
            steps = 0
        assert steps == (nx.shortest_path_length(graph, 0, goal) if nx.has_path(graph, 0, goal) else 0)


def test_no_path_and_no_distance_are_told_apart(db: Path) -> None:
    with pytest.raises(NotFoundError, match="no path"):
        query.path(db, "上海交大", "谷歌")
    with pytest.raises(NotFoundError, match="no path"):
        query.path(db, "微软", "Gemini", relations=["投资"])
    with pytest.raises(InputError, match="same entity"):
        query.path(db, "OpenAI", "Open AI")


def test_why_gives_every_statement_in_both_directions(tmp_path: Path) -> None:
    path = build(
        tmp_path / "graph.db", {"b": "甲 投资 乙\n", "a": "乙 起诉 甲 2024\n甲 投资 乙 2023 ¥3亿 ?\n"}
    )
    found = query.why(path, "甲", "乙")
    assert [(each.edge.head_name, each.edge.relation, len(each.statements)) for each in found.edges] == [
        ("乙", "起诉", 1),
        ("甲", "投资", 2),
    ]
    first, second = found.edges[1].statements
    assert (first.doc, first.certainty, first.time, dict(first.qualifiers)) == (
        "a",
        "hedged",
        "2023",
        {"金额": "3亿"},
    )
    assert (second.doc, second.certainty) == ("b", "asserted")


def test_why_without_an_edge_points_to_path(db: Path) -> None:
    with pytest.raises(NotFoundError) as caught:
        query.why(db, "微软", "谷歌")
    assert "kg path" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "entities", "passages"),
    [
        ("gpt-4", {"GPT-4", "GPT-4-Turbo"}, 2),
        ("合作", set(), 2),
        ("苹果 竞争", set(), 1),
        ("100%_", {"100%_满意"}, 1),
        ("人工智能", {"上海人工智能实验室"}, 1),
        ("发布 GPT", set(), 2),
        ("没有的词语", set(), 0),
        ('"', {}, 0),
    ],
)
def test_search_looks_into_names_and_sentences(
    db: Path, text: str, entities: set[str], passages: int
) -> None:
    found = query.search(db, text)
    assert {entity.name for entity in found.entities} == set(entities)
    assert len(found.passages) == passages


def test_a_found_sentence_says_what_it_proves(db: Path) -> None:
    (passage,) = query.search(db, "苹果 竞争").passages
    assert passage.triples == (("苹果", "竞争", "谷歌"),)
    assert (passage.doc, passage.title, passage.date) == ("n2", "标题二", "2024-06-10")
    assert NEWS["n2"][passage.start : passage.end] == passage.quote
    with pytest.raises(InputError):
        query.search(db, "  ")


def test_a_timeline_is_in_order_of_time(db: Path) -> None:
    assert [each.time for each in query.timeline(db, "OpenAI").statements] == [
        "2019", "2023-01", "2023-03-14", "2023-11", "2024-06",
    ]  # fmt: skip
    assert [
        each.time for each in query.timeline(db, "OpenAI", since="2023", relations=["发布"]).statements
    ] == [
        "2023-03-14",
        "2023-11",
    ]


def test_stats_count_the_graph_and_a_period_of_it(db: Path) -> None:
    found = query.stats(db)
    assert (found.documents, found.statements, found.edges, found.hedged) == (3, 10, 9, 1)
    assert (found.entities, found.connected) == (11, 11)
    assert dict(found.relations) == {"发布": 4, "合作": 2, "投资": 1, "竞争": 1, "位于": 1}
    assert dict(found.types)["产品"] == 4 and found.top[0].name == "Open-AI"
    assert (found.first_date, found.last_date) == ("2019", "2024-06")
    assert query.stats(db, since="2024").edges == 1


def test_every_answer_is_json(db: Path) -> None:
    for answer in (
        query.find(db, "谷歌"),
        query.neighbors(db, "谷歌", depth=2),
        query.path(db, "微软", "Gemini"),
        query.search(db, "谷歌"),
        query.why(db, "微软", "OpenAI"),
        query.timeline(db, "OpenAI"),
        query.stats(db),
    ):
        json.dumps(answer.as_json(), ensure_ascii=False)


def test_the_order_of_documents_does_not_show_in_answers(db: Path, tmp_path: Path) -> None:
    known = {"n2": {"title": "标题二", "url": "https://e.cn/2", "date": "2024-06-10"}}
    other = build(
        tmp_path / "graph.db", [document(doc, NEWS[doc], **known.get(doc, {})) for doc in ("n3", "n1", "n2")]
    )
    for path in (db, other):
        assert path.is_file()
    for ask in (
        lambda path: query.neighbors(path, "谷歌", depth=4),
        lambda path: query.search(path, "发布"),
        lambda path: query.why(path, "微软", "OpenAI"),
        lambda path: query.stats(path),
    ):
        assert json.dumps(ask(db).as_json()) == json.dumps(ask(other).as_json())


def test_an_open_connection_serves_many_questions(db: Path) -> None:
    connection = query.open_graph(db)
    assert query.find(connection, "谷歌") == query.find(db, "谷歌")
    connection.close()


@pytest.mark.parametrize("content", [None, b"", b"plain text, no database" * 50])
def test_no_graph_means_build_first(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "graph.db"
    if content is not None:
        path.write_bytes(content)
    for ask in (query.stats, lambda path: query.find(path, "谷歌"), lambda path: query.search(path, "谷歌")):
        with pytest.raises(InputError) as caught:
            ask(path)
        assert caught.value.hint == "run kg build first"


def test_damage_in_the_middle_is_one_clear_error(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    whole = bytearray(db.read_bytes())
    whole[8192:] = b"\x99" * (len(whole) - 8192)
    path.write_bytes(whole)
    with pytest.raises(InputError, match="damaged|no graph database"):
        query.neighbors(path, "谷歌", depth=3)


def test_a_question_imports_nothing_heavy(db: Path) -> None:
    heavy = {"networkx", "pydantic", "rich", "typer", "yaml", "difflib", "hashlib", "kg.model"}
    code = (
        "import sys; from pathlib import Path; from kg import query\n"
        f"query.neighbors(Path({str(db)!r}), 'OpenAI'); print(sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_everything_that_the_package_promises_is_there() -> None:
    assert all(hasattr(query, name) for name in query.__all__)
    assert not hasattr(query, "nothing")
