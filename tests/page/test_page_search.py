"""Search and the shortest path: finding entities as one would type them."""

from __future__ import annotations

from collections.abc import Callable

from page.driver import Explorer

Open = Callable[..., Explorer]


WAYS = {
    "林知": "林知远",
    "linzhiyuan": "林知远",
    "lzy": "林知远",
    "linzy": "林知远",
    "xing tu ke ji": "星图科技",
    "chongqing": "重庆仪表厂",
    "zhongqing": "重庆仪表厂",
    "云港论坛": "云港論壇",
    "雲港論壇": "云港論壇",
    "重慶": "重庆仪表厂",
    "star0": "星图科技",
    "ST AR 0": "星图科技",
    "damoxing": "星图大模型-1",
    "大模型3": "远山大模型-3",
}


def test_a_name_is_found_by_any_way_of_typing_it(explore: Open) -> None:
    explorer = explore("small")
    assert {typed: name for typed, name in WAYS.items() if name not in explorer.search(typed)} == {}


def test_better_matches_come_first_and_the_alias_that_matched_is_shown(explore: Open) -> None:
    explorer = explore("small")
    assert explorer.search("深蓝")[0] == "深蓝智能"
    explorer.search("star5")
    assert explorer.page.inner_text("#search-list .option-alias") == "Star5"
    assert explorer.search("查无此人") == []
    assert "没有匹配" in explorer.page.inner_text("#search-list")


def test_the_keyboard_alone_picks_an_entity(explore: Open) -> None:
    explorer = explore("small")
    page = explorer.page
    page.keyboard.press("/")
    page.keyboard.type("xtkj")
    assert page.get_attribute("#search", "aria-expanded") == "true"
    active = page.get_attribute("#search", "aria-activedescendant")
    assert page.get_attribute(f"#{active}", "aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert explorer.address() == "#n=o00"
    assert "星图科技" in explorer.panel()
    assert "又名 Star0" in explorer.panel()
    assert explorer.crumbs() == ["起始视图", "星图科技"]
    shown = explorer.shown()
    explorer.close()
    assert {"o00", "p00", "a00", "d00"} <= shown < explore("small").shown()


def test_a_click_picks_an_entity(explore: Open) -> None:
    explorer = explore("small")
    explorer.search("yungangluntan")
    explorer.page.click("#search-list li")
    assert explorer.address() == "#n=a00"


def test_the_shortest_path_shows_the_evidence_of_each_step(explore: Open) -> None:
    explorer = explore("small")
    explorer.search("ygluntan", "path-from")
    explorer.page.keyboard.press("Enter")
    assert explorer.page.evaluate("document.activeElement.id") == "path-to"
    explorer.search("星图大模型", "path-to")
    explorer.page.keyboard.press("Enter")
    assert "相隔 2 步" in explorer.panel()
    assert explorer.shown() == {"a00", "o00", "d00"}
    assert "星图科技的代表参加了云港論壇并作报告。" in explorer.panel()
    assert "会上,星图科技正式发布星图大模型-1,现场座无虚席。" in explorer.panel()
    assert explorer.page.locator("#panel .steps > li").count() == 2
    explorer.photograph("path")
    explorer.page.reload()
    explorer.page.wait_for_selector("body[data-ready]")
    assert explorer.shown() == {"a00", "o00", "d00"}
    assert explorer.page.input_value("#path-from") == "云港論壇"


def test_a_path_obeys_the_filters_and_says_when_there_is_none(explore: Open) -> None:
    explorer = explore("small", "v=path&p=a00&p=d00")
    explorer.untick("relations", "参加")
    assert "没有路径" in explorer.panel()
    explorer.page.click("#filters-reset")
    assert "相隔 2 步" in explorer.panel()


def test_path_ends_are_picked_from_the_panel_too(explore: Open) -> None:
    explorer = explore("small", "n=a00")
    explorer.page.get_by_role("button", name="从这里出发").click()
    explorer.page.locator("#panel .entity", has_text="星图科技").click()
    explorer.page.get_by_role("button", name="到这里为止").click()
    assert "相隔 1 步" in explorer.panel()
