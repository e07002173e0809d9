"""Every question of the pages to learn from, asked of all of them together: what would be quoted, and is it right?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy.typing as npt

from bench.reader.pages import READING, ROOT, import_page
from clinic.evaluation.article_sets import PageQuestion, load_article_sets
from clinic.evaluation.matching import normalise
from clinic.knowledge.answering import answer as answering
from clinic.knowledge.answering.answerability import lacks_amount
from clinic.knowledge.answering.quoting import quote_piece
from clinic.knowledge.answering.scene import Reader
from clinic.knowledge.answering.untaught import Reading
from clinic.knowledge.answering.untaught_signs import Found, is_foreign, signs_of
from clinic.knowledge.answers import Answer, Entity, Question, Quote, Topic, Verdict
from clinic.knowledge.articles.files import read_with_questions
from clinic.knowledge.live_reader import words_of
from clinic.knowledge.model import Article
from clinic.knowledge.search.index import Index
from clinic.knowledge.search.indexing import build_index
from clinic.knowledge.service import QueryLexicon
from language.encoder import Encoder
from language.section_reader import SectionReader
from language.spelling import Speller

WAYS = ("known", "named", "bare", "many")
"""The conversation is on the page; its name stands before the question; neither, with few pages or with all."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question asked in one way: whether its page answers it, and what was about to be quoted."""

    page: str
    way: str
    kind: str
    signs: npt.NDArray[Any] | None = None
    right: bool = False
    own_page: bool = False


def ask_all(parses: dict[str, Any], kind: str = "choosing") -> Iterator[Row]:
    """Every question of the pages, asked in every way: of all pages and the shipped article together, or, where no
    condition is named, of as many pages as a small clinic has.
    """
    encoder, lexicon = Encoder.load(ROOT / "models/encoder"), QueryLexicon.load(ROOT / "data")
    articles = {page.name: import_page(page) for page in sorted(READING.glob("*/*.md"))}
    shipped = read_with_questions(ROOT / "data/articles/posterior-ankle-impingement.md")[0]
    index = build_index([*articles.values(), shipped], encoder)
    few = build_index([*map(import_page, sorted((READING / kind).glob("*.md"))), shipped], encoder)
    reader = make_reader(index, encoder, lexicon)
    found: list[Found] = []
    nothing = Answer("", Verdict.NOTHING)
    answering.judge_untaught = lambda part, one, *rest: found.append(one) or nothing  # type: ignore[attr-defined,func-returns-value]
    for number, item in enumerate(load_article_sets(READING / kind).questions):
        for way in WAYS[: None if number % 3 == 0 else 3]:
            found.clear()
            asked_of = few if way == "bare" else index
            answering.answer(_asked(item, way, articles[item.page], parses[item.text]), asked_of, reader)
            yield _row(item, way, articles[item.page].slug, found)


def as_question(item: PageQuestion, parsed: dict[str, Any]) -> Question:
    """A question as the engine understood it."""
    ranking = tuple((o["name"], o["confidence"]) for o in parsed["intent_ranking"] if o["name"] != "nlu_fallback")
    return Question(item.text, "", ranking, tuple(Entity(o["entity"], o["value"]) for o in parsed["entities"]))


def _asked(item: PageQuestion, way: str, page: Article, parsed: dict[str, Any]) -> Question:
    question = as_question(item, parsed)
    if way == "known":
        return replace(question, topic=Topic(page.slug))
    name = page.title.split(":")[0].split(" - ")[0]
    return replace(question, text=f"{name}: {item.text}") if way == "named" else question


def _row(item: PageQuestion, way: str, slug: str, found: Sequence[Found]) -> Row:
    if not found or is_foreign(found[-1]) or lacks_amount(found[-1].point, found[-1].quote.text):
        return Row(item.page, way, item.kind)
    one = found[-1]
    own = one.index.articles[one.article].slug == slug
    right = own and holds_evidence(quote_piece(one.index, one.choice.rows[0]), item)
    return Row(item.page, way, item.kind, signs_of(one), right, own)


def load_reader() -> SectionReader | None:
    """The reader that is to be shipped, or None."""
    return SectionReader.load(ROOT / "models/reader", ROOT / "models/encoder/tokenizer.json")


def make_reader(index: Index, encoder: Encoder, lexicon: QueryLexicon) -> Reader:
    """What reads the questions, without gates."""
    speller = Speller([*words_of(index.articles), *sorted(lexicon.lay.clinical_words)])
    sections = load_reader()
    read: Callable[[str, str, Sequence[str]], Sequence[float]] | None = None
    if sections:
        read = lambda text, above, said: sections.read(text, above, said).scores.tolist()  # noqa: E731
    return Reader(
        encoder, lexicon.names, lambda text: speller.correct(text).text, lexicon.lay.expand, reading=Reading(read)
    )


def holds_evidence(quote: Quote, item: PageQuestion) -> bool:
    """Whether a quote holds a sentence that answers."""
    said = _flat(quote.text)
    return any(_flat(words) in said for words in item.evidence)


def _flat(text: str) -> str:
    return normalise(text.replace("*", "").replace("\n- ", " "))
