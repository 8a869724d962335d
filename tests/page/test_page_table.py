"""The table of what is shown, and what can be taken away."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable

from page.driver import Explorer

Open = Callable[..., Explorer]


def test_the_table_shows_what_the_picture_shows(explore: Open) -> None:
    explorer = explore("small", "n=a00")
    explorer.page.click("#as-table")
    assert sorted(explorer.rows(1)) == sorted(["星图科技", "秦景行"]) or len(explorer.rows(1)) == 2
    assert set(explorer.rows(2)) == {"参加"}
    assert "共 2 条关系" in explorer.page.inner_text("caption")
    explorer.page.click("#as-picture")
    assert explorer.page.is_visible("#network")
    point = explorer.page.evaluate("explorer.pointOfNode('a00')")
    assert 272 < point["x"] < 1060


def test_columns_sort_both_ways_and_say_so(explore: Open) -> None:
    explorer = explore("small", "table=1")
    header = explorer.page.locator("th.column-evidence")
    assert header.get_attribute("aria-sort") == "descending"
    counts = [int(count) for count in explorer.rows(4)]
    assert counts == sorted(counts, reverse=True)
    explorer.page.locator("th.column-head button").click()
    assert explorer.page.locator("th.column-head").get_attribute("aria-sort") == "ascending"
    first = explorer.rows(1)
    explorer.page.locator("th.column-head button").click()
    assert explorer.rows(1)[0] == first[-1]
    assert "sort=-head" in explorer.address()


def test_the_keyboard_reaches_every_row_and_the_evidence(explore: Open) -> None:
    explorer = explore("small")
    page = explorer.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "table-scroll"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('th').className") == "column-head"
    page.locator("#table-body .sentences").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#panel blockquote").count() >= 1
    assert page.evaluate("document.activeElement.id") == "panel-body"
    assert page.locator("tr.selected").count() == 1
    explorer.photograph("table")


def test_a_long_table_comes_in_pages(explore: Open) -> None:
    explorer = explore("middle", "v=all&table=1")
    assert len(explorer.rows(1)) == 200
    first = explorer.rows(1)
    explorer.page.get_by_role("button", name="下一页").click()
    assert explorer.rows(1) != first
    assert "第 201–400 条" in explorer.page.inner_text("caption")


def test_the_table_comes_down_as_csv(explore: Open) -> None:
    explorer = explore("small", "n=a00")
    text = explorer.download("save-csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert {row["tail"] for row in rows} == {"云港論壇"}
    assert rows[0]["relation"] == "参加"
    assert rows[0].keys() >= {"head", "head_type", "certainty", "evidence_count", "first_date", "last_date"}


def test_formulas_in_the_csv_are_disarmed(explore: Open) -> None:
    explorer = explore("hostile")
    text = explorer.download("save-csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    cells = [cell for row in rows for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in cells)


def test_json_carries_the_sentences(explore: Open) -> None:
    explorer = explore("small", "n=a00")
    rows = json.loads(explorer.download("save-json").read_text(encoding="utf-8"))
    assert {row["tail"]["id"] for row in rows} == {"a00"}
    assert all(row["evidence"][0]["quote"] and row["evidence"][0]["rule"] for row in rows)


def test_the_picture_comes_down_as_png(explore: Open) -> None:
    explorer = explore("small", "n=o00")
    picture = explorer.download("save-png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 5_000
