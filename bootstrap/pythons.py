"""Finds Python 3.11 for the engine: the one that runs this, on PATH, in pyenv's folders, or downloaded by uv."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bootstrap.step import TOOLS, SetupError, run, say

WANTED = "3.11"
HOW = (
    f"The engine needs Python {WANTED} and none was found, nor could one be downloaded. "
    f"Install it (for example `pyenv install {WANTED}` or your system's python{WANTED}) and run again."
)


def find_engine_python(uv: Path) -> Path:
    """A working Python 3.11; raises SetupError with how to get one."""
    for candidate in _candidates():
        if version_of(candidate) == WANTED:
            return candidate
    say(f"\n  No Python {WANTED} on this machine: downloading one ...")
    os.environ.setdefault("UV_PYTHON_INSTALL_DIR", str(TOOLS / "python"))
    run(uv, "python", "install", WANTED, sentence=HOW)
    return Path(run(uv, "python", "find", "--managed-python", WANTED, sentence=HOW).strip())


def _candidates() -> Iterator[Path]:
    yield Path(sys.executable)
    named = shutil.which(f"python{WANTED}")
    if named:
        yield Path(named)
    for base in (os.environ.get("PYENV_ROOT"), "~/.pyenv", "/opt/pyenv"):
        if base:
            # pyenv's shims answer only for versions made global, so look behind them.
            yield from sorted(Path(base).expanduser().glob(f"versions/{WANTED}*/bin/python{WANTED}"), reverse=True)
    yield from sorted((TOOLS / "python").glob(f"cpython-{WANTED}*/bin/python{WANTED}"))
    yield from (Path(folder, f"python{WANTED}") for folder in ("/usr/bin", "/usr/local/bin"))


def version_of(python: Path) -> str:
    """The version of an interpreter, as in "3.11"; empty when it does not run."""
    asked = [str(python), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return said.stdout.strip()


def check_own(version: tuple[int, int]) -> None:
    """Refuse to start on a Python that the application does not run on."""
    if version < (3, 11):
        raise SetupError(
            f"Pointe needs Python 3.11 or newer; this is {version[0]}.{version[1]}. "
            "Install one and run `make run PYTHON=python3.12` (or whichever you have)."
        )
