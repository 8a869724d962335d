"""The panel: the sentences behind an edge, the statements of a node, parallel edges."""

from __future__ import annotations

from collections.abc import Callable

from page.driver import Explorer

Open = Callable[..., Explorer]


def test_clicking_an_edge_shows_its_sentence_with_marks_and_source(explore: Open) -> None:
    explorer = explore("small", "n=a00")
    explorer.click_between("a00", "o00")
    page = explorer.page
    assert page.inner_text("#panel blockquote") == "星图科技的代表参加了云港論壇并作报告。"
    for role, words in {"head": "星图科技", "trigger": "参加", "tail": "云港論壇"}.items():
        assert page.inner_text(f"#panel blockquote mark.{role}") == words
    link = page.locator("#panel .source a")
    assert link.inner_text() == "第6期通讯:北原见闻"
    assert link.get_attribute("href") == "https://news.example/5"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert page.inner_text("#panel .evidence .badge") == "确定"
    assert page.inner_text("#panel .rule") == "relations/参加#1"
    assert page.inner_text("#panel .undated") == "无日期"
    assert explorer.address().startswith("#e=edge")


def test_every_sentence_of_an_edge_is_listed_by_date(explore: Open) -> None:
    explorer = explore("small", "b=p00&b=o00")
    fold = explorer.page.locator("#panel .fold").first
    assert "创办" in fold.inner_text()
    dates = fold.locator("time").all_inner_texts()
    assert dates == sorted(dates)
    assert len(dates) == 3


def test_copying_gives_the_sentence_with_its_source(explore: Open) -> None:
    explorer = explore("small", "n=a00", permissions=["clipboard-read", "clipboard-write"])
    explorer.click_between("a00", "p03")
    explorer.page.get_by_role("button", name="复制句子和出处").click()
    explorer.page.get_by_text("已复制").wait_for()
    copied = explorer.page.evaluate("navigator.clipboard.readText()")
    assert "参加了云港論壇" in copied
    assert "https://news.example/6" in copied
    assert "2023-07-15" in copied


def test_clicking_a_node_lists_its_statements_by_relation_and_direction(explore: Open) -> None:
    explorer = explore("small")
    explorer.click_node("o00")
    headings = [" ".join(text.split()) for text in explorer.page.locator("#panel h3").all_inner_texts()]
    assert headings[:2] == ["↔ 合作 3", "← 任职 1"]
    assert "→ 发布 1" in headings
    row = explorer.page.locator("#panel .rows li", has_text="方舟实验室")
    assert "未确定" in row.inner_text()
    row.get_by_role("button", name="1 句").click()
    assert "知情人士称" in explorer.panel()


def test_parallel_edges_are_one_line_with_a_count_that_opens_by_relation(explore: Open) -> None:
    explorer = explore("small", "n=o00")
    before = explorer.lines()
    explorer.click_between("p00", "o00")
    assert "两者之间有 4 条关系" in explorer.panel()
    assert explorer.page.locator("#panel .fold").count() == 4
    assert explorer.lines() == before + 3
    explorer.photograph("parallel-edges")
    folds = explorer.page.locator("#panel .fold")
    assert folds.nth(1).locator("blockquote").count() == 0
    folds.nth(1).locator("summary").click()
    folds.nth(1).locator("blockquote").wait_for()


def test_nothing_selected_tells_what_the_graph_is_and_where_to_begin(explore: Open) -> None:
    explorer = explore("small")
    assert "58 个实体" in explorer.panel()
    explorer.page.locator(".ranking .entity").first.click()
    assert explorer.page.inner_text("#panel h2") == "星图科技"
    explorer.page.keyboard.press("Escape")
    assert "关于这张图" in explorer.panel()


def test_pointing_tells_what_a_click_would_open(explore: Open) -> None:
    explorer = explore("small", "n=o00")
    point = explorer.page.evaluate("explorer.pointOfNode('p00')")
    explorer.page.mouse.move(point["x"] - 3, point["y"])
    explorer.page.mouse.move(point["x"], point["y"])
    explorer.page.wait_for_selector("#hover:not([hidden])")
    assert "林知远" in explorer.page.inner_text("#hover")
