"""Questions to a graph: neighbors, path, why, search, timeline, stats."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from calling import Kg


def test_neighbors_show_direction_relation_type_date_and_sentence(kg: Kg, toy_db: Path) -> None:
    shown = kg("neighbors", "OpenAI", "--db", toy_db).stdout
    assert re.search(r"发布 → +GPT-4o +产品 +2024-05-13 +1\n +【OpenAI】 ‹发布› 【GPT-4o/产品】", shown)
    assert re.search(r"← 投资 +微软 +机构 +2019-07", shown)


@pytest.mark.parametrize("name", ["谷歌", "Google", "google", "ogl"])
def test_a_name_an_alias_or_a_unique_part_finds_the_entity(kg: Kg, toy_db: Path, name: str) -> None:
    found = json.loads(kg("neighbors", name, "--json", "--db", toy_db).stdout)
    assert found["entity"]["name"] == "谷歌"


def test_neighbors_can_be_narrowed(kg: Kg, toy_db: Path) -> None:
    def names(*options: str) -> set[str]:
        found = json.loads(kg("neighbors", "OpenAI", "--json", "--db", toy_db, *options).stdout)
        return {neighbor["entity"]["name"] for neighbor in found["neighbors"]}

    assert names("--depth", "2") == {"微软", "GPT-4o", "谷歌", "Gemini"}
    assert names("--relation", "发布", "-r", "投资") == {"微软", "GPT-4o"}
    assert names("--direction", "in") == {"微软", "谷歌"}
    assert names("--since", "2024") == {"GPT-4o"}
    assert names("--limit", "1") < names()


def test_an_unknown_name_gets_suggestions_and_exit_code_1(kg: Kg, toy_db: Path) -> None:
    asked = kg("neighbors", "OpenAl", "--db", toy_db)
    assert (asked.exit_code, asked.stdout) == (1, "")
    assert "OpenAl" in asked.stderr
    assert "OpenAI" in asked.stderr


def test_a_path_is_shown_with_the_evidence_of_each_step(kg: Kg, toy_db: Path) -> None:
    shown = kg("path", "微软", "GPT-4o", "--db", toy_db).stdout
    assert shown.startswith("微软 – OpenAI – GPT-4o\n2 steps\n")
    assert "【微软】 ‹投资› 【OpenAI】" in shown
    assert json.loads(kg("path", "微软", "GPT-4o", "--json", "--db", toy_db).stdout)["length"] == 2


def test_why_shows_every_sentence_with_its_place_and_rule(kg: Kg, toy_db: Path) -> None:
    shown = kg("why", "微软", "OpenAI", "--db", toy_db).stdout
    assert "b:0" in shown
    assert "【微软】 ‹投资› 【OpenAI】 2019-07" in shown
    assert "金额 10亿美元 · rule relations/投资.yaml#1" in shown
    said = json.loads(kg("why", "微软", "OpenAI", "--json", "--db", toy_db).stdout)["edges"][0]["statements"][
        0
    ]
    assert said["evidence"]["quote"] == "微软 投资 OpenAI 2019-07 ¥10亿美元"


def test_search_timeline_and_stats_answer_people_and_programs(kg: Kg, toy_db: Path) -> None:
    assert "微软 投资 OpenAI" in kg("search", "投资", "--db", toy_db).stdout
    assert kg("search", "量子", "--db", toy_db).stdout == "nothing found\n"
    assert json.loads(kg("search", "Gem", "--json", "--db", toy_db).stdout)["entities"][0]["name"] == "Gemini"
    dated = kg("timeline", "OpenAI", "--db", toy_db).stdout
    assert dated.index("2019-07") < dated.index("2024-05-13")
    assert len(json.loads(kg("timeline", "OpenAI", "--json", "--db", toy_db).stdout)["statements"]) == 2
    assert re.search(r"edges +4\n", kg("stats", "--db", toy_db).stdout)
    assert json.loads(kg("stats", "--json", "--db", toy_db).stdout)["relations"]["发布"] == 2


def test_the_first_questions_of_the_project_are_answered_from_the_seeds(kg: Kg, seeds_db: Path) -> None:
    assert (
        "王延峰 任职 上海人工智能实验室" in kg("why", "王延峰", "上海人工智能实验室", "--db", seeds_db).stdout
    )
    assert "OpenAI 发布 GPT-4o" in kg("why", "OpenAI", "GPT-4o", "--db", seeds_db).stdout


def test_only_names_that_resemble_what_was_asked_for_are_offered(kg: Kg, toy_db: Path) -> None:
    told = kg("neighbors", "OpenA1", "--db", toy_db)
    assert (told.exit_code, "did you mean OpenAI?" in told.stderr) == (1, True)
    assert "did you mean" not in kg("neighbors", "微风细雨", "--db", toy_db).stderr
