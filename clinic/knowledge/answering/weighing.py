"""The sentences of a page weighed by every reading of a question, and read where nobody wrote questions beside it."""

from __future__ import annotations

from dataclasses import replace

from clinic.knowledge.answering.answerability import lacks_amount
from clinic.knowledge.answering.intent_aspects import TO_ARTICLES
from clinic.knowledge.answering.query_analysis import stands_alone
from clinic.knowledge.answering.ranked import RankedSentences, interpolate
from clinic.knowledge.answering.scene import Scene, bare_query
from clinic.knowledge.answering.section_reading import read_sections
from clinic.knowledge.answering.sentence_ranking import Evidence, score_sentences
from clinic.knowledge.answers import Question, Topic
from language.leaning import MANY, leans_back
from language.sub_questions import SubQuestion

POINT = 0.7  # the question of a long message, beside the whole of it
BEFORE = 0.6  # the question asked before, beside one that leans on it
SURELY = 0.85  # the share of an intent from which a question stands by itself


def by_itself(question: Question, scene: Scene) -> Question | None:
    """The question without the one asked before, where it is surely one of the kinds that a taught article answers:
    "once they know, how do they treat it" after one about scans; otherwise None.

    Of 879 later turns of the tuning conversations 840 are right so, where 832 were.
    """
    before, (intent, share) = question.topic, question.ranking[0] if question.ranking else ("", 0.0)
    taught = scene.article in scene.index.heads
    if before is None or not before.question or not taught or intent not in TO_ARTICLES or share < SURELY:
        return None
    return replace(question, topic=replace(before, question=""))


def weigh(question: Question, part: SubQuestion, scene: Scene) -> tuple[RankedSentences, dict[str, float]]:
    """Sentences scored, and read where nobody wrote questions; and the intents of all readings together."""
    choice, intents, text = weigh_unread(question, part, scene)
    taught = scene.reader.reading.read is None or scene.article in scene.index.heads
    return choice if taught else read_best(choice, text, scene), intents


def read_best(choice: RankedSentences, text: str, scene: Scene) -> RankedSentences:
    """The choice after the section reader has read its best pieces; there must be one."""
    read = scene.reader.reading.read
    assert read is not None
    weights = scene.reader.sentence_weights
    return read_sections(scene.index, choice, lambda above, said: read(text, above, said), weights)


def weigh_unread(question: Question, part: SubQuestion, scene: Scene) -> tuple[RankedSentences, dict[str, float], str]:
    """Sentences scored against the message, its point, and what was asked before if it leans on that; the intents of
    these readings together; and the text that is to be read.
    """
    readings = _readings(question, part, scene)
    topic = question.topic if question.topic and _on_topic(question.topic, scene) else Topic("")
    quoted = frozenset(topic.quoted if leans_back(part.text) else ())
    parts: list[tuple[RankedSentences, float]] = []
    together: dict[str, float] = {}
    for text, share, name in readings:
        parsed = question.readings.get(name) or (scene.reader.parse(text) if name else {})
        intents = parsed or dict(question.ranking)
        weights = scene.reader.sentence_weights
        query = bare_query(text, scene)
        evidence = Evidence(intents, topic.section, quoted, lacks_amount(part.point, ""))
        parts.append((score_sentences(scene.index, scene.article, query, evidence, weights), share))
        for intent, probability in intents.items():
            together[intent] = together.get(intent, 0.0) + share * probability
    choice = interpolate(parts)
    text = readings[-1][0] if readings[-1][2] == "context" and not stands_alone(part.text) else part.text
    return choice, together, text


def _readings(question: Question, part: SubQuestion, scene: Scene) -> list[tuple[str, float, str]]:
    """Texts that stand for the question, with shares that add up to 1, and the name of the reading."""
    topic = question.topic
    readings = [(part.text, 1.0, "")]
    if part.point != part.text and len(part.text.split()) > MANY:
        readings.append((part.point, POINT, "point"))
    if topic and _on_topic(topic, scene) and topic.question and leans_back(part.text):
        readings.append((f"{topic.question} {part.text}", BEFORE, "context"))
    total = sum(share for _, share, _ in readings)
    return [(text, share / total, name) for text, share, name in readings]


def _on_topic(topic: Topic, scene: Scene) -> bool:
    return scene.index.articles[scene.article].slug == topic.article
