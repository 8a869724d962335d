"""The page as a person uses it: points on the screen, words in the panel, files that come down."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Request

PATIENCE = 8.0


class Window:
    """A window of the browser with storage of its own, which is empty whenever a page is opened in it."""

    def __init__(self, browser: Browser, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.context = browser.new_context(**settings)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)

    def leave(self) -> None:
        """Leave the page that is open, and with it all that was done to the window."""
        self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        self.page.emulate_media(color_scheme=self.settings.get("color_scheme", "light"))
        self.page.mouse.move(0, 0)
        self.page.goto("about:blank")

    def close(self) -> None:
        self.context.close()


class Windows:
    """Windows that were left, for the next that is like them: in one that has held the page it opens sooner."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.left: list[Window] = []

    def take(self, settings: dict[str, Any], *, new: bool) -> Window:
        """Return a window with some settings of Playwright's; one that nobody has used yet if it is to be `new`."""
        found = next((window for window in self.left if window.settings == settings and not new), None)
        if found is None:
            return Window(self.browser, settings)
        self.left.remove(found)
        return found

    def give_back(self, window: Window) -> None:
        window.leave()
        self.left.append(window)

    def close(self) -> None:
        for window in self.left:
            window.close()


class Explorer:
    """One window with the page in it. `problems` collects what must not happen."""

    def __init__(
        self,
        windows: Windows,
        file: Path,
        address: str,
        artifacts: Path,
        *,
        new: bool = False,
        **context: Any,
    ) -> None:
        settings = {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN", "reduced_motion": "reduce"}
        query = context.pop("query", "")
        self.problems: list[str] = []
        self.artifacts = artifacts
        self.url = file.as_uri() + query
        self.closed = False
        self.windows = windows
        self.window = windows.take({**settings, **context}, new=new)
        self.page = self.window.page
        self.window.context.on("request", self._on_request)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", self._on_error)
        self.page.on("dialog", self._on_dialog)
        began = time.monotonic()
        self.page.goto(self.url + (f"#{address}" if address else ""))
        self.page.wait_for_selector("body[data-ready]")
        self.seconds = time.monotonic() - began

    def _on_request(self, request: Request) -> None:
        allowed = request.url.split("#")[0] == self.url or request.url.startswith(("blob:", "data:"))
        if not allowed:
            self.problems.append(f"request: {request.url[:200]}")

    def _on_console(self, message: ConsoleMessage) -> None:
        self.problems.append(f"console {message.type}: {message.text}")

    def _on_error(self, error: Exception) -> None:
        self.problems.append(f"error: {error}")

    def _on_dialog(self, dialog: Dialog) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def close(self) -> None:
        """Leave the page; the next may be opened in its window."""
        if self.closed:
            return
        self.closed = True
        self.windows.give_back(self.window)
        self.window.context.remove_listener("request", self._on_request)
        self.page.remove_listener("console", self._on_console)
        self.page.remove_listener("pageerror", self._on_error)
        self.page.remove_listener("dialog", self._on_dialog)

    # What is shown

    def shown(self) -> set[str]:
        """Return the ids of the nodes in the scene."""
        return set(self.page.evaluate("explorer.shown()"))

    def edges(self) -> set[str]:
        """Return the ids of the edges in the scene."""
        return set(self.page.evaluate("explorer.edgesShown()"))

    def lines(self) -> int:
        """Return how many lines the picture draws."""
        return int(self.page.evaluate("explorer.linesDrawn()"))

    def address(self) -> str:
        return str(self.page.evaluate("location.hash"))

    def panel(self) -> str:
        return self.page.inner_text("#panel-body")

    def crumbs(self) -> list[str]:
        return self.page.locator("#crumbs button").all_inner_texts()

    def rows(self, column: int) -> list[str]:
        """Return the texts of a column of the table, the first being 1."""
        return self.page.locator(f"#table-body td:nth-child({column})").all_inner_texts()

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds. Playwright's way evaluates text, which the page's policy forbids."""
        until = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < until, "waited in vain"
            self.page.wait_for_timeout(25)

    # What a person does

    def search(self, text: str, box: str = "search") -> list[str]:
        """Type into a search box and return the names it offers."""
        self.page.fill(f"#{box}", text)
        return self.page.locator(f"#{box}-list .option-name").all_inner_texts()

    def click_node(self, id: str) -> None:
        point = self.page.evaluate("id => explorer.pointOfNode(id)", id)
        self.page.mouse.click(point["x"], point["y"])

    def click_between(self, a: str, b: str) -> None:
        point = self.page.evaluate("ids => explorer.pointBetween(...ids)", [a, b])
        self.page.mouse.click(point["x"], point["y"])

    def untick(self, group: str, name: str) -> None:
        self.page.locator(f"#{group} label", has_text=name).locator("input").click()

    def count_of(self, group: str, name: str) -> int:
        """Return the number beside a choice of the legend."""
        text = self.page.locator(f"#{group} label", has_text=name).locator(".count").inner_text()
        return int(text.replace(",", ""))

    def download(self, button: str) -> Path:
        self.page.click("#downloads summary")
        with self.page.expect_download() as waiting:
            self.page.click(f"#{button}")
        return Path(waiting.value.path())

    def photograph(self, name: str) -> Path:
        path = self.artifacts / f"page-{name}.png"
        self.page.screenshot(path=path)
        return path
