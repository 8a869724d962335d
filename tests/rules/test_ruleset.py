"""Loading a rule folder: what it holds afterwards, and what is said of one that cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import small_rules
from extracting import load

from kg.errors import RuleError
from kg.extraction import Extractor
from kg.rules import ruleset
from kg.rules.ruleset import LexiconEntry

CASES = load(Path(__file__).parent / "cases" / "rule_sets.yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_rules.copy(tmp_path / "rules")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_rules_that_cannot_be_used_are_refused_with_place_and_remedy(
    tmp_path: Path, case: dict[str, Any]
) -> None:
    folder = small_rules.copy(tmp_path / "rules", small_rules.RULE | case.get("rule", {}))
    if "text" in case:
        (folder / case["file"]).write_text(case["text"], encoding="utf-8")
    if "remove" in case:
        (folder / case["remove"]).unlink()
    with pytest.raises(RuleError) as caught:
        Extractor.load(folder)
    assert str(caught.value).startswith(f"{folder / case['file']}{case['at']}: ")
    assert case["says"] in caught.value.message
    assert case["remedy"] in caught.value.hint


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        ruleset.files(tmp_path)
    assert str(caught.value) == f"{tmp_path}: holds no rule files"
    assert "kg rules init" in caught.value.hint


def test_names_types_and_triggers_are_there(folder: Path) -> None:
    small_rules.write(
        folder / "lexicon" / "甲.yaml",
        {"type": "机构", "entities": {"松石集团": ["松石", "Songshi"]}, "ambiguous": ["松石"]},
    )
    rules = ruleset.load(folder)
    assert LexiconEntry("松石集团", "机构", ("松石", "Songshi")) in rules.lexicon.entries
    assert rules.lexicon.ambiguous == {"松石"}
    (relation,) = rules.relations
    assert (relation.name, relation.triggers) == ("投资", {"trigger": ["投资"]})
    assert str(relation.place("frames", 0)) == f"{folder / 'relations' / '投资.yaml'}:5:3"
    assert rules.ontology.relations["投资"].tail == {"机构", "产品"}
    assert "合作" in rules.ontology.symmetric
    assert "投资" not in rules.ontology.symmetric


def test_trigger_sets_keep_their_names(tmp_path: Path) -> None:
    rule = small_rules.RULE | {
        "triggers": {"动词": ["投资"], "名词": ["注资"]},
        "frames": ["【head】【动词】【tail】"],
    }
    (relation,) = ruleset.load(small_rules.copy(tmp_path / "rules", rule)).relations
    assert relation.triggers == {"动词": ["投资"], "名词": ["注资"]}


def test_the_ontology_can_be_had_alone(folder: Path) -> None:
    (folder / "tone.yaml").unlink()
    assert ruleset.load_ontology(folder).types.keys() >= {"人物", "机构", "产品"}


def test_the_hash_tells_contents_apart_and_not_folders(folder: Path, tmp_path: Path) -> None:
    again = small_rules.copy(tmp_path / "again")
    assert ruleset.content_hash(again) == ruleset.content_hash(folder) == ruleset.load(folder).hash
    with (again / "tone.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# another remark\n")
    assert ruleset.content_hash(again) != ruleset.content_hash(folder)


def test_the_hash_tells_names_of_files_apart(folder: Path) -> None:
    before = ruleset.content_hash(folder)
    (folder / "lexicon" / "机构.yaml").rename(folder / "lexicon" / "公司.yaml")
    assert ruleset.content_hash(folder) != before


def test_what_is_no_rule_file_does_not_count(folder: Path) -> None:
    before = ruleset.content_hash(folder)
    (folder / "README.md").write_text("read me", encoding="utf-8")
    assert ruleset.content_hash(folder) == before


def test_the_shipped_rules_state_every_relation_of_the_ontology() -> None:
    shipped = ruleset.shipped()
    named = {path.stem for path in (shipped / "relations").glob("*.yaml")}
    assert named == ruleset.load_ontology(shipped).relations.keys()
