"""What is kept beside a turn's replies: how they came about. It goes into the log and never to the visitor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from clinic.knowledge.answers import Answer


@dataclass(frozen=True, slots=True)
class Kept:
    """The action, the move that routing chose (or nothing), its milliseconds, and what the articles were asked."""

    action: str
    rule: str
    milliseconds: int
    answers: tuple[Answer, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """As Rasa keeps it beside the first reply."""
        return {
            "action": self.action,
            "rule": self.rule,
            "milliseconds": self.milliseconds,
            "questions": _questions(self.answers),
        }


def _questions(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    return [
        {
            "question": one.question,
            "verdict": one.verdict.value,
            "reason": one.reason,
            "confidence": round(one.confidence, 3),
            "nearest": one.nearest.slug if one.nearest else "",
            "quoted": one.quote.section.heading if one.quote else "",
            "passages": [[passage.article, passage.section, passage.score] for passage in one.considered],
        }
        for one in answers
    ]
