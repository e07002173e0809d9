"""What an explanation of an answer holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScoredArticle:
    """An article that competed for a question."""

    slug: str
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence that competed, and under which heading it stands."""

    text: str
    section: str
    score: float
    quoted: bool


@dataclass(frozen=True, slots=True)
class NearQuestion:
    """A question somebody wrote beside an article, how close it is (1 is the same), and what it asks for.

    `sentence` is empty for one that the article leaves out.
    """

    text: str
    closeness: float
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One question of the message. `verdict` is `found`, `unsure` or `nothing`; `reason` says in a word why not.

    `confidence` must reach `needed`, and `standing` (how clearly this is the article) must reach `needed_standing`.
    `strange` names conditions, body parts and things the article does not speak of. `said` is False where another
    part of the message was answered in its place.
    """

    text: str
    slug: str
    title: str
    taught: bool
    articles: tuple[ScoredArticle, ...]
    standing: float
    needed_standing: float
    confidence: float
    needed: float
    verdict: str
    reason: str
    quote: str
    sentences: tuple[ScoredSentence, ...]
    asked: tuple[NearQuestion, ...]
    left_out: tuple[NearQuestion, ...]
    strange: tuple[str, ...]
    said: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the articles' side made of a message: the text as it was read, lay words spelled out, and its parts."""

    text: str
    corrected: str
    expanded: str
    parts: tuple[Part, ...]
