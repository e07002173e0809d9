"""Writes the hash-pinned locks anew; none holds a download address."""

from __future__ import annotations

from bootstrap.environments import UV
from bootstrap.pythons import find_python310
from bootstrap.step import ROOT, run

COMPILE = ("pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header", "--no-emit-index-url")
WHY = "The requirements do not fit together."


def main() -> None:
    """Both projects: what runs, then with what checks and tests need, held to the same versions."""
    _compile("requirements.lock", "", (), "requirements-dev.lock", ("dev",))
    # Building the encoder is part of every set-up, so its libraries are in both locks.
    engine = ("--python", str(find_python310(UV)), "--extra", "build")
    _compile("requirements.lock", "engine", engine, "requirements-dev.lock", ("test",))


def _compile(lock: str, folder: str, how: tuple[str, ...], dev_lock: str, extras: tuple[str, ...]) -> None:
    place = ROOT / folder
    run(UV, *COMPILE, *how, "pyproject.toml", "-o", lock, cwd=place, sentence=WHY)
    more = [part for extra in extras for part in ("--extra", extra)]
    run(UV, *COMPILE, *how, *more, "-c", lock, "pyproject.toml", "-o", dev_lock, cwd=place, sentence=WHY)


if __name__ == "__main__":
    main()
