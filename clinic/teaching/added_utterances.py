"""Utterances that a candidate was taught for the first time: is each of them understood by it now?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from clinic.teaching.change_model import Change
from clinic.teaching.model import Example
from clinic.teaching.nlu_examples import plain, read_examples


class Guesses(Protocol):
    """Whoever can be asked what a candidate makes of texts."""

    def guesses(self, texts: list[str], candidate: Path) -> list[str]:
        """What each text is taken for, `nlu_fallback` where no guess is trusted."""


def added_of(root: Path, changes: Iterable[Change], candidate: Path, engine: Guesses) -> list[dict[str, object]]:
    """Each utterance that the changes added and `data/nlu` still holds: `text`, `intent`, whether it is `understood`.

    One odd way of saying something, among thousands of others, is often not enough to be trusted.
    """
    lines = {line.strip().removeprefix("- ") for one in changes for hunk in one.hunks for line in hunk.after}
    added = [one for one in read_examples(root / "data" / "nlu") if one.text in lines]
    taken = engine.guesses([plain(one.text) for one in added], candidate) if added else []
    return [_told(one, guess) for one, guess in zip(added, taken, strict=True)]


def _told(example: Example, guess: str) -> dict[str, object]:
    return {"text": plain(example.text), "intent": example.intent, "understood": guess == example.intent}
