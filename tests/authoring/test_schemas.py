"""The JSON Schemas that editors read are those of the models, and admit the shipped rules."""

from __future__ import annotations

import json

import pytest
from calling import ROOT

from kg.authoring import reference
from kg.authoring.schemas import models, schema, text
from kg.authoring.workspace import FOLDERS, SINGLES
from kg.rules import ruleset


@pytest.mark.parametrize("name", sorted(models()))
def test_a_schema_is_current(name: str) -> None:
    shipped = (ruleset.shipped() / "schema" / name).read_text(encoding="utf-8")
    assert shipped == text(name), "run: python -m kg.authoring.schemas rules/schema"


def test_every_rule_file_has_a_schema() -> None:
    assert len(models()) == len(SINGLES) + len(FOLDERS)


def test_a_schema_refuses_unknown_keys_and_takes_numbers_for_words() -> None:
    found = schema("lexicon.json")
    assert found["additionalProperties"] is False
    names = found["properties"]["entities"]["additionalProperties"]["items"]
    assert names["type"] == ["string", "number", "boolean"]
    assert json.dumps(found)


def test_every_key_at_the_top_of_a_file_is_explained() -> None:
    unexplained = [
        f"{name}: {key}"
        for name in models()
        for key, value in schema(name)["properties"].items()
        if not value.get("description")
    ]
    assert unexplained == []


def test_the_reference_is_current() -> None:
    shown = (ROOT / "docs" / "rules-reference.md").read_text(encoding="utf-8")
    assert shown == reference.text(), "run: python -m kg.authoring.reference docs/rules-reference.md"
