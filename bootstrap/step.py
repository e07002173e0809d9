"""Steps with a name, run once: what a step was made from is remembered, and nothing half-made is left."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
STAMPS = TOOLS / "stamps"


class SetupError(Exception):
    """A step cannot be done; the message says in one sentence why, and what to do."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `made_from` and `makes` decide whether it is done already."""

    name: str
    made_from: Callable[[], str]
    makes: tuple[Path, ...]
    do: Callable[[], None]

    @property
    def stamp(self) -> Path:
        """Where this step remembers what it was made from."""
        return STAMPS / self.name.replace(" ", "-")

    def is_done(self) -> bool:
        """Whether what it makes is there, made from what is there now."""
        if not self.stamp.exists() or not all(path.exists() for path in self.makes):
            return False
        return self.stamp.read_text() == self.made_from()


def run_steps(steps: Iterable[Step]) -> None:
    """Run what is not done yet, each with its name and its time."""
    waiting = [step for step in steps if not step.is_done()]
    for number, step in enumerate(waiting, 1):
        print(f"[{number}/{len(waiting)}] {step.name} ...", end=" ", flush=True)
        began = time.monotonic()
        step.stamp.unlink(missing_ok=True)
        step.do()
        STAMPS.mkdir(parents=True, exist_ok=True)
        step.stamp.write_text(step.made_from())
        print(f"done in {time.monotonic() - began:.0f} s", flush=True)


def hash_files(*paths: Path, also: str = "") -> str:
    """One hash over files and the files of folders, by name and content."""
    summed = hashlib.sha256(also.encode())
    for path in paths:
        files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        for file in files:
            if "__pycache__" in file.parts or "node_modules" in file.parts or not file.exists():
                continue
            summed.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return summed.hexdigest()


def run(
    *command: str | Path, cwd: Path = ROOT, sentence: str, environment: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Run a command quietly; when it fails, raise SetupError with `sentence` and where its output is."""
    log = TOOLS / "setup.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    try:
        said = [str(one) for one in command]
        around = {**os.environ, **environment}
        done = subprocess.run(said, cwd=cwd, env=around, capture_output=True, text=True, check=False)
    except OSError as error:
        raise SetupError(f"{sentence} ({error.strerror}: {command[0]})") from error
    with log.open("a") as file:
        file.write(f"$ {' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}\n")
    if done.returncode == 0:
        return done.stdout
    output = f"{done.stderr}\n{done.stdout}".strip()
    if "No space left on device" in output:
        raise SetupError("The disk is full. Free about 2 GB where this folder is, then run the same command again.")
    last = output.splitlines()[-1] if output else "no output"
    raise SetupError(f"{sentence}\n  It said: {last}\n  All of it is in {log.relative_to(ROOT)}.")


def say(sentence: str) -> None:
    """A sentence to whoever is watching."""
    print(sentence, file=sys.stderr, flush=True)
