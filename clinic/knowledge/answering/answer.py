"""From a question to answers: article, then section, then sentences, then whether they cover it."""

from __future__ import annotations

from dataclasses import replace

from clinic.knowledge.answering.answerability import (
    Answerability,
    CoverageWeights,
    lacks_amount,
    names_article,
    score_answerability,
    weigh_names,
)
from clinic.knowledge.answering.asking_back import take_up
from clinic.knowledge.answering.page_certainty import page_signs
from clinic.knowledge.answering.page_choice import PageChoice, choose_page
from clinic.knowledge.answering.query_analysis import join_initials, questions_of, without_remarks
from clinic.knowledge.answering.quoting import quote
from clinic.knowledge.answering.scene import Reader, Scene, bare_query, make_part_query
from clinic.knowledge.answering.spoken_of import next_topic
from clinic.knowledge.answering.step import Step
from clinic.knowledge.answering.untaught import ON_TOPIC, STANDING, judge_untaught
from clinic.knowledge.answering.untaught_signs import Found
from clinic.knowledge.answering.weighing import by_itself, read_best, weigh, weigh_unread
from clinic.knowledge.answers import Answer, Question, Topic, Verdict
from clinic.knowledge.search.index import Index
from language.sub_questions import SubQuestion

MOST_ANSWERS = 2


def answer(question: Question, index: Index, reader: Reader) -> tuple[Answer, ...]:
    """One answer for each question in the message, two at most; always at least one.

    When no part of a message with several questions is covered, the message as a whole is tried.
    """
    question = take_up(question, index)
    text = reader.correct(join_initials(question.text))
    if not index.articles:
        return (Answer(question.text, Verdict.NOTHING, reason="no_articles"),)
    if (bare := without_remarks(text, index.text_stems)) != text:
        text, question = bare, replace(question, ranking=tuple(reader.parse(bare).items()) or question.ranking)
    whole = SubQuestion(text, text)
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
    """From one article; without the question asked before where this one is surely understood and answered so."""
    if alone := by_itself(question, scene):
        one, step = _answer_reading(alone, part, page, scene)
        if one.verdict is Verdict.FOUND:
            return one, step
    return _answer_reading(question, part, page, scene)


def _answer_reading(question: Question, part: SubQuestion, page: PageChoice, scene: Scene) -> tuple[Answer, Step]:
    index, article, reader = scene.index, scene.article, scene.reader
    choice, intents = weigh(question, part, scene)
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
        bare = bare_query(part.text, scene)
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
    scored, _, text = weigh_unread(question, step.part, scene)
    signs = page_signs(index, page, step.choice.read, read_best(scored, text, scene).read)
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
