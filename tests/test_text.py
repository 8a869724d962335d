"""Normalising keeps a way back to the original; sentences end where a reader would end them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import traditional
from kg.text import MAX_SENTENCE, normalise, sentences

WORDS = "OpenAI GPT-4o 谷歌 张三 𬭎 かな 1 000 臺灣積體電路 開發 於 著 乾 Ａ ％ e\u0301 👩\u200d💻 Inc. vs."
MARKS = ',:;?!.，。！；、“”"「」()（《》〈・–—…'
BLANKS = [" ", "  ", "\t", "\u3000", "\xa0", "\n", "\r\n", "\r", "\u2028"]
UNSEEN = "\u200b\ufeff\xad\u202e\x00\x1b\ue000\U000f0000\ud800"
PIECES = [*WORDS.split(), *MARKS, *BLANKS, *UNSEEN]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.characters()), max_size=40).map("".join)


def folded(text: str) -> str:
    """What is left of normalised text when all that depends on the neighbours is taken away."""
    for full, half in zip("，：；？！“”", ',:;?!""', strict=True):
        text = text.replace(full, half)
    return traditional.simplified(text).replace(" ", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在 1 月 26 日,谷歌 (Google) 发布 Gemini 1.5 Pro", "在1月26日，谷歌（Google）发布Gemini 1.5 Pro"),
        ("研究力量, 形成合力", "研究力量，形成合力"),
        ("OpenAI, 谷歌 , Meta", "OpenAI，谷歌，Meta"),
        ("AI:未来?!", "AI：未来？！"),
        ("yes, it is: 1,000 at 12:35", "yes, it is: 1,000 at 12:35"),
        ("网址:https://a.cn/?q=1", "网址：https://a.cn/?q=1"),
        ("ＧＰＴ－４ 涨了５０％", "GPT-4涨了50%"),
        ("大模型\"炼制\"工艺和\"数据\"", "大模型“炼制”工艺和“数据”"),
        ("「通義」与『文心』", "“通義”与“文心”"),
        ("〈镜子〉和‹失控›", "《镜子》和《失控》"),
        ("埃隆・马斯克、山姆•奥特曼、陶‧哲轩", "埃隆·马斯克、山姆·奥特曼、陶·哲轩"),
        ("GPT‑4 与 2021–2025", "GPT-4与2021-2025"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("记者 张三 李四", "记者 张三 李四"),
        ("张三\u3000\u3000李四", "张三 李四"),
        ("  标题  \n  正文  ", "标题\n正文"),
        ("Stable\u00a0\tDiffusion", "Stable Diffusion"),
        ("零\u200b宽\ufeff软\xad\u202e连", "零宽软连"),
        ("私\ue000\U00100000有", "私\ufffd\ufffd有"),
        ("孤\ud800儿", "孤\ufffd儿"),
        ("响\x07铃", "响 铃"),
        ("[1] 注", "[1]注"),
    ],
)  # fmt: skip
def test_each_thing_is_written_one_way(text: str, expected: str) -> None:
    assert normalise(text).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("臺灣積體電路公司與輝達合作開發晶片。", "台湾积体电路公司与辉达合作开发晶片。"),
        ("這家公司位於臺北,發表了論文。", "这家公司位于台北，发表了论文。"),
        ("乾隆著有《於是》,昇腾发布。", "乾隆著有《於是》，昇腾发布。"),
        ("他写道“臺灣積體電路”,这说明大陆与岛内企业发展关系紧张,双边贸易额继续增长。",
         "他写道“臺灣積體電路”，这说明大陆与岛内企业发展关系紧张，双边贸易额继续增长。"),
    ],
)  # fmt: skip
def test_only_a_traditional_text_is_simplified(text: str, expected: str) -> None:
    assert normalise(text).text == expected


@given(texts)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@given(texts, st.data())
def test_a_span_maps_back_to_what_it_was_made_of(text: str, data: st.DataObject) -> None:
    result = normalise(text)
    start = data.draw(st.integers(0, len(result.text)))
    end = data.draw(st.integers(start, len(result.text)))
    left, right = result.span(start, end)
    assert 0 <= left <= right <= len(text)
    assert folded(normalise(text[left:right]).text) == folded(result.text[start:end])


@given(texts)
def test_position_is_the_way_there(text: str) -> None:
    result = normalise(text)
    for index in range(len(result.text)):
        assert result.position(result.span(index, index + 1)[0]) == index
    assert result.position(len(text)) == len(result.text)
    positions = [result.position(offset) for offset in range(len(text) + 1)]
    assert positions == sorted(positions)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一。二!三", ["一。", "二!三"]),
        ("一。二！三？四；五…六", ["一。", "二！", "三？", "四；", "五…", "六"]),
        ("真的？！是的。", ["真的？！", "是的。"]),
        ("“太忙了。”这是梁正说的。", ["“太忙了。”", "这是梁正说的。"]),
        ("他说（很忙。）《走吧！》然后走了。", ["他说（很忙。）《走吧！》然后走了。"]),
        (f"（{'长' * 60}。二）三", [f"（{'长' * 60}。", "二）三"]),
        ("（没有完。二", ["（没有完。", "二"]),
        ("一\n\n二\n", ["一", "二"]),
        ("We use it. Then 好", ["We use it.", "Then 好"]),
        ("GPT-3.5与Node.js和character.ai", ["GPT-3.5与Node.js和character.ai"]),
        ("Apple Inc.发布了Vision Pro", ["Apple Inc.发布了Vision Pro"]),
        ("   ", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == expected


def test_sentences_stay_inside_the_region() -> None:
    text = "前文。正文一。正文二，后文。"
    assert [text[a:b] for a, b in sentences(text, 3, 11)] == ["正文一。", "正文二，"]


@given(texts, st.data())
def test_sentences_cover_all_that_is_not_blank_in_order(text: str, data: st.DataObject) -> None:
    text = normalise(text).text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    done = start
    for left, right in sentences(text, start, end):
        assert done <= left < right <= end
        assert not text[done:left].strip()
        assert text[left:right] == text[left:right].strip()
        done = right
    assert not text[done:end].strip()


def test_a_sentence_without_end_is_cut_at_a_comma() -> None:
    text = ("很长" * 700 + "，") * 3
    spans = sentences(text, 0, len(text))
    assert max(end - start for start, end in spans) <= MAX_SENTENCE
    assert all(text[end - 1] == "，" for _, end in spans)
    assert "".join(text[a:b] for a, b in spans) == text


@pytest.mark.parametrize(
    "unit",
    ["（", "《", "(", '"', ", ", "  ,", "\u200b ", "…", "”", "A.", "\r", "臺 ", "\ue000", "好 ", "《好》）"],
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    def seconds(text: str) -> float:
        begin = time.perf_counter()
        normal = normalise(text).text
        sentences(normal, 0, len(normal))
        return time.perf_counter() - begin

    normalise(unit)
    short = min(seconds(unit * 5_000) for _ in range(3))
    long = min(seconds(unit * 50_000) for _ in range(3))
    assert long < 60 * short + 0.05
