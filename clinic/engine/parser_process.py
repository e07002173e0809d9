"""A model asked in a process of its own, for measuring without a running assistant."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

from clinic.engine.events import FALLBACK
from clinic.problem import Problem


class ParserEnded(Problem):
    """The engine's process ended before it answered."""


class ParserProcess:
    """How the published model understands a text; each text is asked once. Use as a context."""

    def __init__(self, root: Path, model: Path) -> None:
        self._command = [str(root / "engine/.venv/bin/python"), "-W", "ignore", "-m", "engine.parse_lines", str(model)]
        self._root = root
        self._known: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> ParserProcess:
        self._process = subprocess.Popen(
            self._command,
            cwd=self._root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate(timeout=60)

    def understand(self, text: str) -> dict[str, Any]:
        """The engine's `intent_ranking` and `entities` for a text."""
        if text not in self._known:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(json.dumps(text) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
            if not line:
                raise ParserEnded("The engine could not read the published model: run `bin/clinic train`.")
            self._known[text] = json.loads(line)
        return self._known[text]

    def intents(self, text: str) -> dict[str, float]:
        """Intents with their probabilities, the fallback left out."""
        ranking = self.understand(text)["intent_ranking"]
        return {one["name"]: float(one["confidence"]) for one in ranking if one["name"] != FALLBACK}
