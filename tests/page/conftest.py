"""A real browser for the page's tests: found on the system, one for the whole run; without one they say so.

KG_CHROMIUM and KG_FIREFOX name the browsers' programs, KG_ARTIFACTS a folder for the pictures that are taken,
and CI=1 makes a skip a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from page import graphs as page_graphs
from page.driver import Explorer, Windows

from kg import pipeline
from kg.export import html
from kg.export.model import GraphData

ROOT = Path(__file__).parents[2]
PROGRAMS = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
GRAPHS: dict[str, Callable[[], GraphData]] = {
    "small": page_graphs.small,
    "middle": lambda: page_graphs.large(1_500, 3_000),
    "large": lambda: page_graphs.large(20_000, 40_000),
    "hostile": page_graphs.hostile,
    "contradictory": page_graphs.contradictory,
    "empty": lambda: GraphData([], []),
}
UNSEEN = "the page was not looked at in a browser"


def find_program(variable: str, programs: tuple[str, ...]) -> str | None:
    """Return the browser that an environment variable names, or the first of some programs, or None."""
    named = os.environ.get(variable)
    return named or next((found for program in programs if (found := shutil.which(program))), None)


def unseen(reason: str) -> NoReturn:
    """Skip a test for want of a browser, loudly; in CI, fail."""
    message = f"{UNSEEN}: {reason}"
    if os.environ.get("CI") in {"1", "true"}:
        pytest.fail(message)
    pytest.skip(message)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    unseen = [reason for reason in skipped if UNSEEN in reason]
    if unseen:
        terminalreporter.section("NOT TESTED", sep="!", red=True)
        terminalreporter.write_line(f"{len(unseen)} tests of the page. {unseen[0]}")


@pytest.fixture(scope="session")
def windows() -> Iterator[Windows]:
    program = find_program("KG_CHROMIUM", PROGRAMS)
    if program is None:
        unseen("no Chromium found; install one or set KG_CHROMIUM")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        unseen("Playwright is not installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        windows = Windows(running)
        yield windows
        windows.close()
        running.close()


@pytest.fixture(scope="session")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the HTML file of "seeds" or of a graph of `GRAPHS`, written when it is first asked for."""
    folder = tmp_path_factory.mktemp("pages")

    def make(name: str) -> Path:
        path = folder / f"{name}.html"
        if name == "seeds" and not path.exists():
            pipeline.build([str(ROOT / "seeds")], ROOT / "rules", folder / "seeds")
            (folder / "seeds" / "graph.html").rename(path)
        if not path.exists():
            looks = {"colours": page_graphs.COLOURS, "symmetric": page_graphs.SYMMETRIC}
            title = page_graphs.HOSTILE[0] if name == "hostile" else "云港产业通讯"
            html.write(GRAPHS[name](), path, title=title, **looks)
        return path

    return make


@pytest.fixture
def artifacts(tmp_path: Path) -> Path:
    """The folder for pictures."""
    folder = Path(os.environ.get("KG_ARTIFACTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def explore(
    windows: Windows, page_of: Callable[[str], Path], artifacts: Path
) -> Iterator[Callable[..., Explorer]]:
    """Open the page of a graph: `explore("small", "n=p00", color_scheme="dark")`.

    When the test is over, no page may have written to the console, failed, asked anything or sent a request.
    """
    opened: list[Explorer] = []

    def open_page(name: str, address: str = "", **context: Any) -> Explorer:
        explorer = Explorer(windows, page_of(name), address, artifacts, **context)
        opened.append(explorer)
        return explorer

    yield open_page
    for explorer in opened:
        explorer.close()
    assert [problem for explorer in opened for problem in explorer.problems] == []
