"""kg correct: what a person knows better lasts, is marked, and is told when its sentence is gone."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copy

import networkx as nx
import pytest
from calling import ROOT, Kg
from graph_fakes import ToyExtractor

from kg import pipeline, query
from kg.errors import RuleError
from kg.pipeline import BuildReport

TEXT = "甲 投资 乙 2020\n乙 投资 丙 2021\n甲 合作 丁\n丙 = 丙公司\n"


class Project:
    """Toy rules, two articles and a graph of them."""

    def __init__(self, folder: Path, kg: Kg) -> None:
        self.folder, self.kg = folder, kg
        self.rules, self.db = folder / "rules", folder / "out" / "graph.db"
        (folder / "texts").mkdir()
        self.rules.mkdir()
        for name in ("ontology.yaml", "reading.yaml"):
            copy(ROOT / "rules" / name, self.rules / name)
        (self.rules / "toy.txt").write_text("1")
        self.write("one", TEXT)
        self.write("two", "戊 投资 己\n")
        self.build()

    def write(self, name: str, text: str) -> None:
        (self.folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")

    def build(self, *formats: str) -> BuildReport:
        return pipeline.build(
            [str(self.folder / "texts")],
            self.rules,
            self.folder / "out",
            formats=formats or ("graphml",),
            load_extractor=ToyExtractor.load,
        )

    def correct(self, *arguments: object) -> str:
        found = self.kg("correct", *arguments, "--rules", self.rules)
        assert found.exit_code == 0, found.stderr
        return found.stdout

    def edges(self) -> set[str]:
        return {
            f"{each.shown.edge.head_name} {each.shown.edge.relation} {each.shown.edge.tail_name}"
            for name in ("甲", "戊")
            for each in query.neighbors(self.db, name, depth=5).neighbors
        }

    def exported(self) -> dict[tuple[str, str, str], tuple[str, str]]:
        graph = nx.read_graphml(self.folder / "out" / "graph.graphml")
        label = dict(graph.nodes(data="label"))
        return {
            (label[head], data["relation"], label[tail]): (data.get("correction", ""), data["certainty"])
            for head, tail, data in graph.edges(data=True)
        }


@pytest.fixture
def project(tmp_path: Path, kg: Kg) -> Project:
    return Project(tmp_path, kg)


def test_a_wrong_edge_leaves_the_graph_and_the_export_marks_it(project: Project) -> None:
    project.correct("wrong", "乙", "投资", "丙公司", "--because", "说反了", "--db", project.db)
    report = project.build()
    assert report.unchanged == 2 and [each.problem for each in report.corrections] == [""]
    assert project.edges() == {"甲 投资 乙", "丁 合作 甲", "戊 投资 己"}
    assert project.exported()["乙", "投资", "丙"] == ("wrong", "rejected")
    assert project.exported()["甲", "投资", "乙"] == ("", "asserted")
    (edge,) = query.why(project.db, "乙", "丙").edges
    assert edge.edge.correction == "wrong" and len(edge.statements) == 1
    told = project.kg("why", "乙", "丙", "--db", project.db).stdout
    assert "marked wrong" in told
    assert "说反了" in project.correct("list", "--db", project.db)
    project.build("html")
    page = (project.folder / "out" / "graph.html").read_text(encoding="utf-8")
    assert "乙 投资 丙" not in page and "甲 投资 乙" in page


def test_an_added_edge_is_there_and_marked(project: Project) -> None:
    project.correct(
        "add", "丙", "投资", "甲", "--time", "2022-05", "--because", "丙公告投资甲", "--db", project.db
    )
    project.correct("add", "丁", "发布", "产品:新模型", "--db", project.db)
    assert project.build().documents == 2
    assert {"丙 投资 甲", "丁 发布 新模型"} <= project.edges()
    assert project.exported()["丙", "投资", "甲"] == ("added", "asserted")
    (said,) = [said for said in query.timeline(project.db, "甲").statements if said.tail == "甲"]
    assert (said.time, said.quote, said.rule) == ("2022-05", "丙公告投资甲", "corrections.yaml")
    assert "added by a person" in project.kg("why", "丙", "甲", "--db", project.db).stdout
    assert query.find(project.db, "新模型").type == "产品"
    before = (project.folder / "out" / "graph.graphml").read_bytes()
    project.write("two", "戊 投资 己\n戊 投资 庚\n")
    project.build()
    project.write("two", "戊 投资 己\n")
    project.build()
    assert (project.folder / "out" / "graph.graphml").read_bytes() == before


def test_what_was_taken_back_is_as_the_articles_have_it(project: Project) -> None:
    before = project.edges(), project.exported()
    project.correct("wrong", "丁", "合作", "甲", "--db", project.db)
    project.correct("add", "丙", "投资", "甲", "--db", project.db)
    project.build()
    assert project.edges() != before[0]
    listed = json.loads(project.correct("list", "--db", project.db, "--json"))
    for each in listed:
        project.correct("undo", each["head"], each["relation"], each["tail"])
    project.build()
    assert (project.edges(), project.exported()) == before
    assert "no corrections" in project.correct("list", "--db", project.db)


def test_a_correction_is_told_of_when_its_sentence_is_gone_or_others_say_so(project: Project) -> None:
    project.correct("wrong", "甲", "投资", "乙", "--db", project.db)
    project.correct("add", "丙", "投资", "己", "--doc", "two", "--db", project.db)
    project.write("one", TEXT.replace("甲 投资 乙 2020", "甲 投资 乙"))
    (wrong, _) = project.build().corrections
    assert (
        "its sentence is gone: “甲 投资 乙 2020”" in wrong.problem and "a sentence says so" in wrong.problem
    )
    assert "甲 投资 乙" not in project.edges()
    project.write("one", TEXT.replace("甲 投资 乙 2020", "甲 投资 庚"))
    (project.folder / "texts" / "two.txt").unlink()
    problems = [each.problem for each in project.build().corrections]
    assert problems == ["nothing says so any more", "no entity is named '己'"]


def test_what_the_page_downloads_is_taken_over_once(project: Project, tmp_path: Path) -> None:
    page = tmp_path / "page.yaml"
    page.write_text(
        'wrong:\n  - {head: "甲", relation: "投资", tail: "乙", sentences: ["甲 投资 乙 2020"]}\n', "utf-8"
    )
    assert "1 new correction" in project.correct("take", page)
    assert "0 new corrections" in project.correct("take", page)
    project.build()
    assert "甲 投资 乙" not in project.edges()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("wrong", "没有", "投资", "乙"), "no entity is named '没有'"),
        (("wrong", "甲", "收购", "乙"), "there is no edge 甲 收购 乙"),
        (("wrong", "乙", "投资", "甲"), "there is no edge 乙 投资 甲"),
        (("add", "甲", "没有", "乙"), "'没有' is no relation"),
        (("add", "甲", "投资", "乙"), "is in the graph already"),
        (("add", "甲", "收购", "乙", "--time", "去年"), "'去年' is no date"),
        (("add", "甲", "收购", "乙", "--doc", "没有"), "no article has the id"),
        (("add", "甲", "发布", "乙"), "'乙' is 机构; 发布 takes 产品"),
        (("undo", "甲", "投资", "乙"), "there is no correction"),
    ],
)
def test_bad_input_is_one_line_and_writes_nothing(
    project: Project, arguments: tuple[str, ...], message: str
) -> None:
    db = () if arguments[0] == "undo" else ("--db", project.db)
    found = project.kg("correct", *arguments, *db, "--rules", project.rules)
    assert found.exit_code == 2 and message in found.stderr.splitlines()[0]
    assert not (project.rules / "corrections.yaml").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("wrong: [{head: 甲, relation: 没有, tail: 乙}]", "1:19: unknown relation"),
        ("add: [{head: 甲, relation: 投资, tail: 乙, time: 去年}]", "is no date"),
        ("add: [{head: 甲, relation: 投资}]", "tail"),
        (
            "wrong: [{head: 甲, relation: 投资, tail: 乙}]\nadd: [{head: 甲, relation: 投资, tail: 乙}]",
            "is both wrong",
        ),
    ],
)
def test_a_broken_file_stops_the_build_before_it_writes(project: Project, text: str, message: str) -> None:
    (project.rules / "corrections.yaml").write_text(text, encoding="utf-8")
    before = project.db.read_bytes()
    with pytest.raises(RuleError, match=message):
        project.build()
    assert project.db.read_bytes() == before
