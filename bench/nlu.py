"""`python -m bench.nlu DATA`: intent recognition beside stock Rasa, trained and parsed in the same run.

Runs in the engine's environment. Each pipeline trains in a process of its own (its CPU seconds and peak
memory); then one process holds both models and gives each message to one after the other, so that the
ratio of parse times does not depend on what else the machine does. Ours is config.yml without spelling
correction and red flags, which stock Rasa has no counterpart of.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import resource
import subprocess
import sys
import time
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ.update(RASA_TELEMETRY_ENABLED="false", RASA_MAX_CACHE_SIZE="0", TF_CPP_MIN_LOG_LEVEL="3")
warnings.simplefilter("ignore")

ROOT = Path(__file__).parents[1]
APART = ("spelling", "red_flags")
PIPELINES = ("stock", "ours")
HEADINGS = ("set", "pipeline", "acc", "F1", "AUROC", "OOS@2", "train s", "MB", "p50 ms", "ratio")


def main() -> int:
    """Prints the table; without DATA, one sentence."""
    parser = argparse.ArgumentParser(prog="python -m bench.nlu")
    parser.add_argument("data", nargs="?", type=Path)
    parser.add_argument("--ours-only", action="store_true", help="leave stock Rasa out (it takes minutes)")
    parser.add_argument("--only", action="append", help="a set's name; may be given again")
    parser.add_argument("--train", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.train:
        return _train(*options.train)
    if options.data is None or not options.data.is_dir():
        print("No intent sets given: run make bench-nlu DATA=<folder of <name>.train.jsonl and .test.jsonl>.")
        return 0
    _quieten()
    from bench.sets import read_sets

    print(_row(HEADINGS))
    for intents in read_sets(options.data):
        if not options.only or intents.name in options.only:
            for row in _compare(intents, PIPELINES[1:] if options.ours_only else PIPELINES):
                print(_row(row), flush=True)
    return 0


def _compare(intents: Any, pipelines: tuple[str, ...]) -> list[tuple[str, ...]]:
    from bench.sets import write_training_data

    with TemporaryDirectory() as folder:
        data = Path(folder, "nlu.yml")
        write_training_data(intents.train, data)
        trained = {name: _train_apart(name, data, Path(folder, name)) for name in pipelines}
        parsed = _parse([model for model, _, _ in trained.values()], intents)
    slowest = parsed[0]["p50"]
    return [
        _measure(intents, name, trained[name][1:], result, slowest)
        for name, result in zip(pipelines, parsed, strict=True)
    ]


def _measure(
    intents: Any, name: str, cost: tuple[float, float], parsed: dict[str, Any], slowest: float
) -> tuple[str, ...]:
    from bench.measures import accuracy, auroc, macro_f1, recall_at_cost

    truth = [line["intent"] for line in intents.test]
    guesses, inside, outside = parsed["guesses"][: len(truth)], *_scores(parsed, len(truth))
    right = [a == b for a, b in zip(truth, guesses, strict=True)]
    refused = (
        (f"{auroc(inside, outside):.3f}", f"{recall_at_cost(right, inside, outside):.3f}")
        if outside
        else ("-", "-")
    )
    return (
        intents.name,
        name,
        f"{accuracy(truth, guesses):.3f}",
        f"{macro_f1(truth, guesses):.3f}",
        *refused,
        f"{cost[0]:.1f}",
        f"{cost[1]:.0f}",
        f"{parsed['p50']:.2f}",
        f"{parsed['p50'] / slowest:.2f}",
    )


def _scores(parsed: dict[str, Any], count: int) -> tuple[list[float], list[float]]:
    return parsed["scores"][:count], parsed["scores"][count:]


def _parse(models: list[str], intents: Any) -> list[dict[str, Any]]:
    """Guesses, scores and median milliseconds of each model, which take turns at every message."""
    from rasa.core.agent import Agent

    agents = [Agent.load(model) for model in models]
    results: list[dict[str, Any]] = [{"guesses": [], "scores": [], "times": []} for _ in agents]
    loop = asyncio.new_event_loop()
    for line in intents.test + intents.outside:
        for agent, result in zip(agents, results, strict=True):
            began = time.perf_counter()
            parsed = loop.run_until_complete(agent.parse_message(line["text"]))
            result["times"].append(time.perf_counter() - began)
            guess = next(r for r in parsed["intent_ranking"] if r["name"] != "nlu_fallback")
            result["guesses"].append(guess["name"])
            result["scores"].append(parsed.get("trust", guess["confidence"]))
    for result in results:
        result["p50"] = sorted(result["times"])[len(result["times"]) // 2] * 1000
    return results


def _train_apart(name: str, data: Path, out: Path) -> tuple[str, float, float]:
    command = [sys.executable, "-m", "bench.nlu", "--train", name, str(data), str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"Training {name} failed:\n{done.stderr[-2000:]}")
    model, seconds, megabytes = done.stdout.splitlines()[-1].split("\t")
    return model, float(seconds), float(megabytes)


def _train(name: str, data: str, out: str) -> int:
    """Trains in this process and prints the model, the CPU seconds of training and the peak memory."""
    _quieten()
    import rasa.model_training
    from ruamel.yaml import YAML

    config = Path(data).with_name(f"{name}.config.yml")
    content = {"recipe": "default.v1", "assistant_id": name, "language": "en", "pipeline": _pipeline(name)}
    YAML(typ="safe").dump(content, config)
    began = time.process_time()
    model = rasa.model_training.train_nlu(str(config), data, out)
    seconds = time.process_time() - began
    print(f"{model}\t{seconds}\t{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}")
    return 0


def _pipeline(name: str) -> list[dict[str, Any]]:
    """Stock: what `rasa init` trains, read from Rasa's own default; ours: config.yml's."""
    import rasa.engine.recipes
    from ruamel.yaml import YAML

    stock = Path(rasa.engine.recipes.__file__).with_name("config_files") / "default_config.yml"
    source = stock if name == "stock" else ROOT / "config.yml"
    pipeline = YAML(typ="safe").load(source.read_text())["pipeline"]
    return [part for part in pipeline if not any(apart in part["name"] for apart in APART)]


def _quieten() -> None:
    import rasa.utils.log_utils

    rasa.utils.log_utils.configure_structlog(logging.ERROR)
    logging.disable(logging.WARNING)


def _row(cells: tuple[str, ...]) -> str:
    return "".join(cell.ljust(11) if place < 2 else cell.rjust(9) for place, cell in enumerate(cells))


if __name__ == "__main__":
    sys.exit(main())
