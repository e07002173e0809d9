"""Questions and what the articles say to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from clinic.knowledge.model import Article, Section, Sentence


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing the engine saw named in the question."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What the conversation is about: an article, the section last quoted, the question asked last, and where in
    the article the sentences quoted for it start.
    """

    article: str
    section: str = ""
    question: str = ""
    quoted: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What a visitor wrote, with what the engine made of it and what the conversation was about.

    `ranking` holds pairs of intent and probability, the likeliest first; it may be empty. `asked_in` is the id of
    the conversation, under which an unanswered question is kept and erased. `readings` are the intents of other
    readings of it: `point`, its question alone, and `context`, it after the question before.
    """

    text: str
    intent: str = ""
    ranking: tuple[tuple[str, float], ...] = ()
    entities: tuple[Entity, ...] = ()
    topic: Topic | None = None
    asked_in: str = ""
    readings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quote:
    """One to three sentences, word for word, in the article's order, from one section of one article."""

    article: Article
    section: Section
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The words a visitor reads; an item of a list stands on a line of its own."""
        text, listed = "", False
        for one in self.sentences:
            item = self.section.text[max(one.start - 2, 0) : one.start] == "- "
            gap = "" if not text else "\n" if item or listed else " "
            text += f"{gap}{'- ' if item else ''}{one.text}"
            listed = item or "\n- " in one.text
        return text

    @property
    def rest(self) -> str:
        """The whole section, for whoever wants more than the quote; empty when the quote is all of it."""
        return self.section.text if len(self.sentences) < len(self.section.sentences) else ""


class Verdict(Enum):
    """Whether the articles answer the question."""

    FOUND = "found"
    UNSURE = "unsure"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Considered:
    """A passage that was thought of: its article's slug, its section's heading, and how it scored."""

    article: str
    section: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the articles say to one question.

    `quote` is set when FOUND. `nearest` is the article closest to the question, if any is close at all, and `named`
    says that the question itself tells it from the others: by its name, or by all else it says;
    `between` holds two or three articles that would answer where the question does not say which is meant.
    `reason` says in a word why nothing is quoted; `score`, `confidence` and the passages `considered`, the best first,
    are for reports.
    """

    question: str
    verdict: Verdict
    quote: Quote | None = None
    nearest: Article | None = None
    named: bool = False
    between: tuple[Article, ...] = ()
    reason: str = ""
    score: float = 0.0
    confidence: float = 0.0
    considered: tuple[Considered, ...] = ()
