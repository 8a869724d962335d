"""Prose is read, metadata is not, and what the text says of itself is found."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kg.model import Document
from kg.read import ReadingProfile
from kg.read.prose import document

LINES = yaml.safe_load(Path(__file__).with_name("lines.yaml").read_text(encoding="utf-8"))
SEEDS = Path(__file__).parents[2] / "seeds"


def read(text: str, profile: ReadingProfile, **known: str) -> Document:
    return document("a", "a.txt", text, profile, **known)


def prose(found: Document) -> list[str]:
    return [found.text[region.start : region.end] for region in found.regions]


@pytest.mark.parametrize("line", LINES["prose"])
def test_a_line_that_tells_something_is_read(line: str, profile: ReadingProfile) -> None:
    assert prose(read(line, profile)) == [line]


@pytest.mark.parametrize("line", LINES["aside"])
def test_a_line_that_tells_nothing_is_not(line: str, profile: ReadingProfile) -> None:
    assert prose(read(f"前一段。\n{line}\r\n后一段。", profile)) == ["前一段。", "后一段。"]


def test_labelled_fields_become_title_url_date_and_regions(profile: ReadingProfile) -> None:
    text = (
        "标题: 百模大战\n链接: http://a.cn/s?id=1\n发布时间:2024年5月14日\n总结: 谷歌发布新模型。\n第二段。\n"
        "关键词: 大模型\nAI技术: GPT-4o。\n行业: 人工智能\n"
        "重大事件摘要: 这篇文章:\n\n1. **谷歌**:发布新模型。\n"
    )
    found = read(text, profile)
    assert (found.title, found.url, found.date) == ("百模大战", "http://a.cn/s?id=1", "2024-05-14")
    assert prose(found) == ["谷歌发布新模型。\n第二段。", "这篇文章:\n\n1. **谷歌**:发布新模型。"]


def test_front_matter_of_markdown_is_fields_too(profile: ReadingProfile) -> None:
    found = read(
        '---\ntitle: "大模型"\ndate: 2024-05-14\ntags: [AI]\n---\n\n# 谷歌\n谷歌发布新模型。\n', profile
    )
    assert (found.title, found.date) == ("大模型", "2024-05-14")
    assert prose(found) == ["# 谷歌\n谷歌发布新模型。"]


def test_promotions_are_read_without_their_headings(profile: ReadingProfile) -> None:
    text = "正文。\nAITNT资源拓展\n1\n智能体\n\n【开源免费】AutoGPT是一个项目。\n项目地址:https://a.cn\n"
    assert prose(read(text, profile)) == ["正文。", "【开源免费】AutoGPT是一个项目。"]


def test_a_button_glued_to_the_last_sentence_is_cut_off(profile: ReadingProfile) -> None:
    assert prose(read("谷歌发布新模型。举报/反馈\n完。", profile)) == ["谷歌发布新模型。", "完。"]


def test_the_first_line_is_the_title_if_it_is_short(profile: ReadingProfile) -> None:
    assert read("首页 科技\n大模型爆火这一年\n\n正文。", profile).title == "大模型爆火这一年"
    assert read("谷歌发布新模型。\n正文。", profile).title == ""
    assert read("长" * 61, profile).title == ""
    assert read("第一行\n第二行", profile, title=" 已\n知 ").title == "已 知"


def test_what_is_known_beforehand_comes_first(profile: ReadingProfile) -> None:
    text = "标题: 里面的\n链接: http://in.cn/20200101/\n总结: 正文。"
    found = read(text, profile, title="外面的", url="http://out.cn/2024/01/29/a", date="2023-05")
    assert (found.title, found.url, found.date) == ("外面的", "http://out.cn/2024/01/29/a", "2023-05")
    assert read(text, profile).date == "2020-01-01"


@pytest.mark.parametrize(
    ("name", "title", "date", "left_out"),
    [
        ("000", "王延峰:迫切需要重新审视我国大模型科研组织模式", "2024-01-29",
         ["热门搜索", "3589点击", "关键词: chatGPT", "AITNT", "内容由AI生成", "项目地址:https"]),
        ("001", "人大代表:中国大模型离世界级有差距,“百模大战”不能变成...", None, ["AI技术:", "行业:"]),
        ("002", "", None, ["资料图片", "Copyright", "沪ICP备"]),
        ("003", "大模型爆火这一年", None, []),
        ("004", "国产大模型“诸神之战”出路何方", None, ["举报/反馈", "关键词:"]),
    ],
)  # fmt: skip
def test_the_seeds_are_read_whole_but_for_their_boilerplate(
    name: str, title: str, date: str | None, left_out: list[str], profile: ReadingProfile
) -> None:
    [path] = SEEDS.glob(f"{name}_*.txt")
    found = read(path.read_bytes().decode(), profile)
    assert (found.title, found.date) == (title, date)
    assert [words for words in left_out if any(words in stretch for stretch in prose(found))] == []
    assert all(words in found.text for words in left_out)
    assert sum(len(stretch) for stretch in prose(found)) > 0.9 * len(found.text)
