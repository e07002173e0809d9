"""What is compared with, installed from its lock into an environment of its own, once."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from bench.processes import BenchFailed
from bootstrap.environments import UV


def install(environment: Path, lock: Path, python: str, sentence: str) -> None:
    """Make the environment from its lock, after saying `sentence`, unless it is there; raises BenchFailed."""
    mark, wanted = environment / "made-from", lock.read_text("utf-8")
    inside = environment / "bin" / "python"
    if inside.exists() and mark.exists() and mark.read_text("utf-8") == wanted:
        return
    print(sentence, flush=True)
    call([str(UV), "venv", "--quiet", "--clear", "--python", python, str(environment)])
    call([str(UV), "pip", "sync", "--quiet", "--require-hashes", "--python", str(inside), str(lock)])
    mark.write_text(wanted, "utf-8")


def call(command: Sequence[str]) -> None:
    """Run a command quietly; raises BenchFailed with its last words."""
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise BenchFailed(f"{command[0]} is missing: run `make setup`.") from None
    except subprocess.CalledProcessError as error:
        raise BenchFailed(f"{Path(command[0]).name} failed:\n{str(error.stderr).strip()[-1500:]}") from None
