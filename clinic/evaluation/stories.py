"""Replays test stories through the public API: executed actions and kinds of replies, turn by turn.

The file is in Rasa's own format; a story's `metadata.replies` lists the kinds of each turn's replies.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


@dataclass(frozen=True, slots=True)
class Step:
    """A message with the actions and kinds that are expected after it; `kinds` is None where none are given."""

    text: str
    actions: tuple[str, ...]
    kinds: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Story:
    """A named conversation."""

    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What happened after one message."""

    actions: tuple[str, ...]
    kinds: tuple[str, ...]


# Says each text in one new conversation and returns what happened after each.
Tell = Callable[[Sequence[tuple[str, str]]], Sequence[Told]]


def read_stories(path: Path) -> list[Story]:
    """The stories of a file."""
    written = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return [_story(one) for one in written["stories"]]


def _story(written: dict[str, Any]) -> Story:
    steps: list[tuple[str, list[str]]] = []
    for step in written["steps"]:
        if "user" in step:
            steps.append((str(step["user"]).strip(), []))
        elif "action" in step:
            steps[-1][1].append(step["action"])
    kinds = (written.get("metadata") or {}).get("replies") or [None] * len(steps)
    told = zip(steps, kinds, strict=True)
    return Story(
        written["story"],
        tuple(Step(text, tuple(actions), tuple(said.split()) if said else None) for (text, actions), said in told),
    )


def play(story: Story, tell: Tell) -> list[str]:
    """The differences between what was expected and what happened, one sentence each; none is a pass."""
    happened = tell([(str(uuid.uuid4()), step.text) for step in story.steps])
    faults = []
    for number, (step, told) in enumerate(zip(story.steps, happened, strict=True), 1):
        place = f"{story.name}, turn {number} ({step.text!r})"
        if step.actions != told.actions:
            faults.append(f"{place}: expected actions {list(step.actions)}, executed {list(told.actions)}")
        if step.kinds is not None and step.kinds != told.kinds:
            faults.append(f"{place}: expected replies {list(step.kinds)}, got {list(told.kinds)}")
    return faults
