"""Which article a question is about, and which other it may mean as well."""

from __future__ import annotations

from dataclasses import dataclass

from clinic.knowledge.answering.answerability import names_article
from clinic.knowledge.answering.article_ranking import Query, Ranking, rank, top_articles, top_passages
from clinic.knowledge.answering.untaught import ON_TOPIC
from clinic.knowledge.answers import Considered, Question
from clinic.knowledge.search.index import Index
from language.sub_questions import SubQuestion

CONSIDERED = 5  # passages that are kept for whoever asks later how an answer came about
TOPIC_BONUS = 0.30
TAUGHT = 0.5  # the questions beside an article help to choose it
OPEN = 0.7  # from here on a question is one of those that an article leaves open
LEADING = 10  # articles among which those of another name are looked for
MOST_MEANT = 3  # articles that are asked back about


@dataclass(frozen=True, slots=True)
class PageChoice:
    """The place of the article, how it stands (score plus twice the margin; ON_TOPIC where there is no choice), the
    passages that were thought of, and the places of the next articles of other names.

    `stems` are the question's. `told`: the question names it, the conversation is about it, or there is no other.
    `topic` is the place of what the conversation is about.
    """

    article: int
    standing: float
    considered: tuple[Considered, ...]
    ranking: Ranking
    stems: tuple[str, ...]
    others: tuple[int, ...] = ()
    told: bool = True
    topic: int | None = None


def choose_page(question: Question, part: SubQuestion, query: Query, index: Index) -> PageChoice:
    """The likeliest article. The index must hold one."""
    ranking = score_articles(question, part, query, index)
    considered = tuple(_considered(index, row, ranking) for row in top_passages(ranking, CONSIDERED))
    topic = index.find(question.topic.article) if question.topic else None
    first, top, second = ranking.best()
    if len(index.articles) == 1 or first == topic:
        return PageChoice(first, ON_TOPIC, considered, ranking, query.stems, topic=topic)
    twins = ranking.titles.twins(first)
    others = [at for at in top_articles(ranking, LEADING) if at not in twins][: MOST_MEANT - 1]
    told = not others or names_article(index, first, part.text)
    return PageChoice(first, top + 2 * (top - second), considered, ranking, query.stems, tuple(others), told, topic)


def score_articles(question: Question, part: SubQuestion, query: Query, index: Index) -> Ranking:
    """Every article scored: what is talked about stands out unless others are named, taught questions help.

    Where nothing is named or talked about, a question that a taught article clearly leaves open is that article's too.
    """
    ranking = rank(index, query)
    topic = index.find(question.topic.article) if question.topic else None
    named = [at for at in range(len(index.articles)) if names_article(index, at, part.text)]
    if topic is not None and (topic in named or not named):
        ranking.articles[topic] += TOPIC_BONUS
    for at, head in index.heads.items() if len(index.articles) > 1 else ():
        scores = head.score(query.wording)
        left_open = float(scores[-1]) if topic is None and not named and scores[-1] >= OPEN else 0.0
        ranking.articles[at] += TAUGHT * max(float(scores[:-1].max()), left_open)
    return ranking


def _considered(index: Index, row: int, ranking: Ranking) -> Considered:
    place = index.places[row]
    score = round(float(ranking.passages[row]), 3)
    return Considered(index.articles[place.article].slug, index.section(place).heading, score)
