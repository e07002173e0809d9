"""Which texts of an article are compared with a question, and the encoder that makes vectors of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Protocol

import numpy as np
import numpy.typing as npt

from clinic.knowledge.model import Article, Passage, Section
from clinic.knowledge.search.title_match import titles_of

Matrix = npt.NDArray[np.float32]
WIDTH = 384


class Vectors(Protocol):
    """The sentence encoder: `hash` names its weights, rows are of unit length."""

    hash: str

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row of float32 for each text."""
        ...

    def encode_wording(self, texts: Sequence[str]) -> Matrix:
        """Rows twice as wide: `encode`'s, then one that holds more of how a thing is said."""
        ...


def heading_text(article: Article, section: Section, passage: Passage) -> str:
    """What stands above a passage: title, heading and sub-heading."""
    return " - ".join(part for part in (article.title, section.heading, passage.heading) if part)


def passage_text(article: Article, section: Section, passage: Passage) -> str:
    """A passage with what stands above it: the best single change of the study."""
    return f"{heading_text(article, section, passage)}. {passage.text}"


class TitleMask:
    """An article's texts as they compete within it: what all of it shares, the name of the thing, is "it".

    A synonym that the article itself speaks of stays: a sentence is about that word.
    """

    def __init__(self, article: Article) -> None:
        own = " ".join(section.text for section in article.sections).casefold()
        names = [*titles_of(article), *(one for one in article.synonyms if one.casefold() not in own)]
        pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        self._names = re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)

    def __call__(self, text: str) -> str:
        """The text without the article's names; left as it is where only one word would stay."""
        bare = self._names.sub("it", text.replace("’", "'"))
        return bare if len(bare.split()) > 1 else text


def mask_title(article: Article, text: str) -> str:
    """One text as it competes within the article; for many, keep its TitleMask."""
    return TitleMask(article)(text)


def texts_of(article: Article) -> list[str]:
    """Every text of the article that needs a vector, but for its questions."""
    texts, mask = [], TitleMask(article)
    for section in article.sections:
        texts.append(mask(section.heading))
        for passage in section.passages:
            texts += [heading_text(article, section, passage), passage_text(article, section, passage)]
            texts += [mask(one.text) for one in passage.sentences]
    return texts


def questions_of(article: Article) -> list[str]:
    """The questions asked of the article, and those it leaves out; they need the wording's vector too."""
    sentences = (one for section in article.sections for one in section.sentences)
    mask = TitleMask(article)
    return [mask(text) for text in (*article.unanswered, *(q for one in sentences for q in one.asked))]


def hash_text(text: str) -> str:
    """The key of a text's vector."""
    return sha256(text.encode()).hexdigest()


def hash_question(text: str) -> str:
    """The key of a question's wider vector."""
    return hash_text(f"wording\n{text}")
