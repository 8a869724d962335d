"""The JSON Schemas that editors read are those of the models, and admit the shipped rules."""

from __future__ import annotations

import json

import pytest

from kg.authoring.schemas import models, schema, text
from kg.authoring.workspace import FOLDERS, SINGLES
from kg.rules import ruleset


@pytest.mark.parametrize("name", sorted(models()))
def test_a_schema_is_current(name: str) -> None:
    shipped = (ruleset.shipped() / "schema" / name).read_text(encoding="utf-8")
    assert shipped == text(models()[name]), "run: python -m kg.authoring.schemas rules/schema"


def test_every_rule_file_has_a_schema() -> None:
    assert len(models()) == len(SINGLES) + len(FOLDERS)


def test_a_schema_refuses_unknown_keys_and_takes_numbers_for_words() -> None:
    found = schema(models()["lexicon.json"])
    assert found["additionalProperties"] is False
    names = found["properties"]["entities"]["additionalProperties"]["items"]
    assert names["type"] == ["string", "number", "boolean"]
    assert json.dumps(found)
