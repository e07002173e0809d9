"""What can be asked to begin with: on an article's page of that article, elsewhere of the clinic."""

from __future__ import annotations

from clinic.dialogue.reply import Button
from clinic.knowledge.model import Article

MOST = 3
# What a visitor asks about a section of this aspect; "it" is the article the page shows. In the order of offering.
QUESTIONS: dict[str, str] = {
    "symptoms": "What are the symptoms?",
    "causes": "What causes it?",
    "treatment": "How is it treated?",
    "exercises": "Which exercises help?",
    "recovery": "How long does it take to get better?",
    "diagnosis": "How is it diagnosed?",
    "prevention": "How can I prevent it?",
    "overview": "What is it?",
}
ELSEWHERE = ("What can you help with?", "How much does an appointment cost?", "Can I speak to a person?")


def suggested_questions(article: Article | None) -> tuple[Button, ...]:
    """A few questions that are answered, as buttons that ask them."""
    covered = {aspect for section in article.sections for aspect in section.aspects} if article else set()
    questions = [words for aspect, words in QUESTIONS.items() if aspect in covered][:MOST]
    return tuple(Button(words, say=words) for words in questions or ELSEWHERE)
