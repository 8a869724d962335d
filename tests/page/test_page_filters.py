"""The legend is the filter, and every choice has its count."""

from __future__ import annotations

from collections.abc import Callable

from page.driver import Explorer

Open = Callable[..., Explorer]


def test_types_hide_nodes_and_their_edges(explore: Open) -> None:
    explorer = explore("small")
    assert explorer.count_of("types", "人物") == 20
    explorer.untick("types", "人物")
    assert not any(id.startswith("p") for id in explorer.shown())
    assert explorer.count_of("types", "人物") == 20
    assert explorer.count_of("relations", "任职") == 0
    explorer.page.click("#types-all")
    assert len(explorer.shown()) == 58
    explorer.page.click("#types-all")
    assert explorer.shown() == set()
    assert "没有符合" in explorer.page.inner_text("#status")


def test_relations_hide_edges(explore: Open) -> None:
    explorer = explore("small")
    before = explorer.edges()
    count = explorer.count_of("relations", "合作")
    explorer.untick("relations", "合作")
    assert len(before) - len(explorer.edges()) == count
    assert "-r=" in explorer.address()


def test_certainty_keeps_what_was_said_so(explore: Open) -> None:
    explorer = explore("small")
    hedged = explorer.count_of("certainties", "未确定")
    before = len(explorer.edges())
    explorer.untick("certainties", "未确定")
    assert before - len(explorer.edges()) == hedged == 9


def test_dates_narrow_and_what_has_none_is_its_own_choice(explore: Open) -> None:
    explorer = explore("small", "table=1")
    undated = explorer.count_of("filters", "无日期")
    explorer.page.fill("#date-from", "2024-01-01")
    explorer.page.keyboard.press("Tab")
    dates = explorer.rows(6)
    assert all(date == "" or date >= "2024" for date in dates)
    assert dates.count("") == undated > 0
    explorer.page.uncheck("#undated")
    assert "" not in explorer.rows(6)
    explorer.page.fill("#date-to", "2024-03-31")
    explorer.page.keyboard.press("Tab")
    assert explorer.rows(6)
    assert set(explorer.rows(7)) <= {"2024-01-15", "2024-02-15", "2024-03-15"}
    assert {"from=2024-01-01", "to=2024-03-31", "undated=0"} <= set(explorer.address()[1:].split("&"))


def test_a_bar_of_the_chart_narrows_to_its_month(explore: Open) -> None:
    explorer = explore("small", "table=1")
    bar = explorer.page.locator("#chart button", has_text="").filter(has=explorer.page.locator("span")).first
    label = bar.get_attribute("aria-label") or ""
    assert label.startswith("2023-01")
    bar.focus()
    explorer.page.keyboard.press("Enter")
    assert set(explorer.rows(6)) <= {"2023-01-15", ""}
    assert explorer.page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    explorer.page.keyboard.press("Enter")
    assert len(set(explorer.rows(6))) > 2


def test_documents_are_chosen_by_title(explore: Open) -> None:
    explorer = explore("small", "table=1")
    explorer.page.fill("#document-search", "云港")
    choices = explorer.page.locator("#documents label")
    assert all("云港" in text for text in choices.all_inner_texts())
    count = int(choices.first.locator(".count").inner_text())
    choices.first.locator("input").check()
    assert len(explorer.rows(1)) == count
    assert set(explorer.rows(8)) == {"1"}
    explorer.page.click("#filters-reset")
    assert len(explorer.rows(1)) == 81


def test_least_evidence_and_least_degree(explore: Open) -> None:
    explorer = explore("small", "table=1")
    explorer.page.locator("#evidence-least").fill("3")
    assert explorer.rows(4) == ["3"]
    explorer.page.locator("#evidence-least").fill("1")
    explorer.page.locator("#degree-least").fill("6")
    assert "degree=6" in explorer.address()
    ranking = explorer.page.locator(".ranking li")
    busy = {name for name, count in map(str.split, ranking.all_inner_texts()) if int(count) >= 6}
    assert explorer.rows(1)
    assert {*explorer.rows(1), *explorer.rows(3)} <= busy


def test_counts_beside_a_choice_take_the_other_filters_into_account(explore: Open) -> None:
    explorer = explore("small")
    explorer.untick("types", "机构")
    assert explorer.count_of("relations", "参加") == 1
    assert explorer.count_of("relations", "位于") == 0
    assert explorer.count_of("types", "机构") == 20
