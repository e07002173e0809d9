"""`make bench-teaching`: what a correction costs, at the size of what is taught. Nothing is published.

The session is the one `bin/clinic learn` uses, the pages are the studio's. With --whole a whole training is measured
too (minutes), with --pages the studio's pages alone.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import studio
from clinic.engine.cli import train_model
from clinic.engine.trainer import Trainer
from clinic.teaching.comparison import compare, read_labelled
from clinic.teaching.nlu_examples import read_examples
from clinic.teaching.releases import checked_model

ROOT = Path(__file__).resolve().parents[1]
TIMES, GUESSES = 5, 200


def main() -> int:
    """Prints the rows, seconds of wall time."""
    parser = argparse.ArgumentParser(prog="python -m bench.teaching")
    parser.add_argument("--whole", action="store_true", help="also a whole training")
    parser.add_argument("--pages", action="store_true", help="the studio's pages alone")
    options = parser.parse_args()
    if options.pages:
        with TemporaryDirectory() as folder:
            studio.measure(Path(folder), _row)
        return 0
    examples = read_examples(ROOT / "data" / "nlu")
    print(f"{len(examples)} utterances, {len({one.intent for one in examples})} intents")
    with TemporaryDirectory() as folder:
        made = Path(folder) / "made.tar.gz"
        began = time.perf_counter()
        with Trainer(ROOT, checked_model(ROOT)) as trainer:
            _row("session started, cold", [time.perf_counter() - began])
            _row("first learning (reads, corrects and encodes all)", [_timed(lambda: trainer.learn(made))])
            _row("learning, warm", [_timed(lambda: trainer.learn(made)) for _ in range(TIMES)])
            _row("comparison on the tuning utterances", [_timed(lambda: _compare(trainer, made))])
            texts = [f"{one.text} then" for one in examples[:GUESSES]]
            _row("what the model makes of a new line", [_timed(partial(trainer.guess, [text])) for text in texts])
        studio.measure(Path(folder) / "studio", _row)
        if options.whole:
            _row("whole training", [_timed(lambda: train_model(ROOT, Path(folder), "whole"))])
    return 0


def _compare(trainer: Trainer, candidate: Path) -> None:
    labelled = read_labelled(ROOT / "tests" / "evaluation" / "tuning")
    texts = [one.text for one in labelled]
    before, after = trainer.guess(texts), trainer.guess(texts, candidate)
    print(" ", compare(labelled, [one[0]["name"] for one in before], [one[0]["name"] for one in after]))


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _row(name: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    late = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    print(f"{name:<52} median {statistics.median(ordered):7.3f} s   p95 {late:7.3f} s   n {len(ordered)}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
