"""`kg gaps` and `kg suggest`: what the rules do not understand, and lines that would help."""

from __future__ import annotations

import json
from pathlib import Path

from calling import Kg
from rule_copies import small_rules


def test_gaps_tell_names_verbs_and_sentences(kg: Kg, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("百度在会上拿出了小鹰车。谷歌和微软掀起了热潮。\n", encoding="utf-8")
    rules = small_rules(tmp_path / "rules")
    found = json.loads(kg("gaps", article, "--rules", rules, "--json").stdout)
    assert found["documents"] == 1
    assert kg("gaps", article, "--rules", rules, "--limit", "1").exit_code == 0


def test_a_suggestion_is_written_only_into_rules_that_are_named(kg: Kg, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("百度发布了文心一言。\n", encoding="utf-8")
    assert kg("suggest", article, "--rules", small_rules(tmp_path / "rules"), "--json").exit_code == 0
    refused = kg("suggest", article, "--accept", "1")
    assert refused.exit_code == 2
    assert "--rules" in refused.stderr
