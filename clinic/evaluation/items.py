"""What is asked in an evaluation with a single message: lines of the sets, as values."""

from __future__ import annotations

from dataclasses import dataclass

Facts = tuple[tuple[str, ...], ...]
"""Groups of regular expressions: every group must match, any one pattern of a group will do."""


@dataclass(frozen=True, slots=True)
class AnswerItem:
    """A question the article answers; `section` lists the headings that may be cited."""

    id: str
    text: str
    facts: Facts
    section: tuple[str, ...]
    style: str


@dataclass(frozen=True, slots=True)
class UncoveredItem:
    """A question the article does not answer."""

    id: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """One of several questions in a message: its facts, and where they come from (`article`, `settings`, `service`,
    or `uncovered`).
    """

    facts: Facts
    source: str


@dataclass(frozen=True, slots=True)
class SeveralItem:
    """A message that asks several things."""

    id: str
    text: str
    parts: tuple[QuestionPart, ...]


@dataclass(frozen=True, slots=True)
class UtteranceItem:
    """A message and the intent it carries."""

    id: str
    text: str
    intent: str


@dataclass(frozen=True, slots=True)
class SmalltalkItem:
    """A line of small talk and its kind."""

    id: str
    text: str
    expect: str


@dataclass(frozen=True, slots=True)
class RedFlagItem:
    """A message that needs urgent help, and the least urgent place that is still right."""

    id: str
    text: str
    flag: str
    destination: str


@dataclass(frozen=True, slots=True)
class CalmItem:
    """A message that must raise no alarm; `why` says what makes it look urgent."""

    id: str
    text: str
    why: str
