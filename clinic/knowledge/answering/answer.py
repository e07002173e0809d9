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
from clinic.knowledge.answering.article_ranking import Query, make_query
from clinic.knowledge.answering.asking_back import take_up
from clinic.knowledge.answering.page_certainty import page_signs
from clinic.knowledge.answering.page_choice import PageChoice, choose_page
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
from clinic.knowledge.model import Answer, Question, Topic, Verdict
from clinic.knowledge.search.embedded_texts import Vectors, mask_title
from clinic.knowledge.search.gazetteer import Gazetteer
from clinic.knowledge.search.index import Index
from language.sub_questions import MANY, SubQuestion, leans_back

MOST_ANSWERS = 2
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
    question = take_up(question, index)
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
    """From the likeliest article; where another may be meant as well, from the one that is spoken of or that was taught
    the question, or asked back.
    """
    page = choose_page(question, part, make_part_query(part.text, reader), index)
    one, step = _answer_from(question, part, page, Scene(index, page.article, reader))
    if one.verdict is Verdict.FOUND and _is_doubted(question, page, step, reader):
        other = page.topic if page.topic is not None else page.others[0] if page.others[0] in index.heads else None
        between = tuple(index.articles[at] for at in (page.article, *page.others))
        one = replace(one, verdict=Verdict.UNSURE, quote=None, named=False, between=between, reason="which_article")
        if other is not None:
            page = replace(page, article=other, standing=ON_TOPIC)
            instead, step_instead = _answer_from(question, part, page, Scene(index, other, reader))
            if instead.verdict is Verdict.FOUND or page.topic is not None:
                one, step = instead, step_instead
    reader.watch(step)
    return one


def _answer_from(question: Question, part: SubQuestion, page: PageChoice, scene: Scene) -> tuple[Answer, Step]:
    index, article, reader = scene.index, scene.article, scene.reader
    choice, intents = _choose(question, part, scene)
    extra = [one.value for one in question.entities if one.kind == "condition"]
    names = reader.names.find(part.text, extra)
    strange = weigh_names(index, article, part.text, names, reader.coverage_weights)
    quoted = quote(index, choice, reader.sentence_weights)
    lacking = lacks_amount(part.point, quoted.text)
    if article in index.heads:
        judgement = score_answerability(choice, intents, strange, reader.coverage_weights)
        lacks = "no_amount" if lacking else ""
        one = _judge_taught(part.text, judgement, page.standing, lacks, reader.coverage_weights)
        one = replace(one, quote=quoted if one.verdict is Verdict.FOUND else None, score=choice.top)
    else:
        bare = _bare(part.text, scene)
        found = Found(index, article, bare, choice, quoted, part.point, page.standing, names, intents)
        one = judge_untaught(part.text, found, lacking, reader.reading.gate)
    named = names_article(index, article, part.text) or (len(index.articles) > 1 and page.standing >= STANDING)
    one = replace(one, nearest=index.articles[article], named=named, considered=page.considered)
    return one, Step(part, index, article, page.standing, choice, intents, names, strange)


def _is_doubted(question: Question, page: PageChoice, step: Step, reader: Reader) -> bool:
    """Whether an article without questions was found that the question does not tell well enough from the next one."""
    gate, index = reader.reading.page_gate, step.index
    if gate is None or reader.reading.read is None or page.told or page.article in index.heads:
        return False
    scene = Scene(index, page.others[0], reader)
    scored, _, text = _score(question, step.part, scene)
    signs = page_signs(index, page, step.choice.read, _read(scored, text, scene).read)
    return gate.probability(signs) < gate.threshold


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


def _choose(question: Question, part: SubQuestion, scene: Scene) -> tuple[RankedSentences, dict[str, float]]:
    """Sentences scored, and read where nobody wrote questions; and the intents of all readings together."""
    choice, intents, text = _score(question, part, scene)
    taught = scene.reader.reading.read is None or scene.article in scene.index.heads
    return choice if taught else _read(choice, text, scene), intents


def _read(choice: RankedSentences, text: str, scene: Scene) -> RankedSentences:
    """The choice after the section reader has read its best pieces; there must be one."""
    read = scene.reader.reading.read
    assert read is not None
    weights = scene.reader.sentence_weights
    return read_sections(scene.index, choice, lambda above, said: read(text, above, said), weights)


def _score(question: Question, part: SubQuestion, scene: Scene) -> tuple[RankedSentences, dict[str, float], str]:
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
        query = _bare(text, scene)
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
