"""The page in Firefox: from disk, it opens, searches, shows evidence, and runs nothing that articles smuggle in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from page import firefox
from page.conftest import find_program, unseen
from page.graphs import HOSTILE

PROGRAMS = ("firefox-esr", "firefox")


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[firefox.Firefox]:
    program = find_program("KG_FIREFOX", PROGRAMS)
    if program is None:
        unseen("no Firefox found; install one or set KG_FIREFOX")
    with firefox.running(program, tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture
def fox(window: firefox.Firefox) -> Iterator[firefox.Firefox]:
    """Firefox; when the test is over, the page may have written, asked and sent nothing."""
    window.problems.clear()
    yield window
    assert window.problems == []


def test_two_letters_lead_to_the_sentence(
    fox: firefox.Firefox, page_of: Callable[[str], Path], artifacts: Path
) -> None:
    fox.open(page_of("small"))
    fox.type("/lzy")
    fox.wait_until(lambda: "林知远" in fox.text("#search-list"))
    fox.type(firefox.ENTER)
    fox.wait_until(lambda: fox.text("#panel h2").strip() == "林知远")
    fox.click("#panel .rows .sentences")
    fox.wait_until(lambda: fox.run("document.querySelectorAll('#panel mark.head').length") > 0)
    assert "林知远" in fox.text("#panel blockquote")
    fox.photograph(artifacts / "page-firefox.png")


def test_links_open_on_what_they_name(fox: firefox.Firefox, page_of: Callable[[str], Path]) -> None:
    fox.open(page_of("small"), "e=edge00000")
    assert fox.run("document.querySelectorAll('#panel blockquote').length") > 0
    fox.open(page_of("small"), "n=a00&table=1")
    assert fox.text("#panel h2").strip() == "云港論壇"
    assert fox.run("document.querySelectorAll('#table-body tr').length") == 2


def test_a_click_on_a_line_shows_what_it_stands_for(
    fox: firefox.Firefox, page_of: Callable[[str], Path]
) -> None:
    fox.open(page_of("small"), "n=p00")
    x, y = (int(fox.run(f"explorer.pointBetween('p00', 'o00').{side}")) for side in "xy")
    fox.click_at(x, y)
    fox.wait_until(lambda: "4" in fox.text("#panel .meta"))
    assert fox.run("document.querySelectorAll('#panel .fold').length") == 4


def test_hostile_names_stay_text(fox: firefox.Firefox, page_of: Callable[[str], Path]) -> None:
    fox.open(page_of("hostile"))
    fox.click(".ranking .entity")
    fox.wait_until(lambda: "onerror" in fox.text("#panel .rows"))
    assert fox.text("h1") == HOSTILE[0]
    fox.click("#panel .rows .sentences")
    fox.wait_until(lambda: fox.run("document.querySelectorAll('#panel blockquote').length") > 0)
    assert fox.run("document.querySelectorAll('img, iframe, object, embed').length") == 0
    fox.run(
        "(() => { const added = document.createElement('script'); added.textContent = 'window.ran = 1';"
        " document.body.append(added); return 0; })()"
    )
    assert fox.run("window.ran") is None
    # The policy says on the console what it refused, a little later; nothing else may have been said.
    fox.wait_until(lambda: fox.run("true") and fox.problems != [])
    assert all("Content-Security-Policy" in problem for problem in fox.problems), fox.problems
    fox.problems.clear()
