"""The index as the database has it, kept fresh while questions are answered from it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock, Thread
from time import monotonic, sleep

from clinic.db import Sessions
from clinic.knowledge import store
from clinic.knowledge.answering.scene import Reader
from clinic.knowledge.embedding_store import load_vectors
from clinic.knowledge.live_reader import LiveReader
from clinic.knowledge.search.embedded_texts import Vectors
from clinic.knowledge.search.embedding_cache import CachedEncoder
from clinic.knowledge.search.gazetteer import Gazetteer
from clinic.knowledge.search.index import Index
from clinic.knowledge.search.indexing import build_index, settle
from language.lay_words import LayWords

FRESH = 1.0  # seconds between looks at the corpus version, on a question's own thread
LOOK = 0.4  # and on a thread beside
QUIET = 3.0  # seconds without another edit, before what takes seconds is made
_log = logging.getLogger(__name__)


class LiveIndex:
    """The index and what reads questions for it; one may be shared by threads.

    Where `keep_fresh` was called, a thread beside looks for a newer corpus and makes what is served from it; otherwise
    the question's own thread does, at most once a second. When a load fails the last good state goes on serving and
    the failure is logged.
    """

    def __init__(self, sessions: Sessions, vectors: Vectors, reader: LiveReader) -> None:
        self._sessions = sessions
        self._vectors = vectors
        self._reader = reader
        self._lock = Lock()
        self._looked = float("-inf")
        self._index: Index | None = None
        self._kept = False
        self._prepare: Callable[[], None] = lambda: None
        self._settling = Lock()
        self._edited = float("-inf")

    def keep_fresh(self, prepare: Callable[[], None] = lambda: None) -> None:
        """Look for newer articles in a thread of its own from now on; `prepare` is called there first."""
        self.fresh()
        self._kept, self._prepare = True, prepare
        Thread(target=self._keep_fresh, args=(prepare,), name="articles", daemon=True).start()

    def use_words(self, words: tuple[Gazetteer, LayWords]) -> None:
        """Read questions by these words from now on; where `keep_fresh` was called, a speller of them comes later."""
        self._reader.words = words
        self._renew_reader(spell=not self._kept)
        if self._kept:
            self._settle_later()

    def fresh(self) -> tuple[Index, Reader]:
        """The index as the database has it now, give or take a second, and what reads questions for it."""
        if self._kept and self._index is not None and self._reader.now is not None:
            return self._index, self._reader.now
        with self._lock:
            if monotonic() - self._looked >= FRESH:
                self._refresh()
                self._looked = monotonic()
            if self._index is None or self._reader.now is None:
                self._set(build_index((), self._vectors))
            assert self._index is not None
            assert self._reader.now is not None
            return self._index, self._reader.now

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
                self._renew_reader()

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
        if self._reader.now is None:
            self._renew_reader()
        elif not self._kept:
            Thread(target=self._renew_reader, daemon=True).start()

    def _renew_reader(self, *, spell: bool = True) -> None:
        self._reader.renew(self._index.articles if self._index else (), spell=spell)


def load_index(
    sessions: Sessions, vectors: Vectors, version: int, before: Index | None = None, *, hurried: bool = False
) -> Index:
    """The index over what the database holds; vectors that are missing there are made, and `before` is made use of."""
    articles = store.load_articles(sessions)
    kept = load_vectors(sessions, vectors.hash)
    return build_index(articles, CachedEncoder(kept, vectors), version, before, hurried=hurried)
