"""Why a question was answered as it was: what each step from message to sentence made of it. Nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from clinic.knowledge.answering.answer import MOST_ANSWERS, answer
from clinic.knowledge.answering.answerability import score_answerability
from clinic.knowledge.answering.article_ranking import top_articles
from clinic.knowledge.answering.explained import Explanation, NearQuestion, Part, ScoredArticle, ScoredSentence
from clinic.knowledge.answering.page_choice import score_articles
from clinic.knowledge.answering.query_analysis import join_initials
from clinic.knowledge.answering.quoting import quote
from clinic.knowledge.answering.scene import Reader, make_part_query
from clinic.knowledge.answering.step import Step
from clinic.knowledge.answers import Answer, Question, Verdict
from clinic.knowledge.search.gazetteer import speaks_of
from clinic.knowledge.search.index import Index

FEW = 5
NEAREST = 3


def explain(question: Question, index: Index, reader: Reader) -> Explanation:
    """The same steps as `answer` takes, told; the answer itself is not changed by the telling."""
    steps: list[Step] = []
    answers = answer(question, index, replace(reader, watch=steps.append))
    corrected = reader.correct(join_initials(question.text))
    said = {one.question: one for one in answers[:MOST_ANSWERS]}
    parts = tuple(_part(question, step, said.get(step.part.text), reader) for step in steps)
    return Explanation(question.text, corrected, reader.expand(corrected), parts)


def _part(question: Question, step: Step, given: Answer | None, reader: Reader) -> Part:
    index, article, weights = step.index, step.article, reader.coverage_weights
    taught, gate = article in index.heads, reader.reading.gate
    judged = score_answerability(step.choice, step.intents, step.strange, weights)
    quoted = quote(index, step.choice, reader.sentence_weights)
    passed = given.verdict.value if given else Verdict.NOTHING.value
    chosen = {one.start for one in quoted.sentences} if given and given.verdict is Verdict.FOUND else set()
    return Part(
        text=step.part.text,
        slug=index.articles[article].slug,
        title=index.articles[article].title,
        taught=taught,
        articles=_articles(question, step, reader),
        standing=step.standing,
        needed_standing=weights.article if taught else 0.0,
        confidence=given.confidence if given else judged.confidence,
        needed=weights.found if taught else gate.threshold if gate else 0.5,
        verdict=passed,
        reason=given.reason if given else judged.reason,
        quote=given.quote.text if given and given.quote else "",
        sentences=_sentences(step, (quoted.section.anchor, chosen)),
        asked=_asked(step, reader),
        left_out=_left_out(step, reader),
        strange=tuple(one.name for one in step.names if not speaks_of(index.text_stems[article], one)),
        said=given is not None,
    )


def _articles(question: Question, step: Step, reader: Reader) -> tuple[ScoredArticle, ...]:
    ranking = score_articles(question, step.part, make_part_query(step.part.text, reader), step.index)
    return tuple(
        ScoredArticle(step.index.articles[at].slug, step.index.articles[at].title, float(ranking.articles[at]))
        for at in top_articles(ranking, FEW)
    )


def _sentences(step: Step, chosen: tuple[str, set[int]]) -> tuple[ScoredSentence, ...]:
    anchor, starts = chosen
    found = []
    for row, score in list(zip(step.choice.rows, step.choice.scores, strict=True))[:FEW]:
        sentence, section = step.index.sentence_list[row], step.index.section(step.index.sentence_places[row])
        is_quoted = section.anchor == anchor and sentence.start in starts
        found.append(ScoredSentence(sentence.text, section.heading, score, is_quoted))
    return tuple(found)


def _asked(step: Step, reader: Reader) -> tuple[NearQuestion, ...]:
    """The questions beside this article that are nearest to this one."""
    index = step.index
    owners = index.article_of[index.passage_of[index.asked_of]] if len(index.asked_of) else np.array([])
    rows = np.flatnonzero(owners == step.article)
    closeness = _closeness(index.asked, rows, step, reader)
    texts = _texts(index)
    return tuple(
        NearQuestion(texts[int(row)], float(near), index.sentence_list[int(index.asked_of[row])].text)
        for row, near in _best(rows, closeness)
    )


def _left_out(step: Step, reader: Reader) -> tuple[NearQuestion, ...]:
    index = step.index
    rows = np.flatnonzero(index.unanswered_of == step.article)
    closeness = _closeness(index.unanswered, rows, step, reader)
    texts = [text for article in index.articles for text in article.unanswered]
    return tuple(NearQuestion(texts[int(row)], float(near)) for row, near in _best(rows, closeness))


def _closeness(matrix: np.ndarray, rows: np.ndarray, step: Step, reader: Reader) -> np.ndarray:
    if not len(rows):
        return np.zeros(0, dtype=np.float32)
    bare = make_part_query(step.bare, reader).bare
    near: np.ndarray = matrix[rows][:, : len(bare)] @ bare
    return near


def _best(rows: np.ndarray, closeness: np.ndarray) -> list[tuple[int, float]]:
    order: Sequence[int] = np.argsort(-closeness, kind="stable")[:NEAREST].tolist()
    return [(int(rows[at]), float(closeness[at])) for at in order]


def _texts(index: Index) -> list[str]:
    """The questions in the order of `index.asked`."""
    return [text for sentence in index.sentence_list for text in sentence.asked]
