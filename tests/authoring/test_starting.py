"""`kg rules init` and `kg rules new` give authors something that works from the first minute."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.authoring.check import check
from kg.authoring.examples import run
from kg.authoring.starting import init, new_relation
from kg.errors import InputError
from kg.rules import ruleset


def test_init_copies_rules_that_load(tmp_path: Path) -> None:
    written = init(tmp_path / "mine")
    assert tmp_path / "mine" / "ontology.yaml" in written
    assert ruleset.load(tmp_path / "mine").hash == ruleset.load(ruleset.shipped()).hash


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not empty"):
        init(tmp_path)


def test_a_new_relation_passes_its_own_examples(rules_dir: Path) -> None:
    before = (rules_dir / "ontology.yaml").read_text(encoding="utf-8").splitlines()
    written = new_relation(rules_dir, "减持", ["机构"], ["机构"])
    assert {path.name for path in written} == {"减持.yaml", "ontology.yaml"}
    after = (rules_dir / "ontology.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in after if "减持" not in line] == before
    assert [problem for problem in check(rules_dir).problems if "减持" in str(problem.place)] == []
    report = run(ruleset.load(rules_dir), only=["减持"])
    assert (len(report.results), report.failed) == (2, ())


def test_a_known_relation_gets_only_its_file(rules_dir: Path) -> None:
    (rules_dir / "relations" / "收购.yaml").unlink()
    assert new_relation(rules_dir, "收购") == [rules_dir / "relations" / "收购.yaml"]
    assert run(ruleset.load(rules_dir), only=["收购"]).failed == ()


def test_a_symmetric_relation_is_written_as_one(rules_dir: Path) -> None:
    new_relation(rules_dir, "结盟", ["机构"], ["机构"], symmetric=True)
    assert "结盟" in ruleset.load(rules_dir).ontology.symmetric


@pytest.mark.parametrize(
    ("name", "head", "tail", "says"),
    [
        ("收购", [], [], "is there already"),
        ("减持", [], [], "holds no relation"),
        ("减持", ["公司"], ["机构"], "unknown entity type"),
        ("减 持", ["机构"], ["机构"], "no name for a relation"),
    ],
)
def test_what_cannot_be_started_is_refused(
    rules_dir: Path, name: str, head: list[str], tail: list[str], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        new_relation(rules_dir, name, head, tail)
