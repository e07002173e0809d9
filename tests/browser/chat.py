"""The mock server and the open chat, as a visitor of a page meets them."""

import json
import re
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).resolve().parents[2]
WIDGET = ROOT / "widget"
CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--mute-audio",
    "--disable-features=LocalNetworkAccessChecks",
]


def letters_of(pixels: int) -> str:
    """The browser's own setting for the size of letters, as people enlarge text: 32 is 200%."""
    return f"--blink-settings=defaultFontSize={pixels}"


def axe(page: Page, within: str = "pointe-chat") -> list[tuple[str, list[Any]]]:
    """Everything that axe-core has against this part of the page, by all its rules."""
    page.evaluate((WIDGET / "node_modules/axe-core/axe.min.js").read_text())
    report: dict[str, Any] = page.evaluate("within => axe.run(within)", within)
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in report["violations"]]


@dataclass(frozen=True, slots=True)
class Server:
    """The mock server's address and its switches."""

    address: str

    def control(self, name: str, **body: Any) -> dict[str, Any]:
        """Turn a switch (`reset`, `set`, `fail`, `expire`); the answer holds the log of requests."""
        request = urllib.request.Request(
            f"{self.address}/__test/{name}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=5) as response:
            result: dict[str, Any] = json.load(response)
            return result

    def requests(self) -> list[str]:
        """Every request so far, as `METHOD /path`."""
        return [entry["key"] for entry in self.control("log")["log"]]

    def heard(self) -> list[str]:
        """What visitors said, as the server keeps it."""
        messages = self.control("log")["messages"]
        return [message["text"] for message in messages if message["from"] == "visitor"]


@contextmanager
def run_server() -> Iterator[Server]:
    """The mock server on a free port of the loopback."""
    process = subprocess.Popen(["node", "test/server.mjs"], cwd=WIDGET, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield Server(process.stdout.readline().strip())
    finally:
        process.terminate()
        process.wait(timeout=5)
        if process.stdout:
            process.stdout.close()


@dataclass(frozen=True, slots=True)
class Chat:
    """The widget on a page, in a visitor's words."""

    page: Page
    server: Server

    def visit(self, example: str = "bubble.html") -> "Chat":
        """Go to an example page."""
        self.page.goto(f"{self.server.address}/examples/{example}")
        return self

    def open(self) -> "Chat":
        """Press the launcher and wait for the greeting."""
        self.launcher.click()
        expect(self.message("say").first).to_be_visible()
        return self

    def say(self, text: str) -> "Chat":
        """Write something and send it with Enter."""
        self.input.fill(text)
        self.input.press("Enter")
        return self

    def ask(self, text: str, kind: str = "answer") -> Locator:
        """Say something and wait for a reply of this kind."""
        count = self.message(kind).count()
        self.say(text)
        reply = self.message(kind).nth(count)
        expect(reply).to_be_visible()
        return reply

    def message(self, kind: str) -> Locator:
        """Messages of a kind (`visitor` for the visitor's own)."""
        return self.page.locator(f"pointe-chat article.{kind}")

    @property
    def launcher(self) -> Locator:
        return self.page.locator("pointe-chat .launcher")

    @property
    def panel(self) -> Locator:
        return self.page.locator("pointe-chat .panel")

    @property
    def input(self) -> Locator:
        return self.page.locator("pointe-chat #field")

    @property
    def banner(self) -> Locator:
        return self.page.locator("pointe-chat .banner")

    def choose(self, item: str) -> None:
        """Pick an entry of the menu."""
        self.page.get_by_role("button", name="Menu", exact=True).click()
        self.page.locator("pointe-chat .menu").get_by_text(re.compile(f"^{item}$")).click()

    def stored(self) -> list[str]:
        """The names of everything the browser keeps for this page."""
        names: list[str] = self.page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
        return names

    def focused(self) -> str:
        """What has focus: an id, an accessible label or a text, through shadow roots."""
        script = """() => {
            let at = document.activeElement;
            while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            return at?.id || at?.getAttribute('aria-label') || at?.textContent || '';
        }"""
        return str(self.page.evaluate(script)).strip()
