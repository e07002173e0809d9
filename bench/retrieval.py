"""Retrieval, ours beside Haystack and LangChain with Chroma given the same vectors: `make bench-retrieval DATA=…`.

DATA is a folder with `articles.jsonl` and `questions.jsonl`. Weights are chosen on every other question and
reported on the rest, with those we ship beside them. Vectors are kept in `results/bench-retrieval/`, so that a
second run is quick; the table's figures stand there too, in `figures.json`. One thread.
"""

from __future__ import annotations

import os

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench.corpus import Asked, Kept, read_articles, read_questions
from bench.finding import ROOT, Finder, Prepared
from bench.found import MEASURES, Expected, Found, measure
from bench.peers import ask_peers, install_peers
from bench.processes import BenchFailed
from bench.speed import measure_speed
from bench.table import ratio, row
from bench.tuning import tune
from bench.typos import measure_typos
from clinic.knowledge.answering.article_ranking import Weights
from language.encoder import Encoder, EncoderCorrupt, EncoderMissing

RESULTS = ROOT / "results" / "bench-retrieval"
LENGTHS = {"line": "one-line questions", "mail": "whole e-mails"}
WIDTHS = (-34, *[10] * len(MEASURES), 9)


def main() -> int:
    """Prints the tables; without DATA one sentence; 1 and a sentence when something is missing."""
    parser = argparse.ArgumentParser(prog="python -m bench.retrieval")
    parser.add_argument("data", nargs="?", type=Path)
    parser.add_argument("--ours-only", action="store_true", help="leave Haystack and LangChain out")
    parser.add_argument("--typos", action="store_true", help="only: a typo in each one-line question")
    parser.add_argument("--speed", action="store_true", help="only: a query's time at 10k and 100k passages")
    options = parser.parse_args()
    if not options.speed and (options.data is None or not (options.data / "articles.jsonl").is_file()):
        print("No data: make bench-retrieval DATA=<folder with articles.jsonl and questions.jsonl>.")
        return 0
    try:
        encoder = Encoder.load(Path(os.environ.get("POINTE_ENCODER") or ROOT / "models" / "encoder"))
        if options.speed:
            measure_speed(encoder)
        elif options.typos:
            kept = Kept(encoder, RESULTS / "vectors.npz")
            measure_typos(Finder(read_articles(options.data), kept), kept, read_questions(options.data))
        else:
            compare(options.data, encoder, ours_only=options.ours_only)
    except (BenchFailed, EncoderMissing, EncoderCorrupt) as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


def compare(folder: Path, encoder: Encoder, *, ours_only: bool) -> None:
    """One table for one-line questions and one for whole e-mails."""
    kept = Kept(encoder, RESULTS / "vectors.npz")
    finder, questions = Finder(read_articles(folder), kept), read_questions(folder)
    if not ours_only:
        install_peers(sys.executable)
    named = Finder(read_articles(folder, synonyms=True), kept)
    size = f"{len(finder.index.articles)} articles, {len(finder.index.places)} passages, {len(questions)} questions"
    print(f"{size}; figures are of every other question, weights were chosen on the rest")
    kept.encode([finder.read(getattr(one, name)) for name in LENGTHS for one in questions])
    expected = [Expected(one.articles, one.sections, one.answerable) for one in questions]
    prepared = {name: [finder.prepare(getattr(one, name), kept) for one in questions] for name in LENGTHS}
    tuned = tune(finder, [(prepared[name][::2], expected[::2]) for name in LENGTHS])
    figures: dict[str, object] = {"shipped": asdict(Weights()), "tuned": asdict(tuned)}
    for name, title in LENGTHS.items():
        rows = _ours(finder, prepared[name], tuned)
        rows["ours, with synonyms (see README)"] = [named.ask(one, Weights()) for one in prepared[name]][1::2]
        if not ours_only:
            rows |= _peers(finder, questions[1::2], name, kept)
        figures[name] = _print(title, rows, expected)
    print(f"\nshipped: {Weights()}\ntuned:   {tuned}")
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "figures.json").write_text(json.dumps(figures, indent=1), "utf-8")
    print(f"written: {(RESULTS / 'figures.json').relative_to(ROOT)}")


def _ours(finder: Finder, prepared: Sequence[Prepared], tuned: Weights) -> dict[str, list[Found]]:
    return {
        "ours, shipped weights": [finder.ask(one, Weights()) for one in prepared[1::2]],
        "ours, tuned weights": [finder.ask(one, tuned) for one in prepared[1::2]],
        "(ours, tuned, on its own half)": [finder.ask(one, tuned) for one in prepared[::2]],
    }


def _peers(finder: Finder, questions: Sequence[Asked], name: str, kept: Kept) -> dict[str, list[Found]]:
    texts = [getattr(one, name) for one in questions]
    return ask_peers(finder.index, texts, kept.encode(texts), RESULTS / "peers" / name)


def _print(title: str, rows: dict[str, list[Found]], expected: Sequence[Expected]) -> dict[str, dict[str, float]]:
    print("\n" + row((title, *MEASURES, "ratio"), WIDTHS))
    measured = {
        name: measure(found, expected[::2] if name.startswith("(") else expected[1::2]) for name, found in rows.items()
    }
    ours = measured["ours, shipped weights"]["p50 ms"]
    for name, one in measured.items():
        cells = (f"{one[key]:.2f}" if key == "p50 ms" else f"{one[key]:.3f}" for key in MEASURES)
        print(row((name, *cells, ratio(one["p50 ms"], ours)), WIDTHS))
    return measured


if __name__ == "__main__":
    sys.exit(main())
