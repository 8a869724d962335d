"""reading.yaml is checked when it is loaded; what is wrong is named with its place."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from kg.errors import RuleError
from kg.read import ReadingProfile, load_profile
from kg.read.prose import document

RULES = Path(__file__).parents[2] / "rules"


def changed(folder: Path, old: str, new: str) -> Path:
    text = (RULES / "reading.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "reading.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("navigation:", "navigatoin:", "did you mean `navigation`"),
        ("limits:", "limits: 3\nother:", "limits"),
        ("short: 120", "short: many", "short"),
        ("short: 120", "short: 0", "short"),
        ("counts: [", "counts: [[", "YAML"),
        ("counts: [", "counts: &a [*a, ", "alias"),
        ("- 版权声明", "- 版权声明:", "must stand in quotes"),
        ("  header: 10", "  # header: 10", "the key `header` is missing"),
        ("title: [标题,", "title: [标题, 行业,", "`行业` stands under `title` and under `tags`"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(old: str, new: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError) as raised:
        load_profile(changed(tmp_path, old, new))
    assert raised.value.place is not None
    assert raised.value.place.line > 0
    assert message in str(raised.value) + raised.value.hint


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="reading.yaml"):
        load_profile(tmp_path)


def test_a_label_and_a_cue_are_added_in_yaml_alone(tmp_path: Path) -> None:
    folder = changed(tmp_path, "prose: [", "prose: [要闻, ")
    text = (folder / "reading.yaml").read_text(encoding="utf-8")
    (folder / "reading.yaml").write_text(
        text.replace("contains:", 'contains:\n  - "360提醒:"'), encoding="utf-8"
    )
    found = document("a", "", "要闻：谷歌。\n360提醒：升级", load_profile(folder))
    assert [(region.start, region.end) for region in found.regions] == [(3, 6)]


def test_without_cues_all_is_prose(tmp_path: Path) -> None:
    (tmp_path / "reading.yaml").write_text(
        "limits: {short: 120, words: 12, word: 8, heading: 12, title: 60, header: 10}\n",
        encoding="utf-8",
    )
    found = document("a", "", "标题: 谷歌 3点击\n搜索", load_profile(tmp_path))
    assert [(region.start, region.end) for region in found.regions] == [(0, 13)]


def test_the_profile_can_be_sent_to_another_process(profile: ReadingProfile) -> None:
    assert pickle.loads(pickle.dumps(profile)) == profile
