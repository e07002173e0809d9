"""Fixtures of the browser tests: skipped by name, with the command that helps, where a part is missing."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from chat import ARGS, CHROMIUM, WIDGET, Chat, Server, run_server


def _missing() -> str:
    if not shutil.which("node"):
        return "node is missing: apt-get install -y nodejs npm"
    if not CHROMIUM.exists():
        return "chromium is missing: apt-get install -y chromium"
    if not (WIDGET / "dist/pointe.js").exists():
        return "the widget is not built: npm --prefix widget ci && npm --prefix widget run build"
    return ""


@pytest.fixture(scope="session")
def mock_server() -> Iterator[Server]:
    if reason := _missing():
        pytest.skip(reason)
    with run_server() as server:
        yield server


@pytest.fixture
def server(mock_server: Server) -> Server:
    """The mock server without a memory of the test before."""
    mock_server.control("reset")
    return mock_server


@pytest.fixture(scope="session")
def driver() -> Iterator[Any]:
    """The one driver of all browsers: it cannot be started twice in a process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(driver: Any, mock_server: Server) -> Iterator[Any]:
    browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGS)
    yield browser
    browser.close()


@pytest.fixture
def new_chat(browser: Any, server: Server) -> Iterator[Callable[..., Chat]]:
    """Make a visitor with a browser of their own; takes Playwright's context options."""
    contexts = []

    def make(**options: Any) -> Chat:
        context = browser.new_context(**{"reduced_motion": "reduce", "locale": "en-GB", **options})
        context.set_default_timeout(8000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return Chat(page, server)

    errors: list[str] = []
    yield make
    for context in contexts:
        context.close()
    assert not errors, errors


@pytest.fixture
def chat(new_chat: Callable[..., Chat]) -> Chat:
    """A visitor on the example article, the chat closed."""
    return new_chat().visit()
