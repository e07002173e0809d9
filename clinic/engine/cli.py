"""The engine's own command line, for training. Beside `clinic.engine.client` the only place that starts it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from clinic.problem import Problem

THREADS = "POINTE_TRAINING_THREADS"  # read by `engine.learning.embedding_cache`
WRAPPED = "The above exception was the direct cause"  # Rasa wraps what a component raised; that says what is wrong
NOISE = re.compile(r"^\s*$|Warning|warn|telemetry|^\d{4}-.* (INFO|DEBUG)|tensorrt|TF-TRT|cuda", re.IGNORECASE)


class TrainingFailed(Problem):
    """Training did not end well; the message says what the engine said, and nothing was published."""


def train_model(root: Path, folder: Path, name: str, cores: int = 1) -> Path:
    """Train what is at `root` into `folder/name.tar.gz`; raises TrainingFailed.

    It takes one of the machine's `cores` where visitors are served beside it.
    """
    # `bin/clinic check` and `make check` validate; here every second is one that a trainer waits.
    command = ("train", "--skip-validation", "--out", str(folder), "--fixed-model-name", name)
    done = subprocess.run(
        [str(root / "bin" / "rasa"), *command],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**_environment(), THREADS: str(cores)},
    )
    made = folder / f"{name}.tar.gz"
    if done.returncode == 0 and made.exists():
        return made
    made.unlink(missing_ok=True)
    raise TrainingFailed(_sentence(f"{done.stdout}\n{done.stderr}"))


def _environment() -> dict[str, str]:
    # Rasa's own cache breaks when a training is killed half-way; we keep the vectors, which is what takes time.
    return {**os.environ, "PYTHONWARNINGS": "ignore", "RASA_MAX_CACHE_SIZE": "0"}


def _sentence(output: str) -> str:
    if "No space left on device" in output:
        return "The disk is full: free about 1 GB, then train again. The published model is as it was."
    cause, wrapped, whole = output.rpartition(WRAPPED)
    lines = [line.strip() for line in (cause if wrapped else whole).splitlines() if not NOISE.search(line)]
    said = "\n  ".join(lines[-1:] if wrapped else lines[-6:]) or "nothing"
    return f"Training failed; the published model is as it was. The engine said:\n  {said}"
