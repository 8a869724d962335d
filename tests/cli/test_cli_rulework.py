"""Commands for those who write rules: rules check, rules test, explain, evaluate."""

from __future__ import annotations

import json
import re
from pathlib import Path

from calling import ROOT, SEEDS, Kg
from rule_copies import small_rules


def test_rules_are_checked(kg: Kg, tmp_path: Path) -> None:
    rules = small_rules(tmp_path / "rules")
    file = rules / "relations/收购.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("triggers:", "trigers:"), encoding="utf-8")
    told = kg("rules", "check", rules)
    assert told.exit_code == 1
    assert re.search(r"收购\.yaml:\d+:1: error.*`trigers`", told.stdout.replace("\n", " "))
    assert json.loads(kg("rules", "check", rules, "--json").stdout)["errors"] >= 1


def test_the_examples_of_rules_are_run(kg: Kg, tmp_path: Path) -> None:
    rules = small_rules(tmp_path / "rules")
    assert kg("rules", "test", rules, "--relation", "收购").exit_code == 0
    file = rules / "relations/收购.yaml"
    wrong = "examples:\n  - 谷歌收购了Wiz => Wiz 收购 谷歌"
    file.write_text(file.read_text(encoding="utf-8").replace("examples:", wrong, 1), encoding="utf-8")
    told = kg("rules", "test", rules, "--relation", "收购", COLUMNS="120")
    assert told.exit_code == 1
    assert re.search(r"Wiz 收购 谷歌 +谷歌 收购 Wiz", told.stdout)
    assert kg("rules", "test", rules, "--relation", "发步").exit_code == 2


def test_a_sentence_is_explained(kg: Kg, tmp_path: Path) -> None:
    assert "found   微软 收购 OpenAI  kept, hedged" in kg("explain", "据悉,微软可能收购OpenAI").stdout
    found = json.loads(kg("explain", "微软收购了OpenAI", "--json").stdout)
    assert found["sentences"][0]["found"][0]["relation"] == "收购"
    assert "中关村论坛" in kg("explain", "--file", next(SEEDS.glob("002*")), "--at", "600").stdout
    assert kg("explain", "<script>微软收购了OpenAI", "--html", tmp_path / "page.html").exit_code == 0
    assert "<script>微软" not in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert kg("explain").exit_code == 2


def test_rules_are_measured(kg: Kg) -> None:
    shown = kg("evaluate", ROOT / "tests/gold", "--errors", "1").stdout
    assert re.match(r"\d+ articles\nstrict +P 0\.\d+  R 0\.\d+  F1 0\.\d+", shown)
    assert json.loads(kg("evaluate", ROOT / "tests/gold", "--json").stdout)["strict"]


def test_a_rule_folder_is_started_measured_and_compared(kg: Kg, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    assert kg("rules", "init", mine).exit_code == 0
    assert kg("rules", "init", mine).exit_code == 2
    assert kg("rules", "new", "减持", mine, "--head", "机构", "--tail", "机构").exit_code == 0
    assert (mine / "relations/减持.yaml").is_file()
    article = next(SEEDS.glob("002*"))
    assert json.loads(kg("rules", "coverage", article, "--json").stdout)["documents"] == 1
    changes = json.loads(kg("rules", "diff", ROOT / "rules", mine, article, "--json").stdout)
    assert (changes["gained"], changes["lost"]) == ([], [])
