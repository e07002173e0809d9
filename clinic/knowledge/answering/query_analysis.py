"""A visitor's message made ready: initials joined, and the questions in it that can be answered by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clinic.knowledge.articles.markdown import asked_aspects
from clinic.knowledge.search.text import split_words, stem_words
from language.leaning import SHORT
from language.sub_questions import SubQuestion, asking_sentences, sentences_of, sub_questions

REMARK = 6  # words at most
FEWEST_WORDS = 4  # of a question that says by its words, not by an aspect, what it asks for


def join_initials(text: str) -> str:
    """`m.r.i.` as `mri`; nothing else changes."""
    return re.sub(r"\b(?:[A-Za-z]\.){2,}(?:[A-Za-z]\b)?|\b[A-Za-z]\.(?:[A-Za-z]\.)*[A-Za-z]\b", _undot, text)


def _undot(match: re.Match[str]) -> str:
    word = match.group().replace(".", "")
    return word if len(word) > 2 else match.group()


def questions_of(text: str) -> tuple[SubQuestion, ...]:
    """The message's questions, as `language.sub_questions` takes them apart; one reading of all of it where fewer than
    two can be answered by themselves.
    """
    full = tuple(one for one in sub_questions(text) if stands_alone(one.text))
    if len(full) > 1:
        return full
    asked = asking_sentences(text)
    point = asked[-1] if asked else text
    return (SubQuestion(text, point if len(split_words(point)) >= SHORT else text),)


def without_remarks(text: str, said: Sequence[str]) -> str:
    """The message without the short sentences before its question of which no article says a word ("sorry, my dog").

    `said` is what the articles say, each in its canonical form.
    """
    sentences = sentences_of(text)
    asked = set(asking_sentences(text))
    while len(sentences) > 1 and asked & set(sentences[1:]) and sentences[0] not in asked:
        stems = stem_words(sentences[0])
        if len(sentences[0].split()) > REMARK or any(f" {stem} " in one for stem in stems for one in said):
            break
        sentences = sentences[1:]
    return " ".join(sentences)


def stands_alone(part: str) -> bool:
    """Whether a question can be answered by itself: "and why?" or "is that so?" cannot."""
    return bool(asked_aspects(part)) or (bool(stem_words(part)) and len(split_words(part)) >= FEWEST_WORDS)
