"""Rules of another field, with types and relations of their own, work as the shipped ones do."""

from __future__ import annotations

from pathlib import Path

import pytest
from extracting import document

from kg import pipeline
from kg.authoring import examples
from kg.authoring.check import check
from kg.authoring.starting import init, new_relation
from kg.errors import RuleError
from kg.extraction import Extractor
from kg.query import neighbors, open_graph
from kg.rules import ruleset

FIELD = Path(__file__).parents[2] / "examples" / "announcements"


def test_its_rules_are_clean_and_its_examples_hold() -> None:
    assert [f"{problem.place} {problem.message}" for problem in check(FIELD / "rules").problems] == []
    report = examples.run(ruleset.load(FIELD / "rules"))
    assert report.failed == ()
    assert {result.relation for result in report.results} >= {"减持", "质押", "中标", "任职"}


def test_its_graph_answers_questions_in_its_own_terms(tmp_path: Path) -> None:
    report = pipeline.build([str(FIELD / "articles")], FIELD / "rules", tmp_path)
    assert (report.documents, report.skipped) == (6, ())
    db = open_graph(tmp_path / "graph.db")
    edges = [neighbor.shown.edge for neighbor in neighbors(db, "青岚电气").neighbors]
    told = {(edge.relation, edge.head_type, edge.tail_type) for edge in edges}
    assert told >= {("减持", "公司", "公司"), ("中标", "公司", "项目"), ("处罚", "监管机构", "公司")}


def test_a_bare_folder_holds_the_language_and_takes_a_first_relation(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    init(folder, bare=True)
    assert not (folder / "relations").exists()
    assert ruleset.load_ontology(folder).relations == {}
    new_relation(folder, "减持", ["机构"], ["机构"])
    rules = ruleset.load(folder)
    assert {entry.type for entry in rules.lexicon.entries} == {"地点"}
    assert examples.run(rules).failed == ()


def test_names_of_a_kind_that_no_type_has_are_not_recognised() -> None:
    extractor = Extractor.load(FIELD / "rules")
    text = "《证券法》施行后,青岚电气获得国家科技进步奖。"
    assert {mention.type for mention in extractor.extract(document(text)).entities} == {"公司"}


def test_two_types_of_one_kind_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "ontology.yaml"
    path.write_text(
        "types:\n  公司: {kind: organisation}\n  学校: {kind: organisation}\nrelations: {}\n",
        encoding="utf-8",
    )
    with pytest.raises(RuleError, match="`公司` is of the kind `organisation` already") as error:
        ruleset.load_ontology(tmp_path)
    assert ":3:" in str(error.value.place)


def test_what_a_copy_does_not_say_of_the_language_is_as_shipped(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    init(folder, bare=True)
    before = ruleset.content_hash(folder)
    for name, key in (("syntax.yaml", "respectively"), ("tone.yaml", "  reach")):
        path = folder / name
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith(f"{key}:")), encoding="utf-8")
    new_relation(folder, "减持", ["机构"], ["机构"])
    rules, shipped = ruleset.load(folder), ruleset.load(ruleset.shipped())
    assert rules.syntax.respectively == shipped.syntax.respectively
    assert rules.tone.negation.reach == shipped.tone.negation.reach
    assert before != rules.hash
