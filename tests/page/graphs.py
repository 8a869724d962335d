"""Graphs for the page's tests, made up by counting: the same each time, and nothing in them is news."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from kg.conflicts import Conflict, Side
from kg.export.layout import Placement, place
from kg.export.model import Colours, Edge, GraphData, Node
from kg.store.rows import StatementRow

COLOURS = Colours(
    types={
        "人物": "#4e79a7", "机构": "#f28e2b", "产品": "#59a14f", "技术": "#b07aa1",
        "地点": "#9c755f", "活动": "#e15759", "文献": "#76b7b2", "奖项": "#edc948",
    },
    relations={
        "任职": "#4e79a7", "创办": "#f28e2b", "投资": "#b6992d", "收购": "#e15759", "合作": "#59a14f",
        "竞争": "#d37295", "发布": "#ff9d9a", "研发": "#79706e", "位于": "#9c755f", "参加": "#f1ce63",
    },
)  # fmt: skip
SYMMETRIC = frozenset({"合作", "竞争"})

SURNAMES = "林周苏沈叶秦顾温陆程"
GIVEN = ["知远", "若溪", "明川", "听澜", "予安", "景行", "书遥", "望舒", "怀瑾", "清和"]
PLACES = ["云港", "平川", "东岭", "青屿", "南湾", "北原", "澄江", "临海", "石桥", "白沙"]
TRADES = ["星图", "深蓝", "远山", "启明", "极光", "长风", "微澜", "朗月", "方舟", "晨曦"]
KINDS = ["科技", "智能", "研究院", "实验室", "资本"]

SAID = {
    "任职": ("{h}现任{t}首席科学家,负责基础研究。", "现任"),
    "创办": ("据介绍,{t}由{h}于当年春天创办。", "创办"),
    "投资": ("{h}宣布投资{t},金额未披露。", "投资"),
    "收购": ("知情人士称,{h}或将收购{t}。", "收购"),
    "合作": ("{h}与{t}签署协议,双方将展开合作。", "合作"),
    "竞争": ("在这一领域,{h}和{t}竞争激烈。", "竞争"),
    "发布": ("会上,{h}正式发布{t},现场座无虚席。", "发布"),
    "研发": ("{t}是{h}历时三年研发的产品。", "研发"),
    "位于": ("{h}总部位于{t}高新区。", "位于"),
    "参加": ("{h}的代表参加了{t}并作报告。", "参加"),
}


Names = dict[str, tuple[str, str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the made-up news."""

    head: str
    relation: str
    tail: str
    document: int = 0
    certainty: str = "asserted"
    quote: str = ""
    url: str = ""
    time: str | None = None
    title: str = ""


def build(names: Names, said: list[Said], *, documents: int = 12) -> GraphData:
    """Return the graph of what was `said`; `names` gives each id its name, type and other forms."""
    merged: dict[tuple[str, str, str], list[Said]] = {}
    for each in said:
        merged.setdefault((each.head, each.relation, each.tail), []).append(each)
    edges = [_edge(index, key, merged[key], names, documents) for index, key in enumerate(sorted(merged))]
    degree = dict.fromkeys(names, 0)
    for edge in edges:
        degree[edge.head] += 1
        degree[edge.tail] += 1
    places = _places(sorted(names), edges)
    nodes = []
    for id in sorted(names):
        (name, type, others), at = names[id], places[id]
        nodes.append(Node(id, name, type, (name, *others), degree[id], at.community, at.x, at.y))
    return GraphData(nodes, edges)


def _places(ids: list[str], edges: list[Edge]) -> Mapping[str, Placement]:
    """Return igraph's places, for a big graph a sunflower: what is tested is the page, not the layout."""
    if len(ids) <= 2_000:
        return place(ids, [(edge.head, edge.tail) for edge in edges])
    spots = ((60 * math.sqrt(i), i * 2.399963) for i in range(len(ids)))
    return {
        id: Placement(radius * math.cos(angle), radius * math.sin(angle), i % 40)
        for i, (id, (radius, angle)) in enumerate(zip(ids, spots, strict=True))
    }


def _edge(
    index: int,
    key: tuple[str, str, str],
    group: list[Said],
    names: Names,
    documents: int,
) -> Edge:
    head, relation, tail = key
    statements = tuple(_statement(each, index, names, documents) for each in group)
    dates = sorted({each["date"] for each in statements if each["date"]})
    hedged = all(each.certainty == "hedged" for each in group)
    return Edge(
        id=f"edge{index:05d}", head=head, relation=relation, tail=tail,
        certainty="hedged" if hedged else "asserted", evidence_count=len(statements),
        sources=tuple(sorted({each["doc"] for each in statements})),
        first_date=dates[0] if dates else None, last_date=dates[-1] if dates else None,
        weight=float(len(statements)), statements=statements,
    )  # fmt: skip


def _statement(said: Said, index: int, names: Names, documents: int) -> dict[str, Any]:
    head, tail = names[said.head][0], names[said.tail][0]
    pattern, trigger = SAID.get(said.relation, ("{h}" + said.relation + "{t}。", said.relation))
    quote = said.quote or pattern.format(h=head, t=tail)
    offset = 40 + index
    number = said.document % documents

    def span(text: str) -> list[int] | None:
        at = quote.find(text)
        return [offset + at, offset + at + len(text)] if at >= 0 else [0, len(text)]

    return {
        "doc": f"doc{number:03d}", "head": head, "head_type": names[said.head][1], "head_id": said.head,
        "relation": said.relation, "tail": tail, "tail_type": names[said.tail][1], "tail_id": said.tail,
        "certainty": said.certainty, "time": said.time,
        "qualifiers": {"职务": "首席科学家"} if said.relation == "任职" else {},
        "evidence": {
            "start": offset, "end": offset + len(quote), "quote": quote,
            "head": span(head), "tail": span(tail), "trigger": span(trigger) if trigger in quote else None,
        },
        "rule": f"relations/{said.relation}#1", "inferred": False,
        "title": said.title or f"第{number + 1}期通讯:{PLACES[number % 10]}见闻",
        "url": said.url or f"https://news.example/{number}",
        "date": None if number % 6 == 5 else f"{2023 + number % 2}-{number % 12 + 1:02d}-15",
    }  # fmt: skip


def small() -> GraphData:
    """Return about 60 entities that a test can name: 林知远, 星图科技 and what surrounds them."""
    names: Names = {}
    for i in range(20):
        name = SURNAMES[i % 10] + GIVEN[(i * 3) % 10]
        names[f"p{i:02d}"] = (name, "人物", (f"{name[0]}教授",) if i % 4 == 0 else ())
    for i in range(20):
        name = TRADES[i % 10] + KINDS[(i + i // 10) % 5]
        names[f"o{i:02d}"] = (name, "机构", (f"Star{i}",) if i % 5 == 0 else ())
    for i in range(8):
        names[f"d{i:02d}"] = (f"{TRADES[i]}大模型-{i + 1}", "产品", ())
        names[f"l{i:02d}"] = (f"{PLACES[i]}市", "地点", ())
    names["a00"] = ("云港論壇", "活动", ("云港论坛",))
    names["z00"] = ("重庆仪表厂", "机构", ())
    return build(names, list(_small_talk()))


def _small_talk() -> Iterator[Said]:
    for i in range(20):
        yield Said(f"p{i:02d}", "任职", f"o{i * 7 % 20:02d}", i)
        yield Said(f"o{i:02d}", "位于", f"l{i % 8:02d}", i + 1)
        yield Said(f"o{i:02d}", "合作", f"o{(i * 3 + 1) % 20:02d}", i + 2)
    for i in range(8):
        yield Said(f"o{i:02d}", "发布", f"d{i:02d}", i)
        yield Said(f"o{i:02d}", "发布", f"d{i:02d}", i + 3)
        yield Said(f"o{i + 8:02d}", "收购", f"o{i:02d}", i + 4, "hedged")
    # Five ways to be tied: parallel edges between one person and one company, one of them said three times.
    for document in (0, 1, 3):
        yield Said("p00", "创办", "o00", document)
    yield Said("p00", "投资", "o00", 2)
    yield Said("p00", "合作", "o00", 4, "hedged")
    yield Said("o00", "参加", "a00", 5)
    yield Said("p03", "参加", "a00", 6)


def large(nodes: int, edges: int, *, seed: int = 7) -> GraphData:
    """Return a graph with hubs, as news makes it, of the given size."""
    random = Random(seed)
    names: Names = {}
    kinds = list(COLOURS.types)
    for i in range(nodes):
        name = f"{PLACES[i % 10]}{TRADES[i // 10 % 10]}{KINDS[i // 100 % 5]}{i // 500 or ''}"
        names[f"n{i:05d}"] = (name, kinds[i % len(kinds)], (f"{name[:4]}{i}",) if i % 3 == 0 else ())
    relations = list(SAID)
    targets = [0, 1]
    said = []
    for i in range(edges):
        head = i % nodes
        tail = targets[random.randrange(len(targets))] if random.random() < 0.7 else random.randrange(nodes)
        if head == tail:
            tail = (head + 1) % nodes
        targets += [head, tail]
        certainty = "hedged" if i % 9 == 0 else "asserted"
        for repeat in range(1 + (i % 4 == 0)):
            relation = relations[random.randrange(10)]
            said.append(Said(f"n{head:05d}", relation, f"n{tail:05d}", i + repeat, certainty))
    return build(names, said, documents=max(12, edges // 40))


HOSTILE = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "href",
    "__proto__",
    "constructor",
    "行\u2028断\u2029行",
    "\u202e倒写的名字\u202c",
    "\u200f\u200e",
    "家庭👨‍👩‍👧‍👦与国旗🇨🇳",
    "长" * 10_000,
    "控制\x00\x07字符\x1b[31m",
    "半个\ud83d代理",
    "{{ title }}{% raw %}",
    "<!--<script>",
    "]]>&lt;&amp;",
    '=HYPERLINK("http://evil.example")',
    "'; DROP TABLE nodes; --",
    "#e=edge00000&n=href",
    "a%2Fb?c=d&e",
    "",
]


def hostile() -> GraphData:
    """Return a graph whose names, sentences, titles and addresses try to be more than text."""
    names: Names = {
        f"x{i:02d} {name[:30]}": (name or "∅", "机构" if i % 2 else name[:40] or "人物", (f"别名 {name}",))
        for i, name in enumerate(HOSTILE)
    }
    ids = list(names)
    urls = [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "https://ok.example/?a=<b>&c='\"",
    ]
    said = []
    for i, id in enumerate(ids[1:], start=1):
        relation = "发布" if i % 2 else HOSTILE[i][:40] or "任职"
        quote = f"{names[ids[0]][0]}说🙂:{HOSTILE[i]}{names[id][0]}"
        said.append(Said(ids[0], relation, id, i, quote=quote, url=urls[i % 3], title=HOSTILE[i]))
    return build(names, said)


def contradictory() -> GraphData:
    """Return the small graph, of which an acquisition is said and denied."""
    said = [
        StatementRow(
            doc=doc, head="星图科技", head_type="机构", head_id="o00", relation="收购", tail="重庆仪表厂",
            tail_type="机构", tail_id="z00", certainty="asserted", time=None, qualifiers=(), start=0, end=9,
            quote=quote, head_span=(0, 1), tail_span=(1, 2), trigger_span=None, rule="r", inferred=False,
            title="", url="", date=date, hash=doc,
        )
        for doc, quote, date in (
            ("d1", "星图科技收购了重庆仪表厂。<b>", "2023-05-01"), ("d2", "星图科技否认收购重庆仪表厂。", "2023-06-02"),
        )
    ]  # fmt: skip
    sides = tuple(
        Side(label, each.date, each.date, None, (each,))
        for label, each in zip(
            ("星图科技 收购 重庆仪表厂", "否认 星图科技 收购 重庆仪表厂"), said, strict=True
        )
    )
    return replace(small(), conflicts=(Conflict("denied", "收购", "星图科技 重庆仪表厂", sides),))
