"""`make test`: every suite in the environment it needs, with one closing line; skips are named.

With CI set, or --no-skips, a skip is a failure.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COUNTED = re.compile(r"(\d+) (passed|failed|skipped|errors?|deselected)")


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite of tests and how it is run."""

    name: str
    command: tuple[str, ...]
    folder: Path = ROOT


APP, ENGINE = str(ROOT / ".venv/bin/python"), str(ROOT / "engine/.venv/bin/python")
PYTEST = ("-m", "pytest", "-rs", "--tb=short")
PLAIN = ("-q", "-c", os.devnull, "--rootdir", ".", "--import-mode=importlib", "-p", "no:cacheprovider", "-W", "ignore")
APART = ("--ignore=tests/whole", "--ignore=tests/browser", "--ignore=tests/stock")
SUITES = (
    Suite("application", (APP, *PYTEST, "tests", *APART)),
    Suite("engine", (ENGINE, *PYTEST, *PLAIN, "tests/engine", "tests/language")),
    Suite("stock Rasa", (APP, *PYTEST, "tests/stock")),
    Suite("widget", (APP, "-m", "bootstrap.node", "test"), ROOT / "widget"),
    Suite("browser", (APP, *PYTEST, "tests/browser")),
    Suite("the whole assistant", (APP, *PYTEST, "tests/whole")),
)


def main() -> int:
    """Run every suite (or those named); the closing line adds them up."""
    wanted = [one for one in sys.argv[1:] if not one.startswith("-")]
    strict = "--no-skips" in sys.argv or bool(os.environ.get("CI"))
    total: dict[str, int] = {"passed": 0, "failed": 0, "skipped": 0}
    broken = []
    for suite in SUITES:
        if wanted and suite.name.split()[-1] not in wanted:
            continue
        print(f"\n== {suite.name} ==", flush=True)
        began = time.monotonic()
        code, counts = _run(suite)
        print(f"   {suite.name}: {time.monotonic() - began:.0f} s", flush=True)
        for word, count in counts.items():
            total[word] += count
        if code != 0:
            broken.append(suite.name)
    if strict and total["skipped"]:
        broken.append(f"{total['skipped']} skipped, and here nothing may be")
    if broken:
        print(f"\nFailed: {'; '.join(broken)}")
        total["failed"] = max(total["failed"], 1)
    print(f"\n{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 1 if broken else 0


def _run(suite: Suite) -> tuple[int, dict[str, int]]:
    """Run one suite, showing its output as it comes; its exit code and its counts."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    process = subprocess.Popen(
        suite.command, cwd=suite.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for line in process.stdout or ():
        print(line, end="", flush=True)
        found = _count(line)
        if found:
            counts = found
    return process.wait(), counts


def _count(line: str) -> dict[str, int] | None:
    """The counts of a closing line of pytest, or of Node's own runner (three lines, added up)."""
    node = re.match(r"^[ℹ#] (pass|fail|skipped) (\d+)", line)
    if node:
        key = {"pass": "passed", "fail": "failed", "skipped": "skipped"}[node[1]]
        _NODE[key] = int(node[2])
        return dict(_NODE)
    if " in " not in line:
        return None
    found = {word.rstrip("s") if word.startswith("error") else word: int(n) for n, word in COUNTED.findall(line)}
    if not found:
        return None
    return {
        "passed": found.get("passed", 0),
        "failed": found.get("failed", 0) + found.get("error", 0),
        "skipped": found.get("skipped", 0),
    }


_NODE = {"passed": 0, "failed": 0, "skipped": 0}

if __name__ == "__main__":
    sys.exit(main())
