"""What an answer to "which do you mean?" means: the question before it, of the article that is named now."""

from __future__ import annotations

from dataclasses import replace

from clinic.knowledge.answering.answerability import names_article
from clinic.knowledge.answers import Question, Topic
from clinic.knowledge.articles.markdown import asked_aspects
from clinic.knowledge.search.index import Index
from clinic.knowledge.search.text import split_words
from clinic.knowledge.search.title_match import names_of

MOST_BESIDE = 3  # words beside the name: "the bunions one please"


def take_up(question: Question, index: Index) -> Question:
    """The question that was asked back about, where this message names one article and nothing else; or this one."""
    before = question.topic
    if before is None or before.article or not before.question or asked_aspects(question.text):
        return question
    named = [at for at in range(len(index.articles)) if names_article(index, at, question.text)]
    if len(named) != 1:
        return question
    article = index.articles[named[0]]
    longest = max(len(split_words(name)) for name in names_of(article))
    if len(split_words(question.text)) > longest + MOST_BESIDE:
        return question
    ranking = tuple(question.readings.get("context", {}).items()) or question.ranking
    return replace(question, text=before.question, ranking=ranking, topic=Topic(article.slug), readings={})
