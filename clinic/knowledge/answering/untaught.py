"""Answering from an article that nobody wrote questions for: by signs that hold for any article."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from clinic.knowledge.answering.answerability import lacks_amount
from clinic.knowledge.answering.article_ranking import Query
from clinic.knowledge.answering.intent_aspects import OF_CLINIC
from clinic.knowledge.answering.sentence_ranking import RankedSentences
from clinic.knowledge.model import Quote
from clinic.knowledge.search.gazetteer import Mention
from clinic.knowledge.search.index import Index
from clinic.knowledge.search.text import canonical, stem_words
from clinic.knowledge.search.title_match import names_of

SIGNS = (
    "standing", "top", "cosine", "passage", "lead", "words", "missing", "missing_here", "aspect", "no_aspect",
    "amount", "number", "other_condition", "outside", "strange_part", "strange_thing", "may", "length",
    "read", "second",
)  # fmt: skip
ON_TOPIC = 1.4  # what stands for the standing of the only article, or of the one the conversation is about
HIGHEST = 1.8
_MAY = re.compile(r"\b(?:can|could|should|may|is it (?:ok|okay|safe|alright)|do i need|am i allowed)\b")
_OUTSIDE = OF_CLINIC | {"ask_payment", "ask_other_cost", "out_of_scope"}


@dataclass(frozen=True, slots=True)
class Found:
    """What is about to be quoted, and all that speaks for or against it."""

    index: Index
    article: int
    query: Query
    choice: RankedSentences
    quote: Quote
    point: str
    standing: float
    names: Sequence[Mention]
    intents: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Gate:
    """A logistic regression over SIGNS: how likely a quote answers. Learned from other articles than those at hand."""

    mean: npt.NDArray[np.float64]
    scale: npt.NDArray[np.float64]
    weights: npt.NDArray[np.float64]
    bias: float
    threshold: float

    @classmethod
    def load(cls, path: Path, name: str) -> Gate | None:
        """The gate called `name` in a file; None where there is none."""
        kept = json.loads(path.read_text("utf-8")).get(name) if path.exists() else None
        if not kept:
            return None
        mean, scale, weights = (np.array(kept[part]) for part in ("mean", "scale", "weights"))
        return cls(mean, scale, weights, float(kept["bias"]), float(kept["threshold"]))

    def probability(self, signs: npt.NDArray[np.float64]) -> float:
        """Between 0 and 1."""
        total = float(self.weights @ ((signs - self.mean) / self.scale)) + self.bias
        return float(1 / (1 + np.exp(-total)))


@dataclass(frozen=True, slots=True)
class Reading:
    """What reads articles without questions: a section reader (of a question, what stands above, sentences), a gate."""

    read: Callable[[str, str, Sequence[str]], Sequence[float]] | None = None
    gate: Gate | None = None


def is_foreign(found: Found) -> bool:
    """Whether a condition is named that neither the page's names nor the quoted words hold, and not the page's own."""
    article = found.index.articles[found.article]
    own = "|".join(canonical(name) for name in names_of(article))
    conditions = [one for one in found.names if one.kind == "conditions"]
    if not conditions or any(one.key in own for one in conditions):
        return False
    said = canonical(f"{found.quote.section.heading} {found.quote.text}")
    return not all(one.key in said for one in conditions)


def signs_of(found: Found) -> npt.NDArray[np.float64]:
    """The signs in the order of SIGNS."""
    index, query, choice = found.index, found.query, found.choice
    row = choice.rows[0]
    section = found.quote.section
    rows = index.sentence_places
    here = [
        score for at, score in zip(choice.rows, choice.scores, strict=True) if _section(rows[at]) != _section(rows[row])
    ]
    content = set(stem_words(found.point))
    every = index.text_stems[found.article]
    said = canonical(f"{section.heading} {section.text}")
    weight = {stem: index.sentence_words.weight(stem) for stem in content}
    total = sum(weight.values()) or 1.0
    aspects = {one.aspect for one in index.articles[found.article].sections}
    kinds = {one.kind for one in found.names if one.key not in every}
    amount = lacks_amount(found.point, "")
    passage = index.passage_of[row]
    return np.array(
        [
            min(found.standing, HIGHEST),
            choice.top,
            float(index.sentences[row] @ query.bare),
            float(index.passages[passage] @ query.vector),
            choice.top - max(here, default=choice.top),
            len(content),
            sum(share for stem, share in weight.items() if f" {stem} " not in every) / total,
            sum(share for stem, share in weight.items() if f" {stem} " not in said) / total,
            float(section.aspect in query.aspects),
            float(bool(query.aspects) and not query.aspects & aspects),
            float(amount),
            float(amount and not lacks_amount(found.point, found.quote.text)),
            found.intents.get("ask_other_condition", 0.0),
            sum(found.intents.get(intent, 0.0) for intent in _OUTSIDE),
            float("body_parts" in kinds),
            float("things" in kinds),
            float(bool(_MAY.search(found.point.casefold()))),
            min(len(found.point.split()), 30),
            choice.read,
            choice.second,
        ],
        dtype=np.float64,
    )


def _section(place: object) -> tuple[int, int]:
    return place.article, place.section  # type: ignore[attr-defined]
