"""`make bench-widget`: our widget beside other chat widgets of npm, in a real browser on a page of an article.

The page and every file come from this machine, compressed with gzip; nothing else can be reached. The processor is
slowed down four times, as for a middling phone. Medians of visits that take turns.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable
from statistics import median

from bench.browsing import ARGUMENTS, Visit, visit
from bench.embeds import EMBEDS, Embed, install_peers
from bench.pages import DIST, serve_site
from bench.processes import BenchFailed
from bench.table import figure, row

COLUMNS = {
    "widget": -15, "load kB": 9, "req": 5, "+open kB": 10, "req ": 5, "total kB": 10, "task ms": 9,
    "longest script": 16, "script ms": 11, "shift": 7, "stored": 8, "elsewhere": 11, "heap MB": 9,
}  # fmt: skip
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Prints the table; 1 and a sentence when something is missing."""
    parser = argparse.ArgumentParser(prog="python -m bench.widget")
    parser.add_argument("--visits", type=int, default=5, help="to each widget's page (default 5)")
    options = parser.parse_args()
    try:
        _measure(_browser(), options.visits)
    except BenchFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; nothing is left running.", file=sys.stderr)
        return 130
    return 0


def _browser() -> str:
    if not (DIST / "pointe.js").exists():
        raise BenchFailed("The widget is not built: run `make setup`.")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        raise BenchFailed("Chromium is missing: install it (Debian, Ubuntu: apt install chromium), then measure again.")
    return found


def _measure(executable: str, visits: int) -> None:
    from playwright.sync_api import Error, sync_playwright

    install_peers()
    with serve_site() as site, sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
            _take_turns(lambda number, embed: visit(browser, site, number, embed), visits)
            browser.close()
        except Error as error:
            raise BenchFailed(f"The browser did not do what was asked: {error.message.splitlines()[0]}") from error


def _take_turns(measure: Callable[[int, Embed], Visit], visits: int) -> None:
    widths = list(COLUMNS.values())
    seen: dict[str, list[Visit]] = {embed.name: [] for embed in EMBEDS}
    for _ in range(visits):
        for number, embed in enumerate(EMBEDS):
            seen[embed.name].append(measure(number, embed))
    print(row(list(COLUMNS), widths))
    for name, found in seen.items():
        print(row(_cells(name, found), widths))


def _cells(name: str, visits: list[Visit]) -> list[str]:
    def middle(value: Callable[[Visit], float]) -> float:
        return median(value(each) for each in visits)

    return [
        name,
        figure(middle(lambda one: one.load_bytes) / 1000),
        f"{middle(lambda one: one.load_requests):.0f}",
        figure(middle(lambda one: one.open_bytes) / 1000),
        f"{middle(lambda one: one.open_requests):.0f}",
        figure(middle(lambda one: one.load_bytes + one.open_bytes) / 1000),
        figure(middle(lambda one: one.longest_task)),
        figure(middle(lambda one: one.longest_script)),
        figure(middle(lambda one: one.scripting)),
        f"{middle(lambda one: one.shift):.3f}",
        f"{middle(lambda one: one.stored):.0f}",
        f"{middle(lambda one: one.elsewhere):.0f}",
        figure(middle(lambda one: one.heap) / 1e6),
    ]


if __name__ == "__main__":
    sys.exit(main())
