"""What an owner should look at after an import: questions to try, and what to confirm."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clinic.knowledge.model import Article

_QUESTIONS = {
    "symptoms": "What are the symptoms of {}?", "causes": "What causes {}?", "risk_groups": "Who gets {}?",
    "diagnosis": "How is {} diagnosed?", "treatment": "How is {} treated?",
    "exercises": "Which exercises help with {}?",
    "recovery": "How long does {} take to get better?", "prevention": "How can I prevent {}?",
}  # fmt: skip
_ASKED_OFTEN = ("symptoms", "causes", "diagnosis", "treatment", "recovery", "prevention")


@dataclass(frozen=True, slots=True)
class ArticleReview:
    """Questions the article has sections for, ones it has none for, its other names, its headings with aspects."""

    questions: tuple[str, ...]
    silent: tuple[str, ...]
    synonyms: tuple[str, ...]
    aspects: tuple[tuple[str, str], ...]


def review_article(article: Article) -> ArticleReview:
    """What to try and to confirm, by the article's headings alone; nothing is asked of the engine."""
    name = _in_a_sentence(article.title)
    about = [aspect for section in article.sections for aspect in section.aspects]
    asked = [one.heading for one in article.sections if one.heading.endswith("?")]
    told = [_QUESTIONS[aspect].format(name) for aspect in dict.fromkeys(about) if aspect in _QUESTIONS]
    silent = [_QUESTIONS[aspect].format(name) for aspect in _ASKED_OFTEN if aspect not in about]
    aspects = tuple((one.heading, ", ".join(one.aspects)) for one in article.sections if one.heading != "Overview")
    return ArticleReview(tuple(dict.fromkeys([*told, *asked])), tuple(silent), article.synonyms, aspects)


def _in_a_sentence(title: str) -> str:
    """A title as it stands within a sentence; one that holds a name keeps its capitals."""
    first, *rest = title.split()
    named = any(word != word.lower() for word in rest) or re.search(r"['’]s$", first) or first != first.capitalize()
    return title if named else title[:1].lower() + title[1:]
