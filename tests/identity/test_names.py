"""Names of one document: which are one, and why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from extracting import extract

from kg.errors import RuleError
from kg.model import Entity
from kg.resolve.decisions import Decisions
from kg.resolve.normal import normal_form

Read = Callable[..., tuple[Entity, ...]]
CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_names_of_one_thing_are_joined_and_the_reason_is_kept(case: dict[str, Any], read: Read) -> None:
    found = {each.name: each for each in read(case["text"])}
    for name, others in case["names"].items():
        assert name in found, sorted(found)
        joins = {join.name: join.why for join in found[name].joins if join.name != name}
        assert joins == others


def test_a_surname_with_a_title_is_nobody_beyond_its_document(read: Read) -> None:
    ids = [each.id for doc in "ab" for each in read("王教授加入清华大学。", doc) if "王" in each.name]
    assert ids == ["人物:王教授@a", "人物:王教授@b"]


def test_never_merge_wins_over_a_bracket(read: Read, read_decided: Read) -> None:
    text = "万亿参数联盟（简称万联）在杭州成立。"
    assert ("万亿参数联盟", "万联") in [each.names for each in read(text)]
    assert ("万亿参数联盟",) in [each.names for each in read_decided(text)]


def test_must_merge_joins_what_nothing_else_does(read_decided: Read) -> None:
    (one,) = [each for each in read_decided("谷歌和DeepMind合作。") if "谷歌" in each.names]
    assert set(one.names) == {"谷歌", "DeepMind"}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("华为终端负责人王伟教授说。", ["人物:王伟@华为"]),
        ("清华大学的王伟教授说。", ["人物:王伟@清华"]),
        ("清华大学的王伟教授与华为合作。", ["人物:王伟"]),
        ("王伟教授说。", ["人物:王伟"]),
    ],
)
def test_namesakes_are_told_apart_by_a_neighbouring_name(
    text: str, ids: list[str], read_decided: Read
) -> None:
    assert [each.id for each in read_decided(text) if each.name == "王伟"] == ids


def test_decisions_that_contradict_one_another_are_refused(tmp_path: Path) -> None:
    (tmp_path / "merge.yaml").write_text("must:\n  - [甲, 乙]\nnever:\n  - [乙, 甲]\n", encoding="utf-8")
    with pytest.raises(RuleError, match="must and must never be merged") as caught:
        Decisions.load(tmp_path)
    assert caught.value.place is not None and caught.value.place.line == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("GPT-4o", "gpt 4O", True),
        ("Qwen2.5-7B", "Qwen25-7B", False),
        ("小米 1.5", "小米15", False),
        ("Open-AI", "OpenAI", True),
    ],
)
def test_spelling_does_not_count_but_in_numbers(one: str, other: str, same: bool) -> None:
    assert (normal_form(one) == normal_form(other)) is same


def test_a_change_of_name_is_dated_and_tells_which_name_is_the_old_one() -> None:
    (found,) = extract("清雁科技有限公司于2023年6月更名为云河智能有限公司。").renamings
    assert (found.old, found.new, found.time) == ("清雁科技有限公司", "云河智能有限公司", "2023-06")
    assert extract("云河智能有限公司，前身为清雁科技有限公司。").renamings == ()
