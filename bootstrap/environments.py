"""The two environments, each from its hash-pinned lock."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from bootstrap.node import LINE
from bootstrap.pythons import find_engine_python, version_of
from bootstrap.step import ROOT, TOOLS, Step, hash_files, run

UV = TOOLS / "uv" / "bin" / "uv"
APP = ROOT / ".venv"
ENGINE = ROOT / "engine" / ".venv"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted beside what running needs: what checks and tests use, and the rest of stock Rasa."""

    dev: bool = False
    stock: bool = False


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


def make_environment(folder: Path, python: Path, lock: Path) -> None:
    """An environment in `folder` with what `lock` names and nothing else."""
    if version_of(folder / "bin" / "python") != version_of(python):
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


def environment_steps(wanted: Wanted) -> list[Step]:
    """The steps that make uv and both environments."""
    own = str(sys.version_info[:2])
    return [
        Step("uv", lambda: hash_files(ROOT / "bootstrap" / "uv.lock", also=own), (UV,), _make_uv),
        _environment("application environment", APP, "dev" if wanted.dev else ""),
        _environment("engine environment", ENGINE, "stock" if wanted.stock else "dev" if wanted.dev else ""),
    ]


def _environment(name: str, folder: Path, asked: str) -> Step:
    """An environment from its project's lock; one that holds more than running needs keeps it."""
    kind = next((one for one in ("stock", "dev") if asked == one or (folder / f"holds-{one}").exists()), "")
    lock = folder.parent / (f"requirements-{kind}.lock" if kind else "requirements.lock")

    def make() -> None:
        make_environment(folder, find_engine_python(UV) if folder == ENGINE else Path(sys.executable), lock)
        if kind:
            (folder / f"holds-{kind}").touch()

    return Step(name, lambda: hash_files(lock), (folder / "bin" / "python",), make)


def holds_tests() -> bool:
    """Whether checks and tests can be run here, so that what only they need stays."""
    return (APP / "holds-dev").exists()
