"""The learning process of one web process: started when a trainer comes, asked by one at a time, started again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from clinic.problem import Problem
from clinic.teaching.releases import Release, checked_model, published_or_none

Tell = Callable[[str], None]
WAIT = 0.25
AT_ONCE = 10  # texts; between two lots somebody who types is answered


class Busy(Problem):
    """The learning process is busy or not warm yet; a glance can be had in a moment."""


class Learner(Protocol):
    """What is asked of the learning process; `clinic.engine.trainer.Trainer` is one."""

    def learn(self, into: Path, tell: Tell) -> dict[str, Any]:
        """Learn what is taught now into a model of its own."""

    def guess(self, texts: list[str], model: Path | None = None) -> list[list[dict[str, Any]]]:
        """The rankings of intents for texts."""

    def raised(self, texts: list[str], model: Path | None = None) -> list[bool]:
        """Which texts raise a card."""

    def look(self, text: str) -> dict[str, Any]:
        """A ranking, and the nearest of what is taught."""

    def warm(self) -> int:
        """Read and encode everything."""

    def take(self, model: Path) -> None:
        """Go on from a model that was published meanwhile."""

    def split(self, folds: int) -> dict[str, int]:
        """Share what is taught out over folds; how many `utterances` and `groups` there are."""

    def fold(self, at: int) -> list[tuple[str, str, str]]:
        """Text, intent and guess of each utterance of a fold, by what the others teach."""

    def is_alive(self) -> bool:
        """Whether it still runs."""

    def stop(self) -> None:
        """End it."""


class LearningDesk:
    """Hands the learner to one at a time; a new live model gets a new one."""

    def __init__(self, root: Path, start: Callable[[Path, Path], Learner]) -> None:
        self._root, self._start = root, start
        self._lock, self._warming = threading.Lock(), threading.Lock()
        self._learner: Learner | None = None
        self._live: Release | None = None
        self._closed = False
        self.compared: Callable[[], list[str]] = list
        """The texts that every candidate is asked about: read and encoded while nobody waits for it."""

    @contextmanager
    def learner(self) -> Iterator[Learner]:
        """The learner, for as long as the block runs; others wait. Raises ModelError and LearningFailed."""
        with self._lock:
            yield self._ready()

    def look(self, text: str) -> dict[str, Any]:
        """A ranking and the nearest; raises Busy rather than let somebody who types wait."""
        if not self._is_warm() or not self._lock.acquire(timeout=WAIT):
            self.warm_up()
            raise Busy("The model is being made ready or is learning; its guesses are here in a moment.")
        try:
            return self._ready().look(text)
        finally:
            self._lock.release()

    def warm_up(self) -> None:
        """Make everything ready beside, where nobody does so already."""
        if not self._is_warm() and self._warming.acquire(blocking=False):
            threading.Thread(target=self._warm, daemon=True).start()

    def stop(self) -> None:
        """End the process; the next question starts it again."""
        learner, self._learner = self._learner, None
        if learner is not None:
            learner.stop()

    def close(self) -> None:
        """End the process for good: the program that asks ends too."""
        self._closed = True
        self.stop()

    def _warm(self) -> None:
        try:
            with self.learner() as learner:
                learner.warm()
            texts = self.compared()
            for at in range(0, len(texts), AT_ONCE):
                with self.learner() as learner:
                    learner.raised(texts[at : at + AT_ONCE])
        except Problem:
            pass  # whoever asks next is told
        finally:
            self._warming.release()

    def _is_warm(self) -> bool:
        return self._learner is not None and self._learner.is_alive()

    def _ready(self) -> Learner:
        """The learner on the model that is live now: it goes on where only the intents are others."""
        release, live = published_or_none(self._root), self._live
        if self._learner is not None and self._learner.is_alive() and release and live and release.whole == live.whole:
            if release.file != live.file:
                self._learner.take(checked_model(self._root))
                self._live = release
            return self._learner
        self.stop()
        model = checked_model(self._root)
        if self._closed:
            raise Busy("The assistant is being stopped.")
        self._learner, self._live = self._start(self._root, model), release
        if self._closed:  # meanwhile
            self.stop()
            raise Busy("The assistant is being stopped.")
        return self._learner
