"""Retrieval, ours beside Haystack and LangChain with Chroma given the same vectors: `make bench-retrieval DATA=…`.

DATA is a folder with `articles.jsonl` and `questions.jsonl`. Weights are chosen on every other question and
reported on the rest. The peers live in an environment of their own and are left out, with a word, where it is
not there.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from bench.corpus import Asked, Kept, read_articles, read_questions
from bench.found import Expected, Found, measure
from clinic.knowledge.index import Index, build_index
from clinic.knowledge.retrieval import Query, Weights, make_query, rank
from clinic.knowledge.sections import guess_aspect
from clinic.knowledge.vectors import heading_text, passage_text
from language.encoder import Encoder

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "results" / "bench-retrieval" / "vectors.npz"
PEERS = ROOT / "bench" / ".venv" / "bin" / "python"


@dataclass(frozen=True, slots=True)
class Setting:
    """What is tuned: the weights, what a fitting aspect adds to a section, and the margin's share."""

    weights: Weights
    aspect: float
    margin: float


def make_index(folder: Path, kept: Kept) -> Index:
    """Our index; vectors of single sentences, which finding articles does not read, are left at zero."""
    articles = read_articles(folder)
    walked = [(a, s, p) for a in articles for s in a.sections for p in s.passages]
    needed = {text for one in walked for text in (heading_text(*one), passage_text(*one))}
    kept.encode(sorted(needed))
    zero = np.zeros(384, dtype=np.float32)

    def look_up(texts: Sequence[str]) -> np.ndarray:
        known = [text for text in texts if text in needed]
        if len(known) == len(texts):
            return kept.encode(list(texts))
        return np.broadcast_to(zero, (len(texts), 384))

    return build_index(articles, look_up)


def ask(index: Index, query: Query, text: str, setting: Setting) -> Found:
    """Articles, then the section within the first one."""
    start = perf_counter()
    ranking = rank(index, query, setting.weights)
    order = np.argsort(-ranking.articles, kind="stable")[:10]
    first, top, second = ranking.best()
    aspect = guess_aspect(text)
    rows = np.flatnonzero(index.article_of == first)
    bonus = [setting.aspect * (index.section(index.places[row]).aspect == aspect) for row in rows]
    best = index.places[int(rows[int(np.argmax(ranking.passages[rows] + bonus))])]
    return Found(
        tuple(index.articles[place].slug for place in order),
        index.section(best).anchor,
        top + setting.margin * (top - second),
        (perf_counter() - start) * 1000,
    )


def grid() -> list[Setting]:
    """The settings tried on the first half."""
    return [
        Setting(Weights(0.55, 0.2, heading, title, share), aspect, margin)
        for heading, title, share, aspect, margin in itertools.product(
            (0.15, 0.25), (0.1,), (0.1, 0.2), (0.1,), (1.0, 2.0)
        )
    ]


def run(folder: Path) -> None:
    """Print one table for short questions and one for whole messages."""
    encoder = Encoder.load(Path(os.environ.get("POINTE_ENCODER") or ROOT / "models" / "encoder"))
    kept = Kept(encoder, KEPT)
    index = make_index(folder, kept)
    questions = read_questions(folder)
    print(f"{len(index.articles)} articles, {len(index.places)} passages, {len(questions)} questions")
    print(f"one question encoded: {_encoding_time(encoder, questions):.1f} ms (p50, one thread)")
    for name in ("line", "mail"):
        texts = [getattr(one, name) for one in questions]
        _table(name, index, texts, questions, kept)
    if PEERS.exists():
        subprocess.run([str(PEERS), str(ROOT / "bench" / "peers.py"), str(folder), str(KEPT)], check=False, cwd=ROOT)
    else:
        print("Haystack and LangChain are not installed: python3 -m venv bench/.venv && ")
        print("  bench/.venv/bin/pip install haystack-ai langchain-chroma numpy, then run this again.")


def _table(name: str, index: Index, texts: Sequence[str], questions: Sequence[Asked], kept: Kept) -> None:
    rows = kept.encode(list(texts))
    queries = [make_query(row, text) for row, text in zip(rows, texts, strict=True)]
    expected = [Expected(one.articles, one.sections, one.answerable) for one in questions]

    def score(setting: Setting, half: int) -> dict[str, float]:
        at = range(half, len(texts), 2)
        found = [ask(index, queries[i], texts[i], setting) for i in at]
        return measure(found, [expected[i] for i in at])

    def worth(setting: Setting) -> float:
        got = score(setting, 0)
        return got["R@1"] + got["section"] / 2 + got["AUROC"] / 2

    best = max(grid(), key=worth)
    shipped = Setting(Weights(), 0.1, 2.0)
    print(f"\n{name}: chosen on the first half {best}")
    for label, setting, half in (("shipped", shipped, 1), ("tuned", best, 1), ("tuned, own half", best, 0)):
        print(f"  ours, {label:16}" + "  ".join(f"{key} {value:.3f}" for key, value in score(setting, half).items()))


def _encoding_time(encoder: Encoder, questions: Sequence[Asked]) -> float:
    times = []
    for one in questions[:50]:
        start = perf_counter()
        encoder.encode([one.line])
        times.append((perf_counter() - start) * 1000)
    return float(np.median(times))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print("No data: make bench-retrieval DATA=<folder with articles.jsonl and questions.jsonl>.")
        sys.exit(0)
    run(Path(sys.argv[1]))
