"""Finds Python 3.10 for the engine: on PATH, in pyenv's folders, or downloaded by uv."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bootstrap.step import TOOLS, SetupError, run, say

HOW = (
    "The engine needs Python 3.10 and none was found, nor could one be downloaded. "
    "Install it (for example `pyenv install 3.10` or your system's python3.10 with python3.10-venv) and run again."
)


def find_python310(uv: Path) -> Path:
    """A working Python 3.10; raises SetupError with how to get one."""
    for candidate in _candidates():
        if _is_310(candidate):
            return candidate
    say("\n  No Python 3.10 on this machine: downloading one ...")
    os.environ.setdefault("UV_PYTHON_INSTALL_DIR", str(TOOLS / "python"))
    run(uv, "python", "install", "3.10", sentence=HOW)
    return Path(run(uv, "python", "find", "--managed-python", "3.10", sentence=HOW).strip())


def _candidates() -> Iterator[Path]:
    named = shutil.which("python3.10")
    if named:
        yield Path(named)
    for base in (os.environ.get("PYENV_ROOT"), "~/.pyenv", "/opt/pyenv"):
        if base:
            # pyenv's shims answer only for versions made global, so look behind them.
            yield from sorted(Path(base).expanduser().glob("versions/3.10*/bin/python3.10"), reverse=True)
    yield from sorted((TOOLS / "python").glob("cpython-3.10*/bin/python3.10"))
    yield from (Path(one) for one in ("/usr/bin/python3.10", "/usr/local/bin/python3.10") if Path(one).exists())


def _is_310(python: Path) -> bool:
    asked = [str(python), "-c", "import sys, ensurepip; print('%d.%d' % sys.version_info[:2])"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.stdout.strip() == "3.10"


def check_own(version: tuple[int, int]) -> None:
    """Refuse to start on a Python that the application does not run on."""
    if version < (3, 11):
        raise SetupError(
            f"Pointe needs Python 3.11 or newer; this is {version[0]}.{version[1]}. "
            "Install one and run `make run PYTHON=python3.12` (or whichever you have)."
        )
