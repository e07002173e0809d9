"""From a question to answers: article, then section, then sentences, then whether they cover it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from clinic.knowledge.answering.answerability import (
    Answerability,
    CoverageWeights,
    lacks_amount,
    names_article,
    score_answerability,
    weigh_names,
)
from clinic.knowledge.answering.article_ranking import Query, Ranking, make_query, rank, top_passages
from clinic.knowledge.answering.query_analysis import join_initials, questions_of, stands_alone
from clinic.knowledge.answering.sentence_ranking import (
    Evidence,
    RankedSentences,
    SentenceWeights,
    interpolate,
    quote,
    read_sections,
    score_sentences,
)
from clinic.knowledge.answering.step import Step
from clinic.knowledge.answering.untaught import ON_TOPIC, STANDING, Found, Reading, judge_untaught
from clinic.knowledge.model import Answer, Considered, Question, Topic, Verdict
from clinic.knowledge.search.embedded_texts import Vectors, mask_title
from clinic.knowledge.search.gazetteer import Gazetteer
from clinic.knowledge.search.index import Index
from language.sub_questions import MANY, SubQuestion, leans_back

MOST_ANSWERS = 2
CONSIDERED = 5  # passages that are kept for whoever asks later how an answer came about
TOPIC_BONUS = 0.30
TAUGHT = 0.5  # the questions beside an article help to choose it
OPEN = 0.7  # from here on a question is one of those that an article leaves open
POINT = 0.7  # the question of a long message, beside the whole of it
_SENTENCES, _COVERAGE, _READING = SentenceWeights(), CoverageWeights(), Reading()
BEFORE = 0.6  # the question asked before, beside one that leans on it


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


def answer(question: Question, index: Index, reader: Reader) -> tuple[Answer, ...]:
    """One answer for each question in the message, two at most; always at least one.

    When no part of a message with several questions is covered, the message as a whole is tried.
    """
    text = reader.correct(join_initials(question.text))
    whole = SubQuestion(text, text)
    if not index.articles:
        return (Answer(question.text, Verdict.NOTHING, reason="no_articles"),)
    parts = questions_of(text)
    if len(parts) == 1:
        return (_answer_one(question, parts[0], index, reader),)
    answers: list[Answer] = []
    asked = question
    for part in parts:
        ranking = tuple(reader.parse(part.point).items()) or question.ranking
        answers.append(_answer_one(replace(asked, ranking=ranking), part, index, reader))
        topic = next_topic(asked, (answers[-1],))
        asked = replace(asked, topic=Topic(topic.article) if topic else None)  # beside the first, not after it
    found = _distinct([one for one in answers if one.verdict is Verdict.FOUND])
    if not found:
        return (_answer_one(question, whole, index, reader),)
    open_ones = [one for one in answers if one.verdict is Verdict.NOTHING]
    return tuple((found + open_ones)[:MOST_ANSWERS])


def _distinct(answers: list[Answer]) -> list[Answer]:
    """Answers that quote different words."""
    seen: dict[str, Answer] = {}
    for one in answers:
        seen.setdefault(one.quote.text if one.quote else "", one)
    return list(seen.values())


def _answer_one(question: Question, part: SubQuestion, index: Index, reader: Reader) -> Answer:
    query = make_part_query(part.text, reader)
    article, standing, considered = _choose_article(question, part, query, index)
    scene = Scene(index, article, reader)
    choice, intents = _choose(question, part, scene)
    extra = [one.value for one in question.entities if one.kind == "condition"]
    names = reader.names.find(part.text, extra)
    strange = weigh_names(index, article, part.text, names, reader.coverage_weights)
    reader.watch(Step(part, index, article, standing, choice, intents, names, strange))
    quoted = quote(index, choice, reader.sentence_weights)
    lacking = lacks_amount(part.point, quoted.text)
    if article in index.heads:
        judgement = score_answerability(choice, intents, strange, reader.coverage_weights)
        one = _judge_taught(part.text, judgement, standing, "no_amount" if lacking else "", reader.coverage_weights)
        one = replace(one, quote=quoted if one.verdict is Verdict.FOUND else None, score=choice.top)
    else:
        bare = _bare(part.text, scene)
        found = Found(index, article, bare, choice, quoted, part.point, standing, names, intents)
        one = judge_untaught(part.text, found, lacking, reader.reading.gate)
    named = names_article(index, article, part.text) or (len(index.articles) > 1 and standing >= STANDING)
    return replace(one, nearest=index.articles[article], named=named, considered=considered)


def _judge_taught(
    text: str, judgement: Answerability, standing: float, lacking: str, weights: CoverageWeights
) -> Answer:
    verdict = Verdict.NOTHING
    if judgement.confidence >= weights.found and standing >= weights.article and not lacking:
        verdict = Verdict.FOUND
    elif judgement.confidence >= weights.unsure:
        verdict = Verdict.UNSURE
    reason = "" if verdict is Verdict.FOUND else lacking or judgement.reason
    return Answer(text, verdict, reason=reason, confidence=judgement.confidence)


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an answer is looked for."""

    index: Index
    article: int
    reader: Reader


def make_part_query(text: str, reader: Reader) -> Query:
    """A text as retrieval compares it, lay words spelled out."""
    return make_query(reader.vectors.encode_wording([text])[0], reader.expand(text))


def _bare(text: str, scene: Scene) -> Query:
    query = make_part_query(text, scene.reader)
    bare = mask_title(scene.index.articles[scene.article], text)
    return query if bare == text else replace(query, wording=scene.reader.vectors.encode_wording([bare])[0])


def score_articles(question: Question, part: SubQuestion, query: Query, index: Index) -> Ranking:
    """Every article scored: what is talked about stands out unless others are named, taught questions help.

    Where nothing is named or talked about, a question that a taught article clearly leaves open is that article's too.
    """
    ranking = rank(index, query)
    topic = index.find(question.topic.article) if question.topic else None
    named = [at for at in range(len(index.articles)) if names_article(index, at, part.text)]
    if topic is not None and (topic in named or not named):
        ranking.articles[topic] += TOPIC_BONUS
    for at, head in index.heads.items():
        scores = head.score(query.wording)
        left_open = float(scores[-1]) if topic is None and not named and scores[-1] >= OPEN else 0.0
        ranking.articles[at] += TAUGHT * max(float(scores[:-1].max()), left_open)
    return ranking


def _choose_article(
    question: Question, part: SubQuestion, query: Query, index: Index
) -> tuple[int, float, tuple[Considered, ...]]:
    """The place of the article, how it stands (score plus twice the margin; 1 where there is no choice), and the
    passages that were thought of.
    """
    ranking = score_articles(question, part, query, index)
    considered = tuple(_considered(index, row, ranking) for row in top_passages(ranking, CONSIDERED))
    topic = index.find(question.topic.article) if question.topic else None
    first, top, second = ranking.best()
    if len(index.articles) == 1 or first == topic:
        return first, ON_TOPIC, considered
    return first, top + 2 * (top - second), considered


def _considered(index: Index, row: int, ranking: Ranking) -> Considered:
    place = index.places[row]
    score = round(float(ranking.passages[row]), 3)
    return Considered(index.articles[place.article].slug, index.section(place).heading, score)


def _choose(question: Question, part: SubQuestion, scene: Scene) -> tuple[RankedSentences, dict[str, float]]:
    """Sentences scored against the message, its point, and what was asked before if it leans on that; and the
    intents of these readings together.
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
        query = _bare(text, scene)
        evidence = Evidence(intents, topic.section, quoted, lacks_amount(part.point, ""))
        parts.append((score_sentences(scene.index, scene.article, query, evidence, weights), share))
        for intent, probability in intents.items():
            together[intent] = together.get(intent, 0.0) + share * probability
    choice = interpolate(parts)
    read = scene.reader.reading.read
    if read is None or scene.article in scene.index.heads:
        return choice, together
    text = readings[-1][0] if readings[-1][2] == "context" and not stands_alone(part.text) else part.text
    weights = scene.reader.sentence_weights
    return read_sections(scene.index, choice, lambda above, said: read(text, above, said), weights), together


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


def next_topic(question: Question, answers: tuple[Answer, ...]) -> Topic | None:
    """What the conversation is about after these answers: the last quote, else the article that was named though it
    has no answer, or still what it was.
    """
    for one in reversed(answers):
        if one.quote:
            quoted = tuple(sentence.start for sentence in one.quote.sentences)
            return Topic(one.quote.article.slug, one.quote.section.anchor, one.question, quoted)
    about = question.topic.article if question.topic else ""
    for one in reversed(answers):
        if one.named and one.nearest and one.nearest.slug != about:
            return Topic(one.nearest.slug, question=one.question)
    return question.topic
