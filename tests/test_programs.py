"""Programs ask the graph: by Python, and by the Model Context Protocol over standard input and output."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from calling import ROOT, Kg
from graph_fakes import build

from kg import open_graph
from kg.errors import InputError, NotFoundError

TEXTS = {"a": "谷歌 发布 Gemini/产品 2023-12\n微软 投资 OpenAI 2019\nOpenAI 发布 GPT-4o/产品 2024-05-13\n"}
Answers = dict[str, tuple[bool, Any, str]]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("graph") / "graph.db", TEXTS)


def test_the_methods_answer_with_evidence(db: Path) -> None:
    with open_graph(db) as graph:
        (found,) = graph.neighbors("OpenAI", relations=["发布"]).neighbors
        assert (found.entity.name, found.shown.evidence.doc) == ("GPT-4o", "a")
        assert [each.name for each in graph.path("微软", "gpt4o").entities] == ["微软", "OpenAI", "GPT-4o"]
        assert graph.why("微软", "OpenAI").edges[0].statements[0].quote == "微软 投资 OpenAI 2019"
        assert [said.time for said in graph.timeline("OpenAI").statements] == ["2019", "2024-05-13"]
        assert graph.entity("openai").names == ("OpenAI",) == graph.identity("OpenAI").entity.names
        assert (
            len(graph.search("发布").passages) == graph.to_networkx(relations=["发布"]).number_of_edges() == 2
        )
        assert graph.stats(since="2024").edges == 1 and graph.conflicts() == ()
        assert not graph.diff(graph)
        with pytest.raises(NotFoundError, match="no entity is named"):
            graph.neighbors("没有")
        with pytest.raises(InputError, match="is no date"):
            graph.stats(at="去年")
    with pytest.raises(InputError, match="there is no graph here"):
        open_graph(db.with_name("none.db"))


def test_the_documented_methods_are_those_there_are() -> None:
    from kg.api import Graph

    documented = set(re.findall(r"^\| `(\w+)\(", (ROOT / "docs/api.md").read_text(encoding="utf-8"), re.M))
    assert documented == {name for name in vars(Graph) if not name.startswith("_")} - {"close"}


def test_importing_the_package_is_cheap() -> None:
    code = "import kg, sys; assert not {'kg.api', 'kg.query', 'sqlite3', 'networkx'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_an_assistant_asks_over_a_pipe_and_can_cite_sentences(db: Path) -> None:
    from mcp import ClientSession  # takes a second: not when tests are collected
    from mcp.client.stdio import StdioServerParameters, stdio_client

    async def talk() -> tuple[list[Any], Answers]:
        command = ["-m", "kg", "serve", "--mcp", "--db", str(db)]
        server = StdioServerParameters(command=sys.executable, args=command, env={"PYTHONPATH": str(ROOT)})
        answers: Answers = {}
        async with stdio_client(server) as streams, ClientSession(*streams) as session:
            await session.initialize()
            tools = (await session.list_tools()).tools
            for name, asked in {
                "search": {"text": "Gemini"},
                "neighbors": {"name": "OpenAI", "at": "2020"},
                "path": {"a": "微软", "b": "GPT-4o"},
                "why": {"head": "微软", "tail": "OpenAI"},
                "timeline": {"name": "没有"},
            }.items():
                given = await session.call_tool(name, asked)
                answers[name] = given.is_error or False, given.structured_content, str(given.content[0])
        return tools, answers

    before = db.read_bytes()
    with ThreadPoolExecutor(1) as thread:  # in this one the loop of the page's tests may be running
        tools, answers = thread.submit(asyncio.run, talk()).result()
    assert {tool.name for tool in tools} == set(answers)
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools)
    assert [answers[name][0] for name in ("search", "neighbors", "path", "why")] == [False] * 4
    assert answers["search"][1]["passages"][0]["quote"] == "谷歌 发布 Gemini/产品 2023-12"
    assert [each["entity"]["name"] for each in answers["neighbors"][1]["neighbors"]] == ["微软"]
    assert len(answers["path"][1]["steps"]) == 2
    assert answers["why"][1]["edges"][0]["statements"][0]["doc"] == "a"
    assert answers["timeline"][0] and "no entity is named '没有'" in answers["timeline"][2]
    assert db.read_bytes() == before


def test_serving_says_what_it_needs(kg: Kg, db: Path) -> None:
    assert kg("serve", "--db", db).exit_code == 2
    told = kg("serve", "--mcp", "--db", db.with_name("none.db"))
    assert told.exit_code == 2 and "there is no graph here" in told.stderr
