"""Suggestions are written into rule files in the files' own style."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.authoring.editing import add_entity, add_item, scalar
from kg.errors import InputError
from kg.rules import yamlfile

RELATION = """\
# 一句说明
relation: 收购
triggers: [收购, 并购]   # 动词
frames:
  - 及物
  # 另一种
  - 【head】…【tail】   # 为什么
examples:
    - 甲 => none
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "收购.yaml"
    path.write_text(RELATION, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("keys", "value", "old", "new"),
    [
        (("triggers",), "买下", "[收购, 并购]", "[收购, 并购, 买下]"),
        (("frames",), "【head】【tail】", "# 为什么\n", "# 为什么\n  - 【head】【tail】\n"),
        (("examples",), "乙 => none", "    - 甲 => none\n", "    - 甲 => none\n    - 乙 => none\n"),
        (("phrases",), "【head】的【tail】", "=> none\n", "=> none\nphrases:\n  - 【head】的【tail】\n"),
    ],
)
def test_an_item_goes_to_the_end_of_its_list(
    path: Path, keys: tuple[str, ...], value: str, old: str, new: str
) -> None:
    add_item(path, keys, value)
    assert path.read_text(encoding="utf-8") == RELATION.replace(old, new)
    assert yamlfile.read(path).data[keys[0]][-1] == value


def test_an_item_goes_into_a_named_set_and_an_empty_list(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("triggers:\n  甲: [乙]\n  丙: []\n", encoding="utf-8")
    add_item(path, ("triggers", "丙"), "丁")
    add_item(path, ("triggers", "甲"), "戊: 己")
    assert path.read_text(encoding="utf-8") == "triggers:\n  甲: [乙, '戊: 己']\n  丙: [丁]\n"


def test_an_entity_goes_to_the_end_of_the_lexicon_file(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        "type: 机构\nentities:\n  # 甲类\n  甲: [乙]   # 为什么\nambiguous: [甲]\n", encoding="utf-8"
    )
    add_entity(path, "丙: 丁", ("戊",))
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[3:] == ["  甲: [乙]   # 为什么", "  '丙: 丁': [戊]", "ambiguous: [甲]"]
    assert yamlfile.read(path).data["entities"]["丙: 丁"] == ["戊"]


def test_what_is_no_list_is_refused(path: Path) -> None:
    with pytest.raises(InputError, match="holds no list"):
        add_item(path, ("relation",), "买下")
    with pytest.raises(InputError, match="entities"):
        add_entity(path, "甲")


@pytest.mark.parametrize("value", ["甲", "it's: so", "- 甲", "Llama 3.1", "[甲]", "#甲", "甲 # 乙"])
def test_a_written_value_is_read_back_as_it_was(tmp_path: Path, value: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(f"{scalar(value)}: []\n", encoding="utf-8")
    assert list(yamlfile.read(path).data) == [value]
