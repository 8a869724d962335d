"""`kg rules test` runs the examples of rule files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from kg.authoring.example_lines import Triple, parse
from kg.authoring.examples import ExampleResult, render, run
from kg.errors import InputError, Place, RuleError
from kg.extraction import Extractor
from kg.rules import ruleset
from kg.rules.ruleset import RelationRules, RuleSet

PLACE = Place("x.yaml", 3, 5)


def with_examples(rules: RuleSet, *lines: str, relation: str = "收购") -> RuleSet:
    own = next(item for item in rules.relations if item.name == relation)
    data = own.data.model_copy(update={"examples": list(lines)})
    others = tuple(item for item in rules.relations if item is not own)
    return replace(rules, relations=(RelationRules(own.file, relation, data), *others))


def result_of(rules: RuleSet, line: str, relation: str = "收购") -> ExampleResult:
    (result,) = run(with_examples(rules, line, relation=relation), only=[relation]).results
    return result


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("甲收购乙 => 甲 收购 乙", (Triple("甲", "收购", "乙"),)),
        ("甲拟收购乙 => 甲 收购 乙 (hedged)", (Triple("甲", "收购", "乙", "hedged"),)),
        ("甲乙 => 甲 收购 乙; 丙 收购 丁；", (Triple("甲", "收购", "乙"), Triple("丙", "收购", "丁"))),
        ("甲 => Hugging Face 收购 Pollen Robotics", (Triple("Hugging Face", "收购", "Pollen Robotics"),)),
        ("甲没有收购乙 => none", ()),
    ],
)
def test_an_example_line_is_a_sentence_and_triples(line: str, expected: tuple[Triple, ...]) -> None:
    assert parse(line, PLACE, ["收购"]).expected == expected


@pytest.mark.parametrize(
    "line", ["甲收购乙", "=> 甲 收购 乙", "甲 =>", "甲 => 甲 乙", "甲 => 甲 收购 乙 (maybe)"]
)
def test_a_line_that_is_no_example_is_refused_with_its_place(line: str) -> None:
    with pytest.raises(RuleError, match="x.yaml:3:5"):
        parse(line, PLACE)


@pytest.mark.parametrize(
    "line",
    [
        "谷歌收购了OpenAI => Google 收购 Open AI",
        "谷歌计划收购OpenAI => 谷歌 收购 OpenAI (hedged)",
        "谷歌没有收购OpenAI => none",
        "微软投资了OpenAI => none",
    ],
)
def test_an_example_holds(few_rules: RuleSet, line: str) -> None:
    assert result_of(few_rules, line).holds


def test_a_statement_too_many_fails(few_rules: RuleSet) -> None:
    result = result_of(few_rules, "谷歌收购了OpenAI => none")
    assert result.surplus == (Triple("谷歌", "收购", "OpenAI"),)
    assert "found by 收购/" in result.nearest[0]


def test_another_certainty_fails_and_is_told(few_rules: RuleSet) -> None:
    result = result_of(few_rules, "谷歌收购了OpenAI => 谷歌 收购 OpenAI (hedged)")
    assert not result.holds
    assert "asserted" in result.nearest[0]


def test_the_nearest_miss_tells_where_the_frame_stopped(few_rules: RuleSet) -> None:
    result = result_of(few_rules, "谷歌买下了《白皮书》 => 谷歌 收购 白皮书")
    assert "the head matched 谷歌, the trigger is 买下; stopped at 【tail】" in result.nearest[0]


def test_a_negation_is_told(few_rules: RuleSet) -> None:
    result = result_of(few_rules, "谷歌没有收购OpenAI => 谷歌 收购 OpenAI")
    assert "`没有` negates it" in result.nearest[0]


def test_the_ends_of_a_symmetric_relation_may_change_places(few_rules: RuleSet) -> None:
    assert result_of(few_rules, "微软与OpenAI合作 => OpenAI 合作 微软", relation="合作").holds


def test_a_report_counts_and_shows_expected_beside_found(few_rules: RuleSet) -> None:
    lines = ("谷歌收购了OpenAI => 谷歌 收购 OpenAI", "谷歌收购了OpenAI => 微软 收购 OpenAI")
    report = run(with_examples(few_rules, *lines), only=["收购"])
    assert (len(report.results), len(report.failed), report.exit_code()) == (2, 1, 1)
    assert json.loads(json.dumps(report.as_json()))["failed"] == 1
    console = Console(width=120, force_terminal=False)
    with console.capture() as capture:
        console.print(render(report))
    row = next(line for line in capture.get().splitlines() if "微软 收购 OpenAI" in line)
    assert "谷歌 收购 OpenAI" in row
    assert "1 of 2 examples hold" in capture.get()


def test_a_relation_without_a_file_is_refused(few_rules: RuleSet) -> None:
    with pytest.raises(InputError, match="喜欢"):
        run(few_rules, only=["喜欢"])


def test_the_examples_of_the_shipped_rules_hold() -> None:
    extractor = Extractor.load(ruleset.shipped())
    failed = run(extractor.rules, extractor=extractor).failed
    assert [f"{Path(r.file).name}:{r.line} {r.sentence}" for r in failed] == []
