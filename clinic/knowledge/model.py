"""The values of the knowledge base: articles down to sentences, questions, quotes and answers."""

from __future__ import annotations

from dataclasses import dataclass

from clinic.problem import Problem

ASPECTS = (
    "overview", "anatomy", "symptoms", "causes", "risk_groups", "diagnosis",
    "treatment", "exercises", "recovery", "prevention", "service",
)  # fmt: skip


class ArticleError(Problem):
    """An article that cannot be used; the message names the file, the line where known, and what to do."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A quotable piece of a section's text: `section.text[start:end]`, with questions visitors ask for it.

    A list stays with the sentence that leads into it when it is short; a bullet of a long list stands alone and
    `lead` is the place, in the section's run of sentences, of the sentence to quote before it.
    """

    text: str
    start: int
    end: int
    asked: tuple[str, ...] = ()
    lead: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """About a hundred words of one section; `heading` is the sub-heading above them, `facet` what it is about."""

    heading: str
    facet: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The passage's sentences in a row."""
        return " ".join(one.text for one in self.sentences)


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading; `text` is plain, without markup.

    `also` names further aspects, as of "Causes and risk factors".
    """

    anchor: str
    heading: str
    aspect: str
    text: str
    passages: tuple[Passage, ...]
    also: tuple[str, ...] = ()

    @property
    def aspects(self) -> tuple[str, ...]:
        """Everything it is about, the main thing first."""
        return (self.aspect, *self.also)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in the order of the article."""
        return tuple(one for passage in self.passages for one in passage.sentences)


@dataclass(frozen=True, slots=True)
class Article:
    """A page of the clinic's; dates are ISO dates, empty where not known. `digest` names this exact content."""

    slug: str
    title: str
    sections: tuple[Section, ...]
    published: bool = True
    category: str = ""
    author: str = ""
    based_on: str = ""
    url: str = ""
    updated: str = ""
    reviewed_by: str = ""
    next_review: str = ""
    synonyms: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    digest: str = ""
