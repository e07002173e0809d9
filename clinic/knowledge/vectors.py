"""Which texts of an article are compared with a question, and the encoder that makes vectors of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Protocol

import numpy as np
import numpy.typing as npt

from clinic.knowledge.model import Article, Passage, Section, Sentence

Matrix = npt.NDArray[np.float32]


class Vectors(Protocol):
    """The sentence encoder: `hash` names its weights, rows are of unit length."""

    hash: str

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row of float32 for each text."""
        ...


def heading_text(article: Article, section: Section, passage: Passage) -> str:
    """What stands above a passage: title, heading and sub-heading."""
    return " - ".join(part for part in (article.title, section.heading, passage.heading) if part)


def passage_text(article: Article, section: Section, passage: Passage) -> str:
    """A passage with what stands above it: the best single change of the study."""
    return f"{heading_text(article, section, passage)}. {passage.text}"


def sentence_text(article: Article, sentence: Sentence) -> str:
    """A sentence as it competes within its article: what they all share, the name of the thing, is "it"."""
    return re.sub(re.escape(article.title), "it", sentence.text, flags=re.IGNORECASE)


def texts_of(article: Article) -> list[str]:
    """Every text of the article that needs a vector."""
    texts = list(article.unanswered)
    for section in article.sections:
        for passage in section.passages:
            texts += [heading_text(article, section, passage), passage_text(article, section, passage)]
            for sentence in passage.sentences:
                texts += [sentence_text(article, sentence), *sentence.asked]
    return texts


def hash_text(text: str) -> str:
    """The key of a text's vector."""
    return sha256(text.encode()).hexdigest()
