"""Why a message is answered as it is: for one at the command line, and line by line for the studio."""

from __future__ import annotations

import asyncio
import json
import select
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

import typer

from clinic.commands.asking import parse_lines
from clinic.composition import here, sessions_of, sync_articles
from clinic.engine.client import EngineUnavailable
from clinic.engine.events import FALLBACK
from clinic.knowledge.answering.answer import answer
from clinic.knowledge.answering.explained import Explanation
from clinic.knowledge.answering.explanation import explain
from clinic.knowledge.answers import Entity, Question, Topic
from clinic.knowledge.articles.files import parse_article, read_text
from clinic.knowledge.articles.sample_questions import add_questions
from clinic.knowledge.model import Article
from clinic.knowledge.search.embedding_cache import CachedEncoder
from clinic.knowledge.search.indexing import build_index
from clinic.knowledge.service import KnowledgeBase, QueryLexicon, load_reading
from clinic.settings import Settings
from language.encoder import Encoder
from language.sub_questions import split_questions

IDLE_SECONDS = 900.0


class Desk:
    """The articles as visitors are answered from them, and one that is not published yet. Records nothing."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._encoder = Encoder.load(settings.encoder)
        reading = load_reading(settings.root / "models" / "reader", settings.encoder / "tokenizer.json")
        words = QueryLexicon.load(settings.data)
        self._base = KnowledgeBase(sessions_of(settings), self._encoder, words, reading=reading)
        self._stamps = self._words_stamps()

    def explain(self, question: Question) -> Explanation:
        """What each step makes of a question now."""
        if (stamps := self._words_stamps()) != self._stamps:
            self._stamps = stamps
            self._base.use_words(QueryLexicon.load(self._settings.data))
        return explain(question, *self._base.fresh())

    def _words_stamps(self) -> tuple[int, ...]:
        files = (self._settings.data / name for name in ("conditions.yml", "lay_words.yml"))
        return tuple(one.stat().st_mtime_ns for one in files)

    def try_article(self, article: Article, questions: list[Question]) -> list[dict[str, str]]:
        """What visitors would be told if this article were published as it is: for each question, by which article
        it would be answered and in which words, or nothing.
        """
        index, reader = self._base.fresh()
        others = [one for one in index.articles if one.slug != article.slug]
        trial = build_index([*others, article], CachedEncoder({}, self._encoder), before=index)
        found = []
        for question in questions:
            quote = answer(question, trial, reader)[0].quote
            told = (
                {"article": quote.article.slug, "section": quote.section.heading, "quote": quote.text} if quote else {}
            )
            found.append({"question": question.text, **told})
        return found

    def do(self, asked: Mapping[str, Any]) -> Any:
        """Answer one request of the studio; raises what the work raises."""
        if asked["do"] == "explain":
            return [asdict(self.explain(read_question(one))) for one in asked["questions"]]
        if asked["do"] == "try":
            article = parse_article(str(asked["text"]), str(asked["name"]))
            beside = self._settings.data / "articles" / f"{article.slug}.asked.yml"
            if beside.exists():
                article, _ = add_questions(article, read_text(beside), beside.name)
            return self.try_article(article, [read_question(one) for one in asked["questions"]])
        if asked["do"] == "sync":
            return list(sync_articles(self._settings).problems)
        raise ValueError(f"nothing is known of {asked['do']!r}")


def read_question(told: Mapping[str, Any]) -> Question:
    """A question as the studio sends it: text, ranking, entities, topic."""
    ranking = tuple((str(name), float(share)) for name, share in told.get("ranking") or ())
    entities = tuple(Entity(str(kind), str(value)) for kind, value in told.get("entities") or ())
    topic = Topic(str(told["article"]), question=str(told.get("before") or "")) if told.get("article") else None
    return Question(str(told["text"]), ranking[0][0] if ranking else "", ranking, entities, topic)


def explain_text(text: Annotated[str, typer.Argument(help="What a visitor wrote.")]) -> None:
    """Print what each part makes of TEXT: its intents by the running engine, then the articles' side, as JSON."""
    settings = here()
    questions = split_questions(text)
    texts = list(dict.fromkeys([text, *(questions if len(questions) > 1 else ())]))
    try:
        parses = asyncio.run(parse_lines(texts))
    except EngineUnavailable as error:
        typer.echo(f"{error}. Start the assistant with `make run` in another window.", err=True)
        raise typer.Exit(1) from None
    desk = Desk(settings)
    for one, parsed in zip(texts, parses, strict=True):
        told = asdict(desk.explain(read_question({"text": one, "ranking": ranking_of(parsed)})))
        typer.echo(json.dumps({"intents": ranking_of(parsed)[:3], **told}, indent=2, ensure_ascii=False))


def ranking_of(parsed: Mapping[str, Any]) -> list[tuple[str, float]]:
    """The intents of a parse without the fallback, whose confidence is only its threshold."""
    ranking = parsed.get("intent_ranking") or []
    return [(str(one["name"]), float(one["confidence"])) for one in ranking if one.get("name") != FALLBACK]


def reader() -> None:
    """Answer the studio, a JSON object a line, until nobody asks for a while."""
    desk = Desk(here())
    while select.select([sys.stdin], [], [], IDLE_SECONDS)[0]:
        line = sys.stdin.readline()
        if not line:
            return
        try:
            told: dict[str, Any] = {"done": desk.do(json.loads(line))}
        except Exception as error:
            told = {"failed": str(error) or type(error).__name__}
        print(json.dumps(told), flush=True)
