"""One visit to a page with a widget, measured in Chromium as on a slow phone."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser, CDPSession, Page

from bench.embeds import Embed
from bench.pages import Site
from bench.tracing import TRACED, longest

SLOWDOWN = 4
SETTLED_MS = 700
PATIENCE_MS = 30_000
# Nothing but loopback can be reached.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-features=LocalNetworkAccessChecks",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
WATCH = """
window.__shift = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.__shift += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
"""
STORED = """async () => Object.keys(localStorage).length + Object.keys(sessionStorage).length
  + document.cookie.split(";").filter((each) => each.trim()).length + (await indexedDB.databases()).length"""


@dataclass(frozen=True, slots=True)
class Visit:
    """Gzipped bytes and requests of loading and of opening; CPU milliseconds of the page's main thread.

    Beside them: layout shift, what was stored before opening, heap bytes once open, and how often another server
    was asked for something.
    """

    load_bytes: int
    load_requests: int
    open_bytes: int
    open_requests: int
    longest_task: float
    longest_script: float
    scripting: float
    shift: float
    stored: int
    heap: float
    elsewhere: int


def visit(browser: Browser, site: Site, number: int, embed: Embed) -> Visit:
    """Load the page, open the chat, and leave; raises playwright's TimeoutError when the chat does not open."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    try:
        page = context.new_page()
        page.add_init_script(WATCH)
        others: list[str] = []
        page.on("request", lambda request: None if _is_local(request.url, site) else others.append(request.url))
        session = context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        site.sent.clear()
        task, script = _load(browser, page, f"{site.address}/page/{number}", embed)
        loaded, scripting = list(site.sent), _metrics(session)["ScriptDuration"] * 1000
        shift, stored = page.evaluate("window.__shift"), page.evaluate(STORED)
        site.sent.clear()
        _open(page, embed)
        opened, heap = list(site.sent), _heap(session)
        return Visit(
            sum(size for _, size in loaded),
            len(loaded),
            sum(size for _, size in opened),
            len(opened),
            task,
            script,
            scripting,
            shift,
            stored,
            heap,
            len(others),
        )
    finally:
        context.close()


def _is_local(url: str, site: Site) -> bool:
    return url.startswith((site.address, "data:", "blob:"))


def _load(browser: Browser, page: Page, address: str, embed: Embed) -> tuple[float, float]:
    """Load and settle; the milliseconds of the longest task, and of the longest run of its scripts."""
    browser.start_tracing(page=page, categories=TRACED)
    page.goto(address, wait_until="load", timeout=PATIENCE_MS)
    page.locator(embed.launcher or embed.opened).first.wait_for(state="visible", timeout=PATIENCE_MS)
    page.wait_for_timeout(SETTLED_MS)
    return longest(browser.stop_tracing(), address.partition("/page/")[0])


def _open(page: Page, embed: Embed) -> None:
    if embed.launcher:
        page.locator(embed.launcher).first.click(timeout=PATIENCE_MS)
        page.locator(embed.opened).first.wait_for(state="visible", timeout=PATIENCE_MS)
    page.wait_for_timeout(SETTLED_MS)


def _metrics(session: CDPSession) -> dict[str, float]:
    return {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}


def _heap(session: CDPSession) -> float:
    session.send("HeapProfiler.collectGarbage")
    return _metrics(session)["JSHeapUsedSize"]
