"""Two processes that catch up with the same log at the same moment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from clinic.composition import open_log, sessions_of
from clinic.settings_file import load_settings

ROOT = Path(__file__).resolve().parents[1]
BATCH = 40
"""Rows looked at together: small, so that the two meet often."""


def catch_up_together(environ: dict[str, str]) -> list[int]:
    """How many conversations each of the two has folded; fails with what one of them wrote where it did not end well.

    `environ` is what the settings are read from.
    """
    command = [sys.executable, "-m", "tests.folding"]
    both = [
        subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environ}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in both:
        assert one.stdin is not None
        one.stdin.write("now\n")
        one.stdin.flush()
    told = [one.communicate(timeout=120) for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    return [int(out) for out, _ in told]


def main() -> None:
    """Get ready, wait for a word, catch up, and print how many conversations that were."""
    settings = load_settings(ROOT, dict(os.environ))
    log = open_log(settings, sessions_of(settings))
    print("ready", flush=True)
    sys.stdin.readline()
    print(log.catch_up(BATCH))


if __name__ == "__main__":
    main()
