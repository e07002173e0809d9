"""Asks the articles themselves, by the code the assistant's answers come from, without the dialogue around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from time import perf_counter

from clinic.knowledge.answering.answerability import names_article
from clinic.knowledge.answering.spoken_of import next_topic
from clinic.knowledge.answers import Answer, Entity, Question, Topic, Verdict
from clinic.knowledge.service import KnowledgeBase

from .article_sets import ArticleSets, PageConversation, PageMessage, PageQuestion
from .items import Facts
from .matching import facts_match, normalise
from .model import Outcome, Rate

Understand = Callable[[str], tuple[tuple[tuple[str, float], ...], tuple[Entity, ...]]]
"""A text's intents with their probabilities, the likeliest first, and its entities."""


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """What was found: outcomes by measure, how many were answered at all and rightly, milliseconds for each."""

    outcomes: tuple[Outcome, ...]
    answered: Rate
    milliseconds: tuple[float, ...]


class ArticleRun:
    """Asks a knowledge base every line; `slugs` names the article that became of each page.

    With `on_page` all is asked by a visitor who has its page open, as the chat on that page tells us.
    """

    def __init__(
        self, library: KnowledgeBase, understand: Understand, slugs: Mapping[str, str], on_page: bool = False
    ) -> None:
        self._library = library
        self._understand = understand
        self._slugs = slugs
        self._on_page = on_page
        self._spent: list[float] = []
        self._answered: Counter[bool] = Counter()

    def ask_all(self, sets: ArticleSets) -> ArticleReport:
        """Every question, conversation and message of the sets."""
        outcomes: list[Outcome] = []
        for item in sets.questions:
            if not item.urgent:
                outcomes += self._question(item)
        for conversation in sets.conversations:
            outcomes += self._conversation(conversation)
        outcomes += [self._message(message) for message in sets.messages]
        answered = Rate("of what is answered, right", self._answered[True], self._answered.total())
        return ArticleReport(tuple(outcomes), answered, tuple(self._spent))

    def _ask(self, text: str, topic: Topic | None = None) -> tuple[tuple[Answer, ...], Topic | None]:
        ranking, entities = self._understand(text)
        question = Question(text, ranking[0][0] if ranking else "", ranking, entities, topic)
        began = perf_counter()
        answers = self._library.answer(question)
        self._spent.append((perf_counter() - began) * 1000)
        return answers, next_topic(question, answers)

    def _question(self, item: PageQuestion) -> list[Outcome]:
        answers, _ = self._ask(item.text, self._open_page(item.page))
        quoted = [one for one in answers if one.verdict is Verdict.FOUND and one.quote]
        if item.kind:
            if quoted:
                self._answered[False] += 1
            return [Outcome("uncovered left alone", item.id, item.kind, not quoted, said(quoted) if quoted else "")]
        right = self._is_right(quoted, item.page, item.facts, item.evidence)
        if quoted:
            self._answered[right] += 1
        why = "" if right else said(quoted) if quoted else f"silent: {answers[0].reason}"
        elsewhere = bool(quoted) and not self._from_page(quoted, item.page)
        meant = [page.slug for one in answers for page in one.between] if not quoted else []
        offered = Outcome("asked back, its page offered", item.id, "", self._slugs.get(item.page, "") in meant, why)
        return [
            *([offered] if meant else []),
            Outcome("answered right, by style", item.id, item.style, right, why),
            Outcome("answered right, by page", item.id, item.page, right, why),
            Outcome("answered right, by naming", item.id, self._naming(item), right, why),
            Outcome("no other page quoted", item.id, item.page, not elsewhere, why if elsewhere else ""),
            Outcome("answered at all", item.id, item.style, bool(quoted), why if not quoted else ""),
        ]

    def _naming(self, item: PageQuestion) -> str:
        index, slug = self._library.fresh()[0], self._slugs.get(item.page, "")
        pages = [number for number, one in enumerate(index.articles) if one.slug == slug]
        named = any(names_article(index, page, item.text) for page in pages)
        return "its page named" if named else "its page not named"

    def _conversation(self, item: PageConversation) -> list[Outcome]:
        outcomes, topic = [], self._open_page(item.page)
        for number, turn in enumerate(item.turns, 1):
            answers, topic = self._ask(turn.text, topic)
            quoted = [one for one in answers if one.verdict is Verdict.FOUND and one.quote]
            right = self._is_right(quoted, item.page, turn.facts, ()) if turn.covered else not quoted
            measure = "later turns" if number > 1 else "first turns"
            outcomes.append(Outcome(measure, f"{item.id}.{number}", "", right, "" if right else said(quoted)))
        return outcomes

    def _message(self, item: PageMessage) -> Outcome:
        answers, _ = self._ask(item.text, self._open_page(item.page))
        quoted = [one for one in answers if one.verdict is Verdict.FOUND and one.quote]
        right = bool(quoted) and all(self._is_right(quoted, item.page, facts, ()) for facts in item.parts)
        return Outcome("two questions, both", item.id, "", right, "" if right else said(quoted))

    def _open_page(self, page: str) -> Topic | None:
        slug = self._slugs.get(page, "") if self._on_page else ""
        return Topic(slug) if slug else None

    def _is_right(self, quoted: list[Answer], page: str, facts: Facts, evidence: tuple[str, ...]) -> bool:
        texts = [one.quote.text for one in quoted if one.quote]
        if not texts or not self._from_page(quoted, page):
            return False
        if evidence:
            whole = _flat(" ".join(texts))
            return any(_flat(one) in whole for one in evidence)
        return facts_match(texts, facts)

    def _from_page(self, quoted: Iterable[Answer], page: str) -> bool:
        slug = self._slugs.get(page, "")
        return not page or any(one.quote is not None and one.quote.article.slug == slug for one in quoted)


def said(quoted: Iterable[Answer]) -> str:
    """What was quoted, in a line."""
    lines = (
        f"[{one.quote.article.slug} / {one.quote.section.heading}] {one.quote.text}" for one in quoted if one.quote
    )
    return " + ".join(lines).replace("\n", " ") or "silent"


def _flat(text: str) -> str:
    return normalise(text.replace("*", "").replace("\n- ", " "))
