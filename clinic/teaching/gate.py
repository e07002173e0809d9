"""The gate before publishing: no emergency that is known to raise a card may be lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from clinic.teaching.nlu_examples import plain, read_examples

RED_FLAG = "report_red_flag"
SURE = 0.6  # as the red-flag component has it: how sure a guess must be to lean towards a card
LOT = 250  # messages asked between two words of progress
Ranking = list[dict[str, Any]]
# Which of these texts raise a card, by the live model or by a candidate.
Alarms = Callable[[list[str], "Path | None"], list[bool]]


def read_emergencies(root: Path) -> list[str]:
    """Messages that must raise a card: what is taught as an emergency, and the sets that are there for measuring it."""
    taught = [plain(one.text) for one in read_examples(root / "data" / "nlu") if one.intent == RED_FLAG]
    measured = [
        str(told["text"])
        for path in sorted((root / "tests" / "evaluation" / "tuning").rglob("redflags*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and (told := json.loads(line)).get("text")
    ]
    return list(dict.fromkeys([*taught, *measured]))


def at_risk(texts: Sequence[str], before: Sequence[Ranking], after: Sequence[Ranking]) -> list[str]:
    """The texts whose guess leans towards a card no more: only those can be lost where the intents alone changed."""
    return [text for text, old, new in zip(texts, before, after, strict=True) if _leans(old) and not _leans(new)]


def read_harmless(root: Path) -> list[str]:
    """Messages that must raise none, from the sets that are there for measuring it."""
    folder = root / "tests" / "evaluation" / "tuning"
    return [
        str(told["text"])
        for path in sorted(folder.rglob("notflags*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and (told := json.loads(line)).get("text")
    ]


def newly_raised(texts: list[str], candidate: Path, alarms: Alarms) -> list[str]:
    """Those that raise a card by the candidate and none by the live model."""
    now, then = (alarms(texts, model) for model in (None, candidate)) if texts else ((), ())
    return [text for text, old, new in zip(texts, now, then, strict=True) if new and not old]


def lost(texts: list[str], candidate: Path, alarms: Alarms) -> list[str]:
    """Those that raise a card by the live model and none by the candidate."""
    if not texts:
        return []
    now, then = alarms(texts, None), alarms(texts, candidate)
    return [text for text, old, new in zip(texts, now, then, strict=True) if old and not new]


def told_along(alarms: Alarms, tell: Callable[[str], None]) -> Alarms:
    """The same, asked in lots; after each but the last it is told how far it has come."""

    def ask(texts: list[str], model: Path | None) -> list[bool]:
        raised = list[bool]()
        for start in range(0, len(texts), LOT):
            if start:
                tell(f"{start} of {len(texts)} asked of the {'candidate' if model else 'live model'}")
            raised += alarms(texts[start : start + LOT], model)
        return raised

    return ask


def _leans(ranking: Ranking) -> bool:
    return bool(ranking) and ranking[0]["name"] == RED_FLAG and float(ranking[0]["confidence"]) >= SURE
