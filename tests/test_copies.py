"""Support counts sources, not copies: reprints and sentences taken over with small edits are one source."""

from __future__ import annotations

from pathlib import Path

import pytest
from graph_fakes import build

from kg.graph import load_graph
from kg.store.copies import independent

FACT = "谷歌 发布 Gemini/产品 2023-12"
PROSE = "".join(f"第{at}段说的是另一件不相干的事情,与前后都没有关系。" for at in range(40))
OTHER = "".join(f"其{at},文章接着谈到天气、交通和城市里的人们。" for at in range(40))
LONG = "12月6日,谷歌首席执行官皮查伊在山景城发布了新一代多模态大模型Gemini"


def sources(path: Path, texts: dict[str, str]) -> tuple[int, int, int]:
    """Sentences, sources, and documents named as sources, of the one edge."""
    ((_, _, edge),) = load_graph(build(path, texts)).edges(data=True)
    return edge["evidence_count"], int(edge["weight"]), len(edge["sources"])


@pytest.mark.parametrize(
    ("texts", "counts"),
    [
        ({"a": f"{FACT}\n{PROSE}", "b": f"{FACT}\n{PROSE.replace('第7段', '第七段')}\n转载"}, (2, 1, 1)),
        ({"a": f"{FACT}\n{PROSE}", "b": f"{FACT}\n{OTHER}"}, (2, 2, 2)),
        ({"a": f"{FACT}\n{PROSE}", "b": f"{FACT}\n{OTHER}", "c": f"{FACT}\n{PROSE}。"}, (3, 2, 2)),
        ({"a": FACT, "b": FACT}, (2, 1, 1)),
        ({"a": FACT, "b": f"{FACT}\n"}, (2, 2, 2)),  # short texts are alike by chance
    ],
)
def test_reprints_are_one_source(tmp_path: Path, texts: dict[str, str], counts: tuple[int, int, int]) -> None:
    assert sources(tmp_path / "graph.db", texts) == counts


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        (
            [
                ("a", f"{LONG}。"),
                ("b", f"{LONG.replace('发布', '推出')}!"),
                ("c", "据报道,Gemini出自谷歌公司旗下的DeepMind实验室之手。"),
            ],
            [0, 0, 2],
        ),
        ([("a", "谷歌发布了Gemini。"), ("b", "谷歌发布了Gemini。")], [0, 1]),
        ([("a", f"{LONG}。"), ("b", "另一句话。"), ("b", LONG), ("c", "再一句话。")], [0, 0, 0, 3]),
        ([], []),
    ],
)
def test_sentences_taken_over_are_one_source(said: list[tuple[str, str]], labels: list[int]) -> None:
    assert independent(said) == labels


@pytest.mark.parametrize("order", ["abc", "cba", "bca"])
def test_a_reprint_that_comes_or_goes_changes_what_it_touches(tmp_path: Path, order: str) -> None:
    texts = {"a": f"{FACT}\n{PROSE}", "b": f"{FACT}\n{PROSE}完", "c": f"{FACT}\n{OTHER}"}
    for doc in order:
        found = sources(tmp_path / "graph.db", {doc: texts[doc]})
    assert found == (3, 2, 2)
    assert sources(tmp_path / "graph.db", {"b": f"{FACT}\n{OTHER[:300]}{PROSE[:300]}"}) == (3, 3, 3)
