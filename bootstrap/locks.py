"""Writes the hash-pinned locks anew; none holds a download address."""

from __future__ import annotations

from pathlib import Path

from bootstrap.environments import UV
from bootstrap.pythons import find_engine_python
from bootstrap.step import ROOT, run

COMPILE = ("pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header", "--no-emit-index-url")
HELD = ("-c", "requirements.lock")
STOCK = ("--extra", "test", "--extra", "stock")
WHY = "The requirements do not fit together."


def main() -> None:
    """Both projects: what runs, then with what checks, tests and stock Rasa need, held to the same versions."""
    _compile(ROOT, Path("requirements.lock"), "pyproject.toml")
    _compile(ROOT, Path("requirements-dev.lock"), "pyproject.toml", "--extra", "dev", *HELD)
    engine, python = ROOT / "engine", ("--python", str(find_engine_python(UV)))
    _compile(engine, Path("requirements.lock"), "pyproject.toml", *python)
    _compile(engine, Path("requirements-dev.lock"), "pyproject.toml", *python, "--extra", "test", *HELD)
    _compile(engine, Path("requirements-stock.lock"), "pyproject.toml", *python, *STOCK, *HELD)
    _compile(engine, Path("encoder/weights.txt"), "encoder/weights.in", *python, "--no-deps")


def _compile(folder: Path, lock: Path, source: str, *how: str) -> None:
    run(UV, *COMPILE, *how, source, "-o", lock, cwd=folder, sentence=WHY)


if __name__ == "__main__":
    main()
