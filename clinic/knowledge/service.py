"""The knowledge base as the rest of the application uses it: open it, ask it, bring it up to date."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Thread
from time import monotonic, sleep

from clinic.db import Sessions
from clinic.knowledge import store
from clinic.knowledge.answering.answer import Reader, answer, next_topic
from clinic.knowledge.answering.notes import note_answers
from clinic.knowledge.answering.untaught import Gate, Reading
from clinic.knowledge.articles.files import read_folder
from clinic.knowledge.embedding_store import load_vectors
from clinic.knowledge.model import Answer, Article, Question, Topic, Verdict
from clinic.knowledge.search.embedded_texts import Vectors
from clinic.knowledge.search.embedding_cache import CachedEncoder
from clinic.knowledge.search.gazetteer import Gazetteer
from clinic.knowledge.search.index import Index, build_index, settle
from clinic.knowledge.unanswered_store import Gap, add_gap
from language.lay_words import LayWords
from language.section_reader import SectionReader
from language.spelling import Speller

_UNREAD = Reading()
FRESH = 1.0  # seconds between looks at the corpus version, on a question's own thread
LOOK = 0.4  # and on a thread beside
QUIET = 3.0  # seconds without another edit, before what takes seconds is made
_log = logging.getLogger(__name__)
Parse = Callable[[str], Mapping[str, float]]


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
    """Answers from the articles in the database; one may be shared by threads.

    Where `keep_fresh` was called, a thread beside looks for a newer corpus and makes what is served from it; otherwise
    the question's own thread does, at most once a second. When a load fails the last good state goes on serving and
    the failure is logged.
    """

    def __init__(
        self,
        sessions: Sessions,
        vectors: Vectors,
        words: QueryLexicon,
        parse: Parse | None = None,
        reading: Reading = _UNREAD,
    ) -> None:
        self._sessions = sessions
        self._vectors = vectors
        self._words = words
        self._parse = parse
        self._reading = reading
        self._lock = Lock()
        self._looked = float("-inf")
        self._index: Index | None = None
        self._reader: Reader | None = None
        self._kept = False
        self._prepare: Callable[[], None] = lambda: None
        self._speller: Speller | None = None
        self._spelt: tuple[list[str], list[str]] = ([], [])
        self._settling = Lock()
        self._edited = float("-inf")

    def keep_fresh(self, prepare: Callable[[], None] = lambda: None) -> None:
        """Look for newer articles in a thread of its own from now on; `prepare` is called there first."""
        self.fresh()
        self._kept, self._prepare = True, prepare
        Thread(target=self._keep_fresh, args=(prepare,), name="articles", daemon=True).start()

    def use_words(self, words: QueryLexicon) -> None:
        """Read questions by these words from now on; the seconds that a speller of them takes are waited for by nobody
        where `keep_fresh` was called, otherwise by the caller.
        """
        self._words = words
        self._set_reader(spell=not self._kept)
        if self._kept:
            self._settle_later()

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

    def fresh(self) -> tuple[Index, Reader]:
        """The index as the database has it now, give or take a second, and what reads questions for it."""
        if self._kept and self._index is not None and self._reader is not None:
            return self._index, self._reader
        with self._lock:
            if monotonic() - self._looked >= FRESH:
                self._refresh()
                self._looked = monotonic()
            if self._index is None or self._reader is None:
                self._set(build_index((), self._vectors))
            assert self._index is not None
            assert self._reader is not None
            return self._index, self._reader

    def _keep_fresh(self, prepare: Callable[[], None]) -> None:
        prepare()
        while True:
            sleep(LOOK)
            before = self._index
            self._refresh()
            if self._index is not before:
                self._settle_later()

    def _settle_later(self) -> None:
        self._edited = monotonic()
        if not self._settling.locked():
            Thread(target=self._settle, daemon=True).start()

    def _settle(self) -> None:
        """What takes seconds after an edit: exact heads and a speller. Edits in quick succession wait for neither."""
        self._prepare()
        with self._settling:
            done = float("-inf")
            while done < self._edited:
                while (left := self._edited + QUIET - monotonic()) > 0:
                    sleep(left)
                done = monotonic()
                if (index := self._index) is not None:
                    exact = settle(index)
                    if self._index is index:
                        self._index = exact
                self._set_reader()

    def _refresh(self) -> None:
        try:
            version = store.read_version(self._sessions)
            if self._index is None or version != self._index.version:
                self._set(load_index(self._sessions, self._vectors, version, self._index, hurried=self._kept))
        except Exception:
            _log.exception("the articles could not be loaded; the last good state serves")

    def _set(self, index: Index) -> None:
        """Serve from this index at once. A speller takes seconds to make: later ones are made aside, and after."""
        self._index = index
        if self._reader is None:
            self._set_reader()
        elif not self._kept:
            Thread(target=self._set_reader, daemon=True).start()

    def _set_reader(self, *, spell: bool = True) -> None:
        """Put what reads questions together; with `spell`, with a speller of the words as they are now."""
        spelt = words_of(self._index.articles if self._index else ()), sorted(self._words.lay.clinical_words)
        speller = self._speller
        if speller is None or (spell and spelt != self._spelt):
            speller = Speller([*spelt[0], *spelt[1]])
            self._speller, self._spelt = speller, spelt
        self._reader = Reader(
            self._vectors,
            self._words.names,
            correct=lambda text: speller.correct(text).text,
            expand=self._words.lay.expand,
            parse=self._parse or (lambda text: {}),
            reading=self._reading,
        )

    def _record(self, one: Answer, asked_in: str) -> None:
        gap = Gap(one.question, one.nearest.slug if one.nearest else "", one.reason, datetime.now(UTC))
        try:
            add_gap(self._sessions, gap, asked_in)
        except Exception:
            _log.exception("a question without an answer could not be recorded")


def load_index(
    sessions: Sessions, vectors: Vectors, version: int, before: Index | None = None, *, hurried: bool = False
) -> Index:
    """The index over what the database holds; vectors that are missing there are made, and `before` is made use of."""
    articles = store.load_articles(sessions)
    kept = load_vectors(sessions, vectors.hash)
    return build_index(articles, CachedEncoder(kept, vectors), version, before, hurried=hurried)


def words_of(articles: tuple[Article, ...]) -> list[str]:
    """The articles' texts, for whoever corrects spelling by their words: how often each stands there counts."""
    texts = []
    for article in articles:
        texts += [article.title, *article.synonyms]
        for section in article.sections:
            texts += [section.heading, section.text]
    return texts


@dataclass(frozen=True, slots=True)
class Synced:
    """What a synchronisation changed, and what it had to leave out, in a sentence each."""

    changes: store.Changes
    problems: tuple[str, ...]


def sync_folder(
    sessions: Sessions, folder: Path, vectors: Vectors, tell: Callable[[int, int], None] | None = None
) -> Synced:
    """Bring `data/articles/` into the database; a file that cannot be read keeps its last good state there."""
    articles, problems = read_folder(folder)
    broken = {problem.split(":")[0].removesuffix(".md") for problem in problems}
    changes = store.sync_articles(sessions, articles, vectors, keep=broken, tell=tell or (lambda done, all: None))
    return Synced(changes, tuple(problems))
