"""Graphs to export: a small one, one of hostile names and sentences, and large ones."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import Any

import networkx as nx

from kg.export.model import Colours, GraphData, from_parts
from kg.graph import Parts

COLOURS = Colours(
    {"人物": "#4e79a7", "机构": "#f28e2b", "产品": "#5a4", "地点": "#9c755f"},
    {"任职": "#4e79a7", "离职": "#a0cbe8", "发布": "#ff9d9a", "位于": "#9c755f", "创办": "#f28e2b"},
)

HOSTILE = (
    "</script><script>alert(1)</script>",
    '"quoted" and \'apostrophes\' and `back-quotes`',
    "<img src=x onerror=alert(1)> & &amp; ]]>",
    "two\nlines\r\nand\ttabs",
    "line\u2028separator\u2029paragraph\x85next",
    "right-to-left \u202eevil\u202c \u200fmark",
    "emoji 👩‍🚀🇨🇳 and 𠮷野家",
    "长" * 10_000,
    "control \x00\x01\x0b\x1b[31m characters",
    "half a pair \ud83d of surrogates",
    "no characters \ufffe\uffff at all",
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'=1", "'quoted'",
    "back\\slash \\u0027 \\' \\\\u0041 \\",
    "a;b|c | d,e",
    "javascript:alert(1)",
    "{curly} ${dollar} %percent% #hash",
    "  spaces  around  ",
    "\u3000全角空格\u3000",
    "1234567890123456",
)  # fmt: skip


def said(
    head: str, relation: str, tail: str, quote: str, *, doc: str = "a1", start: int = 0, **more: Any
) -> dict[str, Any]:
    """Return a statement as the graph holds it."""
    date = more.pop("date", None)
    return {
        "doc": doc,
        "head": head,
        "head_type": "人物",
        "relation": relation,
        "tail": tail,
        "tail_type": "机构",
        "head_id": f"e:{head}",
        "tail_id": f"e:{tail}",
        "certainty": "asserted",
        "time": None,
        "qualifiers": {},
        "evidence": {
            "start": start,
            "end": start + len(quote),
            "quote": quote,
            "head": [start, start + len(head)],
            "tail": [start + 5, start + 5 + len(tail)],
            "trigger": None,
        },
        "rule": f"relations/{relation}.yaml#1",
        "inferred": False,
        "title": f"文章{doc}",
        "url": f"https://example.com/{doc}",
        "date": date,
    } | more


def hash_of(statement: dict[str, Any]) -> str:
    """Return an edge id like those of a graph from a database."""
    key = "\x1f".join(statement[part] for part in ("head_id", "relation", "tail_id"))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def add(graph: nx.MultiDiGraph, relation: str, statements: list[dict[str, Any]], **more: Any) -> None:
    """Add an edge with its ends, from what was said of it."""
    first = statements[0]
    for end in ("head", "tail"):
        if first[f"{end}_id"] not in graph:
            name = first[end]
            graph.add_node(first[f"{end}_id"], label=name, type=first[f"{end}_type"], names=[name])
    more = {"edge_id": hash_of(first)} | more
    times = [statement["time"] for statement in statements if statement["time"]]
    graph.add_edge(
        first["head_id"],
        first["tail_id"],
        key=relation,
        **{
            "relation": relation,
            "label": relation,
            "weight": float(len(statements)),
            "symmetric": False,
            "certainty": "asserted",
            "evidence_count": len(statements),
            "sources": sorted({statement["doc"] for statement in statements}),
            "first_date": min(times, default=None),
            "last_date": max(times, default=None),
            "evidence": statements,
        }
        | more,
    )


def small() -> nx.MultiDiGraph:
    """Return five entities; two of them have three relations, one stands at both ends of another."""
    graph = nx.MultiDiGraph()
    first = said(
        "王五", "任职", "甲公司", "王五任甲公司首席执行官。", time="2023", qualifiers={"职务": "首席执行官"}
    )
    second = said(
        "王五", "任职", "甲公司", "甲公司的王五说", doc="a2", start=40, date="2024-05-14", inferred=True
    )
    first["evidence"]["trigger"] = [2, 3]
    add(graph, "任职", [first, second])
    left = said("王五", "离职", "甲公司", "王五或将离开甲公司。", time="2024-05", certainty="hedged")
    add(graph, "离职", [left], certainty="hedged")
    add(graph, "创办", [said("王五", "创办", "甲公司", "王五创办甲公司。", start=90)])
    add(
        graph,
        "发布",
        [said("甲公司", "发布", "星火", "甲公司发布星火。", head_type="机构", tail_type="产品")],
    )
    add(
        graph,
        "位于",
        [said("乙公司", "位于", "北京", "乙公司位于北京。", head_type="机构", tail_type="地点")],
    )
    graph.nodes["e:甲公司"]["names"] = ["甲公司", "甲", "Jia Inc."]
    return graph


def hostile() -> nx.MultiDiGraph:
    """Return a graph whose names, ids, sentences, titles and links are all hostile."""
    graph = nx.MultiDiGraph()
    for number, (head, tail) in enumerate(zip(HOSTILE, HOSTILE[1:] + HOSTILE[:1], strict=True)):
        statement = said(head, "任职", tail, f"{head}…{tail}", doc=f"d{number}{head}", title=head, url=head)
        add(graph, "任职", [statement], sources=[statement["doc"], tail])
        graph.nodes[f"e:{head}"]["names"] = [head, tail, f"{head};{tail}"]
    return graph


def ring(texts: Sequence[str]) -> GraphData:
    """Return a ring of entities with these names, which are the sentences, ids, titles and links, too."""
    graph = nx.MultiDiGraph()
    for number, (head, tail) in enumerate(zip(texts, [*texts[1:], *texts[:1]], strict=True)):
        add(
            graph,
            "任职",
            [said(head, "任职", tail, f"{head}{tail}", doc=f"{number}{head}", title=tail, url=head)],
        )
    return data(graph)


def large(nodes: int, edges: int) -> nx.MultiDiGraph:
    """Return a graph with hubs, as news has, one statement or two an edge."""
    luck = random.Random(7)
    graph = nx.MultiDiGraph()
    count = 0
    while count < edges:
        head, tail = (f"实体{int(nodes * luck.random() ** 2)}" for _ in range(2))
        relation = luck.choice(list(COLOURS.relations))
        if graph.has_edge(f"e:{head}", f"e:{tail}", relation):
            continue
        count += 1
        doc = f"doc{luck.randrange(nodes)}"
        quote = f"这是第{count}句,说的是{head}与{tail}之间有关系,写得长一些,像新闻里的句子那样。"
        more = {"doc": doc, "time": luck.choice([None, "2023", "2024-05-14"])}
        statements = [
            said(head, relation, tail, quote, start=at, **more) for at in range(luck.choice([1, 1, 2]))
        ]
        add(graph, relation, statements)
    return graph


def parts(graph: nx.MultiDiGraph) -> Parts:
    """Return the graph as the database gives it."""
    nodes = {id: {**given, "degree": graph.degree(id)} for id, given in graph.nodes(data=True)}
    return Parts(nodes, list(graph.edges(data=True)))


def data(graph: nx.MultiDiGraph) -> GraphData:
    """Return the graph as exporters are given it."""
    return from_parts(parts(graph), COLOURS)
