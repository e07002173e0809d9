"""What an answer is looked for with, and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from clinic.knowledge.answering.answerability import CoverageWeights
from clinic.knowledge.answering.article_ranking import Query, make_query
from clinic.knowledge.answering.ranked import SentenceWeights
from clinic.knowledge.answering.step import Step
from clinic.knowledge.answering.untaught import Reading
from clinic.knowledge.search.embedded_texts import Vectors, mask_title
from clinic.knowledge.search.gazetteer import Gazetteer
from clinic.knowledge.search.index import Index
from clinic.knowledge.search.text import split_words

_DEFINING_WORDS = """
what whats what's is are was a an the it its this that thing called explain tell me about please pls define definition
meaning means mean by do does you know can could would just exactly actually then so even in simple plain words
english terms hello hi hey
"""
DEFINING = frozenset(_DEFINING_WORDS.split())
"""A question of these words and a page's name alone asks what it is."""
_SENTENCES, _COVERAGE, _READING = SentenceWeights(), CoverageWeights(), Reading()


@dataclass(frozen=True, slots=True)
class Reader:
    """What turns text into something comparable.

    `correct` puts spelling right, `expand` adds the articles' words for lay ones, `parse` gives intents for a
    part of a message (and nothing when the engine cannot be asked). `reading` is for articles without questions.
    `watch` is told of each step before it is judged.
    """

    vectors: Vectors
    names: Gazetteer
    correct: Callable[[str], str] = lambda text: text
    expand: Callable[[str], str] = lambda text: text
    parse: Callable[[str], Mapping[str, float]] = lambda text: {}
    sentence_weights: SentenceWeights = _SENTENCES
    coverage_weights: CoverageWeights = _COVERAGE
    reading: Reading = _READING
    watch: Callable[[Step], None] = lambda step: None


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an answer is looked for."""

    index: Index
    article: int
    reader: Reader


def make_part_query(text: str, reader: Reader) -> Query:
    """A text as retrieval compares it, lay words spelled out."""
    return make_query(reader.vectors.encode_wording([text])[0], reader.expand(text))


def bare_query(text: str, scene: Scene) -> Query:
    """The same without the article's name, which every sentence of it shares."""
    query = make_part_query(text, scene.reader)
    bare = mask_title(scene.index.articles[scene.article], text)
    if bare == text:
        return query
    wording = scene.reader.vectors.encode_wording([bare])[0]
    return replace(query, wording=wording, defines=DEFINING.issuperset(split_words(bare)))
