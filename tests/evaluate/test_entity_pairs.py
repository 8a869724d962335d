"""How names are joined, measured on gold folders taken as one corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calling import ROOT

from kg.errors import InputError
from kg.evaluate import evaluate_entities


def article(folder: Path, name: str, text: str, *entities: tuple[str, list[str]]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    rows = [
        {"id": f"e{at}", "type": "机构", "name": names[0], "aliases": names[1:]}
        for at, (_, names) in enumerate(entities)
    ]
    (folder / f"{name}.json").write_text(
        json.dumps({"id": name, "entities": rows, "triples": []}), encoding="utf-8"
    )


def test_pairs_are_judged_where_the_gold_has_both_names(tmp_path: Path) -> None:
    article(
        tmp_path / "a",
        "1",
        "万亿参数联盟（简称万联）与OpenAI合作。",
        ("", ["万亿参数联盟", "万联"]),
        ("", ["OpenAI"]),
    )
    article(tmp_path / "b", "2", "上海交通大学与OpenAI合作。", ("", ["上海交通大学"]), ("", ["OpenAI"]))
    article(
        tmp_path / "b",
        "3",
        "上海交大与谷歌合作,Google说。",
        ("", ["上海交大"]),
        ("", ["谷歌"]),
        ("", ["Google"]),
    )
    found = evaluate_entities([tmp_path / "a", tmp_path / "b"])
    assert found.wrong == (("google", "谷歌"),)  # this gold says that they are two
    assert found.unjudged == (("上海交大", "上海交通大学"),)
    assert (found.right, found.precision, found.recall) == (2, pytest.approx(2 / 3), 1.0)


def test_our_gold_is_a_floor() -> None:
    found = evaluate_entities([ROOT / "tests/gold"])
    assert found.precision >= 0.98 and found.recall >= 0.88, found.as_json()


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no gold"):
        evaluate_entities([tmp_path])
