"""How long a question takes at 10,000 and 100,000 passages, on one thread: made-up articles of common words."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from time import perf_counter, thread_time

import numpy as np

from bench.corpus import LookedUp
from bench.table import quantile, row
from bench.usage import resident_megabytes
from clinic.knowledge.answering.article_ranking import best_passage, confidence, make_query, rank
from clinic.knowledge.model import Article, Passage, Section, Sentence
from clinic.knowledge.search.embedded_texts import Matrix
from clinic.knowledge.search.index import Index
from clinic.knowledge.search.indexing import Lookup, build_index
from language.encoder import Encoder
from language.english import english_words

SIZES = (10_000, 100_000)
QUESTIONS = 200
SECTIONS, PASSAGES, WORDS = 5, 2, 34
WIDTHS = (-12, 10, 12, 12, 12, 12, 12, 12)
HEADINGS = ("passages", "articles", "encode p50", "find p50", "all p50", "all p95", "CPU p50", "memory MB")


def measure_speed(encoder: Encoder) -> None:
    """Prints encoding and finding apart, in milliseconds, and what the index adds to the process.

    The CPU's milliseconds are those of this thread alone: on a machine that does other things they are the figure
    to go by.
    """
    print(row(HEADINGS, WIDTHS), flush=True)
    for size in SIZES:
        before = resident_megabytes([os.getpid()])
        chance = random.Random(size)
        vocabulary = _common_words(20_000)
        index = build_index(_make_articles(chance, vocabulary, size), LookedUp(_vectors(size)))
        encode, find, worked = _time(index, encoder, _make_questions(chance, index, vocabulary))
        both = [a + b for a, b in zip(encode, find, strict=True)]
        cells = (
            quantile(encode, 0.5),
            quantile(find, 0.5),
            quantile(both, 0.5),
            quantile(both, 0.95),
            quantile(worked, 0.5),
        )
        texts = [f"{cell:.2f}" for cell in cells]
        memory = f"{resident_megabytes([os.getpid()]) - before:.0f}"
        print(row((f"{len(index.places):,}", f"{len(index.articles):,}", *texts, memory), WIDTHS), flush=True)
        del index


def _time(index: Index, encoder: Encoder, questions: Sequence[str]) -> tuple[list[float], list[float], list[float]]:
    encode, find, worked = [], [], []
    for question in questions:
        start, began = perf_counter(), thread_time()
        vector = encoder.encode([question])[0]
        middle = perf_counter()
        query = make_query(vector, question)
        ranking = rank(index, query)
        confidence(ranking)
        best_passage(index, query, ranking)
        find.append((perf_counter() - middle) * 1000)
        worked.append((thread_time() - began) * 1000)
        encode.append((middle - start) * 1000)
    return encode, find, worked


def _common_words(count: int) -> list[str]:
    words = english_words()
    return sorted(words, key=lambda word: -words[word])[:count]


def _pick(chance: random.Random, words: Sequence[str], count: int) -> str:
    """Words as often as in real text: the n-th is drawn about 1/n as often as the first (Zipf)."""
    return " ".join(words[int(len(words) ** chance.random()) - 1] for _ in range(count))


def _make_articles(chance: random.Random, words: Sequence[str], passages: int) -> list[Article]:
    return [
        Article(f"a{at}", _pick(chance, words, 3), tuple(_make_section(chance, words, n) for n in range(SECTIONS)))
        for at in range(passages // (SECTIONS * PASSAGES))
    ]


def _make_section(chance: random.Random, words: Sequence[str], number: int) -> Section:
    texts = [_pick(chance, words, WORDS) for _ in range(PASSAGES)]
    passages = tuple(Passage("", "", (Sentence(text, 0, len(text)),)) for text in texts)
    return Section(f"s{number}", _pick(chance, words, 2), "overview", " ".join(texts), passages)


def _vectors(seed: int) -> Lookup:
    chance = np.random.default_rng(seed)

    def look_up(texts: Sequence[str]) -> Matrix:
        rows = chance.standard_normal((len(texts), 384), dtype=np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

    return look_up


def _make_questions(chance: random.Random, index: Index, words: Sequence[str]) -> list[str]:
    titles = [chance.choice(index.articles).title for _ in range(QUESTIONS)]
    return [f"how long does it take to get over {title} and {_pick(chance, words, 3)}" for title in titles]
