"""20,000 entities and 40,000 relations in one file."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from page.driver import Explorer

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., Explorer]


def test_a_large_graph_is_usable_within_three_seconds(explore: Open, page_of: Callable[[str], Path]) -> None:
    page_of("large")
    for _ in range(3):  # the machine may be busy with something else
        explorer = explore("large", new=True)
        explorer.page.screenshot()
        if explorer.seconds < 3:
            break
    assert explorer.seconds < 3
    assert len(explorer.shown()) <= 110
    assert explorer.panel().startswith("关于这张图")
    explorer.photograph("large")


def test_a_large_graph_stays_under_25_megabytes(page_of: Callable[[str], Path]) -> None:
    assert page_of("large").stat().st_size < 25_000_000


def frames_while_panning(page: Page) -> list[float]:
    """Drag and zoom the picture; return how many milliseconds each frame took, the shortest first."""
    page.evaluate(
        "() => { window.frames_ = []; let last = performance.now();"
        " const next = () => { window.ticking = requestAnimationFrame(tick); };"
        " const tick = (now) => { frames_.push(now - last); last = now; next(); };"
        " cancelAnimationFrame(window.ticking); next(); }"
    )
    page.mouse.move(600, 400)
    page.mouse.down()
    for step in range(30):
        page.mouse.move(600 + step * 6, 400 + step * 3)
        page.wait_for_timeout(10)
    page.mouse.up()
    for _ in range(5):
        page.mouse.wheel(0, -200)
        page.wait_for_timeout(20)
    return sorted(page.evaluate("frames_"))


def test_panning_the_whole_of_a_large_graph_does_not_stall(explore: Open) -> None:
    explorer = explore("large", "v=all")
    page = explorer.page
    explorer.wait_until(lambda: page.evaluate("explorer.isSharp()"))
    # A frame also meets whatever else the machine does, so the quietest of some tries counts.
    for _ in range(4):
        frames = frames_while_panning(page)
        if frames[len(frames) // 2] < 20 and frames[-1] < 100:
            break
    assert frames[len(frames) // 2] < 42
    assert frames[-1] < 400
    explorer.wait_until(lambda: page.evaluate("explorer.isSharp()"))
    explorer.photograph("large-whole")


def test_search_filters_and_clicks_answer_at_once_on_a_large_graph(explore: Open) -> None:
    explorer = explore("large")
    explorer.search("x")
    began = time.monotonic()
    assert explorer.search("xingtukeji")
    explorer.page.keyboard.press("Enter")
    explorer.untick("types", "人物")
    assert time.monotonic() - began < 2
    assert explorer.page.inner_text("#panel h2")
    explorer.page.click("#whole")
    began = time.monotonic()
    explorer.page.click("#as-table")
    assert len(explorer.rows(1)) == 200
    assert time.monotonic() - began < 2.5
