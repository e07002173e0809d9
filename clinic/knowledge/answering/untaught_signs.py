"""What speaks for and against a page nobody wrote questions for, as numbers that a gate weighs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from clinic.knowledge.answering.answerability import lacks_amount
from clinic.knowledge.answering.article_ranking import Query
from clinic.knowledge.answering.intent_aspects import OF_CLINIC
from clinic.knowledge.answering.ranked import RankedSentences
from clinic.knowledge.answering.sentence_ranking import suits
from clinic.knowledge.answering.siblings import names_sibling
from clinic.knowledge.answers import Quote
from clinic.knowledge.search.gazetteer import CONDITIONS, Mention, speaks_of
from clinic.knowledge.search.index import Index
from clinic.knowledge.search.text import canonical, stem_words
from clinic.knowledge.search.title_match import names_of

HIGHEST = 1.8
SIGNS = (
    "standing", "top", "cosine", "passage", "lead", "words", "missing", "missing_here", "aspect", "no_aspect",
    "amount", "number", "other_condition", "outside", "strange_part", "strange_thing", "may", "length",
    "read", "second", "heading", "nearest",
)  # fmt: skip


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


def is_foreign(found: Found) -> bool:
    """Whether a condition is named that neither the page's names nor the quoted words hold, and not the page's own.

    A structure ("coccyx", "kneecap") is one unless the page speaks of it anywhere; so is a strange name before a word
    of the page's own.
    """
    article, stems = found.index.articles[found.article], found.index.text_stems[found.article]
    if names_sibling(found.point, article, stems):
        return True
    own = "|".join(canonical(name) for name in names_of(article))
    conditions = [one for one in found.names if one.kind in CONDITIONS]
    conditions = [one for one in conditions if one.kind == "conditions" or not speaks_of(stems, one)]
    if not conditions or any(one.key in own for one in conditions):
        return False
    said = canonical(f"{found.quote.section.heading} {found.quote.text}")
    return not all(one.key in said for one in conditions)


def signs_of(found: Found) -> npt.NDArray[np.float64]:
    """The signs in the order of SIGNS."""
    signs = {**_of_ranking(found), **_of_words(found), **_of_question(found)}
    return np.array([signs[name] for name in SIGNS], dtype=np.float64)


def _of_ranking(found: Found) -> dict[str, float]:
    """How well what is to be quoted fits the question, and how far it leads."""
    index, query, choice = found.index, found.query, found.choice
    row = choice.rows[0]
    rows = index.sentence_places
    beside = [at for at, place in enumerate(index.places) if _section(place) == _section(rows[row])]
    here = [
        score for at, score in zip(choice.rows, choice.scores, strict=True) if _section(rows[at]) != _section(rows[row])
    ]
    return {
        "standing": min(found.standing, HIGHEST),
        "top": choice.top,
        "cosine": float(index.sentences[row] @ query.bare),
        "passage": float(index.passages[index.passage_of[row]] @ query.vector),
        "lead": choice.top - max(here, default=choice.top),
        "read": choice.read,
        "second": choice.second,
        "heading": float(index.bare_headings[index.passage_of[row]] @ query.bare),
        "nearest": float((index.passages[beside] @ query.vector).max()),
    }


def _of_words(found: Found) -> dict[str, float]:
    """Which of the question's words the article and the section lack."""
    content = set(stem_words(found.point))
    every = found.index.text_stems[found.article]
    said = canonical(f"{found.quote.section.heading} {found.quote.section.text}")
    weight = {stem: found.index.sentence_words.weight(stem) for stem in content}
    total = sum(weight.values()) or 1.0
    kinds = {one.kind for one in found.names if one.key not in every}
    return {
        "words": len(content),
        "missing": sum(share for stem, share in weight.items() if f" {stem} " not in every) / total,
        "missing_here": sum(share for stem, share in weight.items() if f" {stem} " not in said) / total,
        "strange_part": float("body_parts" in kinds),
        "strange_thing": float("things" in kinds),
    }


def _of_question(found: Found) -> dict[str, float]:
    """What is asked for, and whether the article has that."""
    query = found.query
    aspects = {one.aspect for one in found.index.articles[found.article].sections}
    amount = lacks_amount(found.point, "")
    return {
        "aspect": float(suits(found.index, found.choice.rows[0], query)),
        "no_aspect": float(bool(query.aspects) and not query.aspects & aspects),
        "amount": float(amount),
        "number": float(amount and not lacks_amount(found.point, found.quote.text)),
        "other_condition": found.intents.get("ask_other_condition", 0.0),
        "outside": sum(found.intents.get(intent, 0.0) for intent in _OUTSIDE),
        "may": float(bool(_MAY.search(found.point.casefold()))),
        "length": min(len(found.point.split()), 30),
    }


def _section(place: object) -> tuple[int, int]:
    return place.article, place.section  # type: ignore[attr-defined]
