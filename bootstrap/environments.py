"""The two environments, each from its hash-pinned lock."""

from __future__ import annotations

import sys
from pathlib import Path

from bootstrap.node import LINE, make_node
from bootstrap.pythons import find_python310
from bootstrap.step import ROOT, TOOLS, Step, hash_files, run

UV = TOOLS / "uv" / "bin" / "uv"
APP = ROOT / ".venv"
ENGINE = ROOT / "engine" / ".venv"


def _make_uv() -> None:
    venv = UV.parent.parent
    run(
        sys.executable,
        "-m",
        "venv",
        "--clear",
        venv,
        sentence=(
            "Python's venv module is missing. Install it (Debian, Ubuntu: `apt install python3-venv`) and run again."
        ),
    )
    run(
        venv / "bin" / "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        ROOT / "bootstrap" / "uv.lock",
        sentence=f"uv could not be fetched. {LINE}",
    )


def _make_environment(folder: Path, python: Path | str, lock: Path) -> None:
    if not (folder / "bin" / "python").exists():
        run(
            UV,
            "venv",
            "--quiet",
            "--clear",
            "--python",
            python,
            folder,
            sentence=f"The environment {folder.relative_to(ROOT)} could not be made.",
        )
    run(
        UV,
        "pip",
        "sync",
        "--quiet",
        "--require-hashes",
        "--python",
        folder / "bin" / "python",
        lock,
        sentence=(
            f"The libraries of {lock.relative_to(ROOT)} could not be installed. {LINE} Where it speaks of a missing "
            "compiler: install one (Debian, Ubuntu: `apt install build-essential`)."
        ),
    )


def environment_steps(*, dev: bool) -> list[Step]:
    """The steps that make uv, both environments and Node; `dev` adds what checks and tests need."""
    own = str(sys.version_info[:2])
    return [
        Step("uv", lambda: hash_files(ROOT / "bootstrap" / "uv.lock", also=own), (UV,), _make_uv),
        _environment("application environment", APP, ROOT, dev=dev),
        _environment("engine environment", ENGINE, ROOT / "engine", dev=dev),
        Step("Node for the widget", lambda: "node", (), make_node),
    ]


def _environment(name: str, folder: Path, project: Path, *, dev: bool) -> Step:
    """An environment from its project's lock; one that holds the tests' libraries keeps them."""
    mark = folder / "holds-dev"
    all_of_it = dev or mark.exists()
    lock = project / ("requirements-dev.lock" if all_of_it else "requirements.lock")

    def make() -> None:
        _make_environment(folder, find_python310(UV) if folder == ENGINE else sys.executable, lock)
        if all_of_it:
            mark.touch()

    return Step(name, lambda: hash_files(lock), (folder / "bin" / "python",), make)
