"""The page of the five articles that come with the project, from the files to the sentence on the screen."""

from __future__ import annotations

from collections.abc import Callable

from page.driver import Explorer


def test_two_letters_lead_to_the_sentence_that_proves_a_post(explore: Callable[..., Explorer]) -> None:
    explorer = explore("seeds")
    explorer.photograph("seeds")
    assert explorer.search("wyf")[0] == "王延峰"
    explorer.page.keyboard.press("Enter")
    row = explorer.page.locator("#panel .rows li", has_text="上海人工智能实验室")
    row.locator(".sentences").first.click()
    assert "王延峰是上海人工智能实验室主任助理" in explorer.panel()
    assert "王延峰" in explorer.page.locator("#panel mark.head").all_inner_texts()
    assert explorer.page.locator("#panel .evidence").first.bounding_box()["height"] < 250
    explorer.photograph("seeds-evidence")
