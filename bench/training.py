"""Pipelines trained apart, each in a process of its own: its CPU seconds and its peak memory."""

from __future__ import annotations

import logging
import os
import resource
import subprocess
import sys
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.processes import BenchFailed
from bench.stock import ENGINE_PYTHON, STOCK_PYTHON
from engine.absent import name_absent

ROOT = Path(__file__).parents[1]
# Stock Rasa has no counterpart of these.
APART = ("spelling", "red_flags")


@dataclass(frozen=True)
class Trained:
    """A model, the CPU seconds of its training, and the megabytes that took at most."""

    model: str
    cpu_seconds: float
    megabytes: float


def train_apart(pipeline: str, data: Path, out: Path) -> Trained:
    """Train `stock`, `ours` (without what stock has no counterpart of) or `whole` on NLU files."""
    python = STOCK_PYTHON if pipeline == "stock" else ENGINE_PYTHON
    command = [str(python), "-m", "bench.training", pipeline, str(data), str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchFailed(f"Training {pipeline} failed:\n{done.stderr[-2000:]}")
    model, seconds, megabytes = done.stdout.splitlines()[-1].split("\t")
    return Trained(model, float(seconds), float(megabytes))


def quieten() -> None:
    """Nothing of Rasa's telemetry, cache, warnings and log."""
    os.environ.update(RASA_TELEMETRY_ENABLED="false", RASA_MAX_CACHE_SIZE="0", TF_CPP_MIN_LOG_LEVEL="3")
    warnings.simplefilter("ignore")
    name_absent()
    from engine.lean import make_lean

    make_lean()
    import rasa.utils.log_utils

    rasa.utils.log_utils.configure_structlog(logging.ERROR)
    logging.disable(logging.WARNING)


def _train(pipeline: str, data: str, out: str) -> None:
    quieten()
    import rasa.model_training
    from ruamel.yaml import YAML

    Path(out).mkdir(parents=True, exist_ok=True)
    config = Path(out, "config.yml")
    content = {"recipe": "default.v1", "assistant_id": pipeline, "language": "en", "pipeline": _parts(pipeline)}
    YAML(typ="safe").dump(content, config)
    began = time.process_time()
    model = rasa.model_training.train_nlu(str(config), data, out)
    seconds = time.process_time() - began
    print(f"{model}\t{seconds}\t{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}")


def _parts(pipeline: str) -> list[dict[str, Any]]:
    """Stock: what `rasa init` trains, read from Rasa's own default; ours: config.yml's."""
    import rasa.engine.recipes
    from ruamel.yaml import YAML

    stock = Path(rasa.engine.recipes.__file__).with_name("config_files") / "default_config.yml"
    source = stock if pipeline == "stock" else ROOT / "config.yml"
    parts: list[dict[str, Any]] = YAML(typ="safe").load(source.read_text())["pipeline"]
    return [part for part in parts if pipeline == "whole" or not any(apart in part["name"] for apart in APART)]


if __name__ == "__main__":
    _train(*sys.argv[1:])
