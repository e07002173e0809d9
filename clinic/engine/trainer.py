"""The learning session of the engine's environment, started when it is first asked and ended with us."""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any

from clinic.problem import Problem

Tell = Callable[[str], None]
ENDING = 5.0  # seconds that a process has to end by itself


class LearningFailed(Problem):
    """Nothing was learned; the live model goes on."""


class Trainer:
    """Asks `engine.learning`, at low priority. Use it as a context: the process ends with it."""

    def __init__(self, root: Path, live: Path) -> None:
        command = ["nice", "-n", "10", str(root / "engine/.venv/bin/python"), "-m", "engine.learning"]
        # A pipe that nobody reads fills up.
        self._errors = TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._process = subprocess.Popen(
            [*command, str(root), str(live)],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        try:
            self._await(lambda _: None)
        except BaseException:
            self._close()
            raise

    def learn(self, into: Path, tell: Tell = lambda _: None) -> dict[str, Any]:
        """Learn what is taught now into a model of its own; `tell` hears how far it is."""
        return dict(self._ask({"do": "learn", "into": str(into)}, tell))

    def guess(self, texts: list[str], model: Path | None = None) -> list[list[dict[str, Any]]]:
        """The rankings of intents for texts, by the live model or by another file."""
        return list(self._ask({"do": "guess", "texts": texts, "model": str(model) if model else None}))

    def raised(self, texts: list[str], model: Path | None = None) -> list[bool]:
        """Which texts raise a card, by the live model or by another file that shares its lists and rules."""
        return [
            bool(one) for one in self._ask({"do": "raised", "texts": texts, "model": str(model) if model else None})
        ]

    def warm(self) -> int:
        """Read and encode everything that is taught, so that what follows takes seconds; how many utterances."""
        return int(self._ask({"do": "warm"}))

    def look(self, text: str) -> dict[str, Any]:
        """The ranking for a text, and what is taught nearest to it with its intents."""
        return dict(self._ask({"do": "look", "text": text}))

    def take(self, model: Path) -> None:
        """Go on from a model that was published meanwhile."""
        self._ask({"do": "take", "model": str(model)})

    def split(self, folds: int) -> dict[str, int]:
        """Share what is taught out over folds, near copies in one; how many `utterances` and `groups` there are."""
        return dict(self._ask({"do": "split", "into": folds}))

    def fold(self, at: int) -> list[tuple[str, str, str]]:
        """Text, intent and guess of each utterance of a fold, counted from 0, by what the others teach."""
        return [(text, intent, taken) for text, intent, taken in self._ask({"do": "fold", "at": at})]

    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End the process, and hear that it has ended; whoever waits for an answer gets LearningFailed."""
        self._process.terminate()
        try:
            self._process.wait(ENDING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()

    def __enter__(self) -> Trainer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        self._process.terminate()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream:
                stream.close()

    def _ask(self, request: dict[str, Any], tell: Tell = lambda _: None) -> Any:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            return self._await(tell)
        except (OSError, ValueError):  # a stream that `stop` has closed is no stream any more
            raise LearningFailed("The learning process has ended; the live model goes on.") from None

    def _await(self, tell: Tell) -> Any:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            answer = json.loads(line)
            if "tell" in answer:
                tell(str(answer["tell"]))
            elif "failed" in answer:
                raise LearningFailed(f"Nothing was learned; the live model goes on. {answer['failed']}")
            else:
                return answer["done"]
        self._errors.seek(0)
        last = self._errors.read().strip().splitlines()[-1:] or ["nothing"]
        raise LearningFailed(f"Nothing was learned; the live model goes on. It said: {last[0]}")
