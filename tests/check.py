"""`make check`: everything that can be known without running the assistant. Warnings are errors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
CHECKS: tuple[tuple[str, tuple[str, ...], Path], ...] = (
    ("ruff", (str(BIN / "ruff"), "check", "."), ROOT),
    ("formatting", (str(BIN / "ruff"), "format", "--check", "-q", "."), ROOT),
    ("types", (str(BIN / "mypy"),), ROOT),
    ("imports", (str(BIN / "lint-imports"), "--no-cache"), ROOT),
    ("the widget's types", (str(BIN / "python"), "-m", "bootstrap.node", "types"), ROOT / "widget"),
    ("what is taught", (str(BIN / "python"), "-m", "clinic", "check"), ROOT),
    ("rasa data validate", (str(ROOT / "bin/rasa"), "data", "validate", "--fail-on-warnings"), ROOT),
)


def main() -> int:
    """Run every check; 1 when one fails."""
    failed = []
    for name, command, folder in CHECKS:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=_environment())
        print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name}", flush=True)
        if done.returncode != 0:
            failed.append(name)
            print(done.stdout[-6000:], done.stderr[-3000:])
    print(f"{len(CHECKS) - len(failed)} checks passed, {len(failed)} failed")
    return 1 if failed else 0


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(ROOT), "POINTE_ROOT": str(ROOT), "PYTHONWARNINGS": "ignore"}


if __name__ == "__main__":
    sys.exit(main())
