"""A Cypher script, run here by a reader that knows just the statements it is made of."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import export_graphs
import pytest

from kg.export import cypher
from kg.export.columns import evidence_lines
from kg.export.legal import legal
from kg.export.model import GraphData

NAME = r"`((?:[^`]|``)*)`"
TOKEN = re.compile(
    r"\s*(?:'(?P<text>(?:[^'\\]|\\.)*)'|(?P<number>-?\d+(?:\.\d+)?(?:e-?\d+)?)|(?P<null>null)"
    r"|(?P<key>[a-z_]+):|(?P<mark>[\[\]{},+]))",
    re.DOTALL,
)
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "'": "'", "\\": "\\"}
NODES = re.compile(
    rf"UNWIND (.*) AS row\nMERGE \(n:{NAME} {{id: row.id}}\)\nSET n \+= row.properties", re.DOTALL
)
EDGES = re.compile(
    rf"UNWIND (.*) AS row\nMATCH \(h:{NAME} {{id: row.head}}\)\nMATCH \(t:{NAME} {{id: row.tail}}\)\n"
    rf"MERGE \(h\)-\[r:{NAME} {{edge_id: row.edge_id}}\]->\(t\)\nSET r \+= row.properties",
    re.DOTALL,
)
CONSTRAINT = re.compile(rf"CREATE CONSTRAINT IF NOT EXISTS FOR \(n:{NAME}\) REQUIRE n.id IS UNIQUE")


class Literal:
    """A reader of Cypher's literals: texts, also added up, numbers, null, lists and maps."""

    def __init__(self, source: str) -> None:
        self.source, self.at = source, 0

    def next(self) -> tuple[str, str]:
        found = TOKEN.match(self.source, self.at)
        assert found, self.source[self.at : self.at + 80]
        self.at = found.end()
        return str(found.lastgroup), found[str(found.lastgroup)]

    def peek(self) -> str:
        at = self.at
        kind, text = self.next()
        self.at = at
        return text if kind == "mark" else kind

    def value(self) -> Any:
        kind, text = self.next()
        if kind == "text":
            read = re.sub(r"\\(.)", lambda found: ESCAPES[found[1]], text)
            if self.at < len(self.source) and self.peek() == "+":
                self.next()
                return read + self.value()
            return read
        if kind == "number":
            return float(text) if "." in text else int(text)
        if kind == "null":
            return None
        return self.items("]", self.value) if text == "[" else dict(self.items("}", self.pair))

    def items(self, end: str, read: Any) -> list[Any]:
        items = []
        while self.peek() != end:
            items.append(read())
            if self.peek() == ",":
                self.next()
        self.next()
        return items

    def pair(self) -> tuple[str, Any]:
        kind, key = self.next()
        assert kind == "key"
        return key, self.value()


class Neo4j:
    """What the script leaves behind: constraints, nodes and edges."""

    def __init__(self) -> None:
        self.constraints: set[str] = set()
        self.nodes: dict[tuple[str, str], dict[str, Any]] = {}
        self.edges: dict[tuple[Any, ...], dict[str, Any]] = {}

    def run(self, script: str) -> None:
        comment, _, rest = script.partition("\n")
        assert comment.startswith("// ")
        for statement in filter(None, rest.split(";\n")):
            if found := CONSTRAINT.fullmatch(statement):
                assert not self.nodes or found[1] in self.constraints, "constraints come first"
                self.constraints.add(found[1])
            elif found := NODES.fullmatch(statement):
                assert found[2] in self.constraints
                for row in Literal(found[1]).value():
                    self.nodes.setdefault((found[2], row["id"]), {"id": row["id"]}).update(row["properties"])
            else:
                found = EDGES.fullmatch(statement)
                assert found, statement[:200]
                for row in Literal(found[1]).value():
                    ends = (found[2], row["head"]), (found[3], row["tail"])
                    assert ends[0] in self.nodes
                    assert ends[1] in self.nodes
                    self.edges.setdefault((*ends, found[4], row["edge_id"]), {}).update(row["properties"])


def script(data: GraphData, folder: Path) -> str:
    path = folder / "graph.cypher"
    cypher.write(data, path)
    return path.read_bytes().decode()


@pytest.mark.parametrize("name", ["small", "hostile"])
def test_running_it_twice_gives_the_graph_once(name: str, tmp_path: Path) -> None:
    data = export_graphs.data(getattr(export_graphs, name)())
    source = script(data, tmp_path)
    server = Neo4j()
    server.run(source)
    server.run(source)
    data = legal(data)
    types = {node.id: node.type for node in data.nodes}
    assert set(server.nodes) == {(node.type, node.id) for node in data.nodes}
    for node in data.nodes:
        properties = server.nodes[node.type, node.id]
        assert (properties["name"], properties["aliases"]) == (node.name, list(node.aliases))
        assert properties["degree"] == node.degree
    assert len(server.edges) == len(data.edges)
    for edge in data.edges:
        ends = (types[edge.head], edge.head), (types[edge.tail], edge.tail)
        properties = server.edges[(*ends, edge.relation, edge.id)]
        assert properties["weight"] == edge.weight
        assert properties["certainty"] == edge.certainty
        assert properties["evidence_count"] == edge.evidence_count
        assert properties["evidence"] == evidence_lines(edge.statements)
        assert properties["sources"] == list(edge.sources)
        assert (properties["first_date"], properties["last_date"]) == (edge.first_date, edge.last_date)


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("it's", r"'it\'s'"),
        ("a\\b", r"'a\\b'"),
        ("一\n二\t\r", r"'一\n二\t\r'"),
        ("\\'; DROP", r"'\\\'; DROP'"),
        ("\\u0027", r"'\\' + 'u0027'"),
    ],
)
def test_no_text_ends_its_quotes(text: str, literal: str) -> None:
    assert cypher.quoted(text) == literal
    assert Literal(literal).value() == text


def test_no_name_ends_its_back_quotes() -> None:
    assert cypher.quoted_name("任职") == "`任职`"
    assert cypher.quoted_name("a`) DELETE (b") == "`a``) DELETE (b`"
    assert "\\" not in cypher.quoted_name("\\u0060")


def test_a_large_graph_goes_in_batches(tmp_path: Path) -> None:
    source = script(export_graphs.data(export_graphs.large(300, 1_200)), tmp_path)
    rows = [statement.count("\n  {") for statement in source.split(";\n")]
    assert 0 < max(rows) <= cypher.BATCH
    server = Neo4j()
    server.run(source)
    assert len(server.edges) == 1_200
