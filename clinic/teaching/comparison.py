"""A candidate beside the live model, on utterances that neither has learned from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Labelled:
    """An utterance and the intent it should be taken for."""

    text: str
    intent: str


@dataclass(frozen=True, slots=True)
class Changed:
    """An utterance that is taken for another intent than before."""

    text: str
    intent: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many there were, and which got better, worse, or are only wrong in another way."""

    total: int
    right_before: int
    right_after: int
    better: tuple[Changed, ...] = ()
    worse: tuple[Changed, ...] = ()
    other: tuple[Changed, ...] = ()

    @property
    def may_be_published(self) -> bool:
        """Whether not more got worse than better, beyond one in two hundred."""
        return self.right_after >= self.right_before - max(1, self.total // 200)

    def __str__(self) -> str:
        return (
            f"{self.right_after} of {self.total} right ({self.right_before} before): "
            f"{len(self.better)} better, {len(self.worse)} worse, {len(self.other)} wrong in another way"
        )


def compare(labelled: Sequence[Labelled], before: Sequence[str], after: Sequence[str]) -> Comparison:
    """Compare two models' first guesses, in the order of `labelled`."""
    changed = [
        Changed(one.text, one.intent, old, new)
        for one, old, new in zip(labelled, before, after, strict=True)
        if old != new
    ]
    return Comparison(
        total=len(labelled),
        right_before=sum(one.intent == old for one, old in zip(labelled, before, strict=True)),
        right_after=sum(one.intent == new for one, new in zip(labelled, after, strict=True)),
        better=tuple(one for one in changed if one.after == one.intent),
        worse=tuple(one for one in changed if one.before == one.intent),
        other=tuple(one for one in changed if one.intent not in (one.before, one.after)),
    )


def read_labelled(folder: Path) -> list[Labelled]:
    """Every line of every `utterances.jsonl` below a folder."""
    lines = [
        json.loads(line)
        for path in sorted(folder.rglob("utterances.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    return [Labelled(one["text"], one["intent"]) for one in lines]
