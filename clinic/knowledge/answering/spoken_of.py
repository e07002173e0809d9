"""What the conversation is about after answers."""

from __future__ import annotations

from clinic.knowledge.answers import Answer, Question, Topic


def next_topic(question: Question, answers: tuple[Answer, ...]) -> Topic | None:
    """What the conversation is about after these answers: the last quote, else the article that was named though it
    has no answer, or still what it was. Where it was asked which article is meant, the question alone.
    """
    for one in reversed(answers):
        if one.quote:
            quoted = tuple(sentence.start for sentence in one.quote.sentences)
            return Topic(one.quote.article.slug, one.quote.section.anchor, one.question, quoted)
    if open_ones := [one for one in answers if one.between]:
        return Topic("", question=open_ones[0].question)
    about = question.topic.article if question.topic else ""
    for one in reversed(answers):
        if one.named and one.nearest and one.nearest.slug != about:
            return Topic(one.nearest.slug, question=one.question)
    return question.topic
