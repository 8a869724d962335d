"""An installed Firefox, driven through the protocol that it speaks itself (WebDriver BiDi): no other program needed."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

PATIENCE = 10.0
WATCHED = ("log.entryAdded", "network.beforeRequestSent", "browsingContext.userPromptOpened")
ENTER = "\ue007"
_LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class Firefox:
    """One window. `problems` collects what must not happen: words on the console, requests, dialogs."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.asked = 0
        self.problems: list[str] = []
        self.url = ""
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=WATCHED)
        self.window = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def _ask(self, method: str, **params: Any) -> Any:
        """Send a command and return its result; what happens meanwhile is noted."""
        self.asked += 1
        self.socket.send(json.dumps({"id": self.asked, "method": method, "params": params}))
        while True:
            told = json.loads(self.socket.recv(timeout=PATIENCE))
            if told.get("id") != self.asked:
                self._note(told["method"], told["params"])
            elif told["type"] == "error":
                raise AssertionError(f"{method}: {told['message']}")
            else:
                return told["result"]

    def _note(self, method: str, params: dict[str, Any]) -> None:
        if method == "network.beforeRequestSent":
            address = params["request"]["url"]
            if address.split("#")[0] != self.url and not address.startswith(("data:", "blob:", "about:")):
                self.problems.append(f"request: {address}")
        else:
            self.problems.append(f"{method}: {params.get('text') or params.get('message')}")

    def open(self, file: Path, address: str = "") -> float:
        """Open a page from disk; return how many seconds it took until it could be used."""
        self.url = file.as_uri()
        began = time.monotonic()
        # From one address of a page to another of it nothing would be loaded.
        self._ask("browsingContext.navigate", context=self.window, url="about:blank", wait="complete")
        target = f"{self.url}#{address}" if address else self.url
        self._ask("browsingContext.navigate", context=self.window, url=target, wait="complete")
        self.wait_until(lambda: self.run("document.body.dataset.ready") == "true")
        return time.monotonic() - began

    def run(self, expression: str) -> Any:
        """Return what a JavaScript expression gives: a text, a number or a truth value."""
        told = self._ask(
            "script.evaluate", expression=expression, target={"context": self.window}, awaitPromise=True
        )
        assert told["type"] == "success", told
        return told["result"].get("value")

    def text(self, selector: str) -> str:
        return str(self.run(f"document.querySelector({json.dumps(selector)}).innerText"))

    def type(self, text: str) -> None:
        """Press the keys of a text."""
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keyboard", "actions": keys})

    def click(self, selector: str) -> None:
        """Click into the middle of the first element that a selector finds."""
        box = f"document.querySelector({json.dumps(selector)}).getBoundingClientRect()"
        sides = (("x", "width"), ("y", "height"))
        self.click_at(*(int(self.run(f"{box}.{side} + {box}.{size} / 2")) for side, size in sides))

    def click_at(self, x: int, y: int) -> None:
        """Click a point of the window, in pixels."""
        moves = [{"type": "pointerMove", "x": x, "y": y}]
        buttons = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        self._act({"type": "pointer", "id": "mouse", "actions": [*moves, *buttons]})

    def _act(self, action: dict[str, Any]) -> None:
        self._ask("input.performActions", context=self.window, actions=[action])

    def wait_until(self, holds: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < until, "waited in vain"
            time.sleep(0.02)

    def photograph(self, path: Path) -> None:
        shot = self._ask("browsingContext.captureScreenshot", context=self.window)
        path.write_bytes(base64.b64decode(shot["data"]))

    def close(self) -> None:
        self._ask("browser.close")


@contextmanager
def running(program: str, profile: Path) -> Iterator[Firefox]:
    """Start Firefox without a screen and with a profile of its own, and end it afterwards."""
    command = [
        program,
        "--headless",
        "--no-remote",
        "--profile",
        str(profile),
        "--remote-debugging-port",
        "0",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        found = next(filter(None, map(_LISTENS.search, process.stderr)), None)
        assert found, "Firefox does not listen"
        with connect(f"{found[1]}/session", max_size=None) as socket:
            firefox = Firefox(socket)
            yield firefox
            firefox.close()
        process.wait(PATIENCE)
    finally:
        process.kill()
        process.communicate()
