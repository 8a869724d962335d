"""Names, sentences, titles and addresses that try to be more than text; see also `explore`, which listens."""

from __future__ import annotations

from collections.abc import Callable

from page.driver import Explorer
from page.graphs import HOSTILE

Open = Callable[..., Explorer]

# Names of which nothing would be seen.
UNSEEN = {"", "\u200f\u200e"}
READ = "selector => Array.from(document.querySelectorAll(selector), (element) => element.textContent)"


def test_hostile_names_and_sentences_show_as_text_everywhere(explore: Open) -> None:
    explorer = explore("hostile")
    page = explorer.page
    explorer.photograph("hostile")
    explorer.page.locator(".ranking .entity").first.click()
    names = set(page.evaluate(READ, "#panel .rows bdi"))
    expected = {"∅" if name in UNSEEN else name.replace("\ud83d", "\ufffd") for name in HOSTILE[1:]}
    assert names == expected
    page.click("#as-table")
    assert set(page.evaluate(READ, "#table-body .column-tail bdi")) == expected
    titles = set()
    for row in range(page.locator("#table-body .sentences").count()):
        page.locator("#table-body .sentences").nth(row).click()
        (quote,) = page.evaluate(READ, "#panel blockquote")
        assert "</script><script>alert(1)</script>说🙂:" in quote
        titles.update(page.evaluate(READ, "#panel .source bdi"))
    assert titles <= {*expected, "第9期通讯:石桥见闻"}
    assert len(titles) > 5
    assert page.inner_text("h1") == HOSTILE[0]
    assert page.locator("script").count() == 2
    assert page.locator("img, iframe, object, embed").count() == 0


def test_marks_stand_right_after_emoji(explore: Open) -> None:
    """Offsets count characters as Python does, not UTF-16 units as JavaScript does."""
    explorer = explore("hostile")
    explorer.page.click("#as-table")
    tails = explorer.page.evaluate(READ, "#table-body .column-tail bdi")
    explorer.page.locator("#table-body .sentences").nth(tails.index("href")).click()
    assert explorer.page.evaluate(READ, "blockquote mark.tail") == ["href"]


def test_only_web_addresses_become_links(explore: Open) -> None:
    explorer = explore("hostile", "table=1")
    addresses = set()
    for row in range(7):
        explorer.page.locator("#table-body .sentences").nth(row).click()
        links = explorer.page.locator("#panel a")
        addresses |= set(links.evaluate_all("links => links.map((link) => link.protocol)"))
    assert addresses == {"https:"}


def test_hostile_names_are_found_picked_and_reached_by_their_link(explore: Open) -> None:
    explorer = explore("hostile")
    for typed in ("onerror", "__proto__", "constructor", "家庭", "drop table", "a%2F"):
        assert explorer.search(typed), typed
        explorer.page.keyboard.press("Enter")
        before = explorer.panel()
        explorer.page.reload()
        explorer.page.wait_for_selector("body[data-ready]")
        assert explorer.panel() == before


def test_hostile_addresses_do_nothing(explore: Open) -> None:
    explorer = explore("hostile", "v=path&p=&p=")
    for address in (
        "n=%E0%A4%A",
        "x=__proto__&v=ego",
        "v=constructor&k=1e9&sort=__proto__",
        "<script>alert(1)</script>",
        "from=javascript:1&-t=x",
    ):
        explorer.page.evaluate("hash => { location.hash = hash }", address)
        explorer.wait_until(lambda: explorer.page.is_visible("#network"))


def test_an_injected_script_does_not_run(explore: Open) -> None:
    explorer = explore("small")
    explorer.page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.harmed = true';"
        " document.body.append(s); }"
    )
    assert explorer.page.evaluate("window.harmed") is None
    assert any("Content Security Policy" in problem for problem in explorer.problems)
    explorer.problems.clear()


def test_an_empty_graph_says_so(explore: Open) -> None:
    explorer = explore("empty")
    assert "没有实体" in explorer.panel()
    explorer.page.click("#as-table")
    assert "没有符合" in explorer.page.inner_text("caption")
