"""What one typing error costs: in the rarest long word of each one-line question."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from bench.corpus import Asked, Kept
from bench.finding import Finder
from bench.found import Expected, measure
from bench.table import row
from clinic.knowledge.answering.article_ranking import Weights
from clinic.knowledge.search.text import stem_words

SHORTEST = 5
SEEDS = (7, 8, 9)  # three slips for each question
WIDTHS = (-40, 9, 9, 9)


def misspell(text: str, finder: Finder, chance: random.Random) -> str:
    """The text with one slip inside its rarest word of five letters or more: a letter left out, doubled, put in
    the place of another, or two letters changed about. The first letter stays.
    """
    weight = finder.index.words.weight
    words = [one for one in re.finditer(r"[A-Za-z]+", text) if len(one.group()) >= SHORTEST and stem_words(one.group())]
    if not words:
        return text
    chosen = max(words, key=lambda one: weight(stem_words(one.group())[0]))
    word, at = chosen.group(), chance.randrange(1, len(chosen.group()) - 1)
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] * 2 + word[at + 1 :],
        word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return text[: chosen.start()] + chance.choice(slips) + text[chosen.end() :]


def measure_typos(finder: Finder, kept: Kept, questions: Sequence[Asked]) -> None:
    """R@1, R@3 and AUROC as typed, with a typo, and with a typo and our spelling correction."""
    expected = [Expected(one.articles, one.sections, one.answerable) for one in questions] * len(SEEDS)
    clean = [one.line for one in questions] * len(SEEDS)
    chances = [random.Random(seed) for seed in SEEDS]
    typed = [misspell(one.line, finder, chance) for chance in chances for one in questions]
    print(row(("one-line questions, all of them", "R@1", "R@3", "AUROC"), WIDTHS))
    for name, texts, spelling in (
        ("as typed, spelling corrected", clean, True),
        ("one typo, spelling corrected", typed, True),
        ("as typed, nothing corrected", clean, False),
        ("one typo, nothing corrected", typed, False),
    ):
        found = [finder.ask(finder.prepare(text, kept, spelling), Weights()) for text in texts]
        measured = measure(found, expected)
        print(row((name, *(f"{measured[key]:.3f}" for key in ("R@1", "R@3", "AUROC"))), WIDTHS), flush=True)
