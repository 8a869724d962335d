"""Ego first, breadcrumb, deep links, languages, dark mode, the phone."""

from __future__ import annotations

from collections.abc import Callable

from page.driver import Explorer

Open = Callable[..., Explorer]


def test_a_small_graph_opens_whole(explore: Open) -> None:
    explorer = explore("small")
    assert len(explorer.shown()) == 58
    explorer.photograph("desktop-light")


def test_a_large_graph_opens_on_its_hubs_and_the_whole_is_one_click_away(explore: Open) -> None:
    explorer = explore("middle")
    assert 20 < len(explorer.shown()) <= 110
    explorer.page.click("#whole")
    assert len(explorer.shown()) == 1_500
    explorer.wait_until(lambda: explorer.page.evaluate("explorer.isSharp()"))
    explorer.photograph("whole-graph")
    explorer.page.click("#home")
    assert len(explorer.shown()) <= 110


def test_clicking_expands_and_the_breadcrumb_goes_back(explore: Open) -> None:
    explorer = explore("middle", "n=n00000")
    first = explorer.shown()
    point = explorer.page.locator("#panel .rows .entity").nth(2)
    name = point.inner_text()
    point.click()
    second = explorer.shown()
    assert first < second
    assert explorer.crumbs()[-1] == name
    assert explorer.page.get_attribute("#crumbs li:last-child button", "aria-current") == "location"
    explorer.page.locator("#crumbs button").nth(1).click()
    assert explorer.shown() == first
    explorer.page.locator("#crumbs button").first.click()
    assert explorer.address() in {"", "#"}


def test_clicking_a_node_in_the_picture_brings_its_neighbours(explore: Open) -> None:
    explorer = explore("middle", "n=n00700")
    (other, *_) = sorted(explorer.shown() - {"n00700"})
    before = explorer.shown()
    explorer.click_node(other)
    assert before < explorer.shown()
    assert other in explorer.address()


def test_neighbours_left_out_for_room_are_said_and_can_be_drawn(explore: Open) -> None:
    explorer = explore("middle", "n=n00001")
    if explorer.page.locator("#status button").count():
        before = len(explorer.shown())
        explorer.page.click("#status button")
        assert len(explorer.shown()) > before


def test_a_link_to_a_node_or_an_edge_opens_on_it(explore: Open) -> None:
    explorer = explore("small", "n=p00")
    assert explorer.page.inner_text("#panel h2") == "林知远"
    edge = sorted(explorer.edges())[0]
    explorer.close()
    linked = explore("small", f"e={edge}")
    assert linked.page.locator("#panel blockquote").count() >= 1
    assert edge in linked.edges()
    linked.close()
    lost = explore("small", "n=nobody&e=nothing&v=path")
    shown = lost.shown()
    lost.close()
    assert shown == explore("small").shown()


def test_back_forward_and_reload_keep_the_view(explore: Open) -> None:
    explorer = explore("middle")
    opening = explorer.shown()
    explorer.search("云港星图科技")
    explorer.page.keyboard.press("Enter")
    ego = explorer.shown()
    explorer.untick("types", "机构")
    filtered = explorer.shown()
    assert filtered < ego
    explorer.page.click("#as-table")
    explorer.page.reload()
    explorer.page.wait_for_selector("body[data-ready]")
    assert explorer.shown() == filtered
    assert explorer.page.is_visible("#table-view")
    explorer.page.go_back()
    explorer.wait_until(lambda: explorer.page.is_visible("#network"))
    explorer.page.go_back()
    explorer.wait_until(lambda: explorer.shown() == ego)
    explorer.page.go_back()
    explorer.wait_until(lambda: explorer.shown() == opening)
    explorer.page.go_forward()
    explorer.wait_until(lambda: explorer.shown() == ego)


def test_the_same_page_draws_the_same_picture(explore: Open) -> None:
    pictures = [explore("small", "n=o00").page.locator("#network").screenshot() for _ in range(2)]
    assert pictures[0] == pictures[1]


def test_the_interface_follows_the_browser_and_can_be_switched(explore: Open) -> None:
    explorer = explore("small", "n=p00", locale="en-GB", color_scheme="dark")
    assert explorer.page.get_attribute("html", "lang") == "en"
    assert "Person" in explorer.panel()
    assert "works at" in explorer.panel()
    explorer.photograph("desktop-dark-english")
    explorer.page.click("#language")
    assert explorer.page.get_attribute("html", "lang") == "zh-Hans"
    assert "任职" in explorer.panel()
    explorer.page.reload()
    explorer.page.wait_for_selector("body[data-ready]")
    assert "任职" in explorer.panel()
    for asked, word in (("en", "Table"), ("constructor", "表格")):
        explorer = explore("small", query=f"?lang={asked}")
        assert explorer.page.inner_text("#as-table") == word
        explorer.close()


def test_dark_mode_follows_the_system(explore: Open) -> None:
    explorer = explore("small", color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = explorer.page.evaluate(ground)
    explorer.page.emulate_media(color_scheme="light")
    assert explorer.page.evaluate(ground) != dark


def test_nodes_are_coloured_by_type_or_community(explore: Open) -> None:
    explorer = explore("small")
    swatches = (
        "Array.from(document.querySelectorAll('.ranking .swatch'),"
        " (swatch) => getComputedStyle(swatch).backgroundColor)"
    )
    assert len(set(explorer.page.evaluate(swatches))) == 1
    explorer.page.check("#color-community")
    assert "color=community" in explorer.address()
    assert len(set(explorer.page.evaluate(swatches))) > 1


def test_the_page_is_usable_on_a_phone(explore: Open) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    explorer = explore("small", **phone)
    page = explorer.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not page.is_visible("#side")
    page.tap("#filters-open")
    assert page.is_visible("#types")
    explorer.photograph("phone-filters")
    page.tap("#filters-close")
    explorer.search("lzy")
    page.tap("#search-list li")
    assert page.is_visible("#panel")
    point = page.evaluate("explorer.pointOfNode('o00')")
    assert 0 < point["x"] < 390
    assert 0 < point["y"] < 844 / 2
    page.touchscreen.tap(point["x"], point["y"])
    explorer.wait_until(lambda: "星图科技" in page.inner_text("#panel h2"))
    explorer.photograph("phone")
    page.tap("#panel-close")
    assert not page.is_visible("#panel")


def test_a_path_is_asked_for_and_seen_on_a_phone(explore: Open) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    explorer = explore("small", "n=a00", **phone)
    page = explorer.page
    page.get_by_role("button", name="从这里出发").tap()
    assert page.is_visible("#path-to")
    explorer.search("星图大模型", "path-to")
    page.tap("#path-to-list li")
    assert not page.is_visible("#side")
    assert "相隔 2 步" in explorer.panel()


def test_the_opening_picture_fills_a_narrow_window(explore: Open) -> None:
    """Long names at its edge do not shrink the picture to a spot in the middle."""
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    explorer = explore("seeds", **phone)
    points = explorer.page.evaluate("explorer.shown().map((id) => explorer.pointOfNode(id))")
    for axis, window, least in (("x", 390, 0.6), ("y", 844, 0.5)):
        values = [point[axis] for point in points]
        assert least * window < max(values) - min(values) <= window
    explorer.photograph("phone-opening")
