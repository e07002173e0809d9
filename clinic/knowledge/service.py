"""The knowledge base as the rest of the application uses it: open it, ask it, keep it fresh."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from clinic.db import Sessions
from clinic.knowledge.answering.answer import answer
from clinic.knowledge.answering.notes import note_answers
from clinic.knowledge.answering.scene import Reader
from clinic.knowledge.answering.spoken_of import next_topic
from clinic.knowledge.answering.untaught import Gate, Reading
from clinic.knowledge.answers import Answer, Question, Topic, Verdict
from clinic.knowledge.live_index import LiveIndex
from clinic.knowledge.live_reader import LiveReader, Parse
from clinic.knowledge.model import Article
from clinic.knowledge.search.embedded_texts import Vectors
from clinic.knowledge.search.gazetteer import Gazetteer
from clinic.knowledge.search.index import Index
from clinic.knowledge.unanswered_store import Gap, add_gap
from language.lay_words import LayWords
from language.section_reader import SectionReader

_UNREAD = Reading()
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class QueryLexicon:
    """What is known about words besides the articles."""

    names: Gazetteer
    lay: LayWords

    @classmethod
    def load(cls, data: Path) -> QueryLexicon:
        """From `conditions.yml` and `lay_words.yml` in the data folder."""
        return cls(Gazetteer.load(data / "conditions.yml"), LayWords.load(data / "lay_words.yml"))


def load_reading(folder: Path, tokenizer: Path) -> Reading:
    """What reads articles without questions, from `models/reader`; without its files only the plain rules read."""
    sections = SectionReader.load(folder, tokenizer)
    gate = Gate.load(folder / "gate.json", "with_reader" if sections else "without_reader")
    if sections is None:
        return Reading(gate=gate)
    page_gate = Gate.load(folder / "gate.json", "page")
    return Reading(
        lambda text, above, said: [float(one) for one in sections.read(text, above, said).scores], gate, page_gate
    )


class KnowledgeBase:
    """Answers from the articles in the database; one may be shared by threads."""

    def __init__(
        self,
        sessions: Sessions,
        vectors: Vectors,
        words: QueryLexicon,
        parse: Parse | None = None,
        reading: Reading = _UNREAD,
    ) -> None:
        self._sessions = sessions
        self._live = LiveIndex(sessions, vectors, LiveReader(vectors, (words.names, words.lay), parse, reading))

    def keep_fresh(self, prepare: Callable[[], None] = lambda: None) -> None:
        """Look for newer articles in a thread of its own from now on; `prepare` is called there first."""
        self._live.keep_fresh(prepare)

    def use_words(self, words: QueryLexicon) -> None:
        """Read questions by these words from now on; the seconds that a speller of them takes are waited for by nobody
        where `keep_fresh` was called, otherwise by the caller.
        """
        self._live.use_words((words.names, words.lay))

    def fresh(self) -> tuple[Index, Reader]:
        """The index as the database has it now, give or take a second, and what reads questions for it."""
        return self._live.fresh()

    def ask(self, question: Question) -> tuple[tuple[Answer, ...], Topic | None]:
        """The answers to a question and the topic to pass with the next one.

        What was not covered is recorded for the content-gap report, unless it was asked in no conversation: nobody
        could erase it.
        """
        answers = self.answer(question)
        for one in answers:
            if one.verdict is not Verdict.FOUND and not one.between and question.asked_in:
                self._record(one, question.asked_in)
        return answers, next_topic(question, answers)

    def answer(self, question: Question) -> tuple[Answer, ...]:
        """The answers themselves, nothing recorded."""
        index, reader = self.fresh()
        answers = answer(question, index, reader)
        note_answers(answers)
        return answers

    def articles(self) -> tuple[Article, ...]:
        """The published articles, as they are now."""
        return self.fresh()[0].articles

    def _record(self, one: Answer, asked_in: str) -> None:
        gap = Gap(one.question, one.nearest.slug if one.nearest else "", one.reason, datetime.now(UTC))
        try:
            add_gap(self._sessions, gap, asked_in)
        except Exception:
            _log.exception("a question without an answer could not be recorded")
