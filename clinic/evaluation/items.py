"""What is asked in an evaluation: the lines of the sets, as values."""

from __future__ import annotations

from dataclasses import dataclass, fields

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
class Turn:
    """One message of a conversation and the facts its reply must hold.

    Where `covered` is false nothing may be quoted; where `not_same` is true the reply may not be the one before it.
    """

    text: str
    facts: Facts
    covered: bool = True
    not_same: bool = False


@dataclass(frozen=True, slots=True)
class FollowUpItem:
    """A conversation whose later turns need what was said before."""

    id: str
    turns: tuple[Turn, ...]


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
class ConversationTurn:
    """One message of a whole conversation: kinds that must and must not come, patterns that must and must not be
    said, the destination or the slot; `cell` names the phase and the kind of turn it stands for.
    """

    text: str
    kinds: tuple[str, ...] = ()
    not_kinds: tuple[str, ...] = ()
    say: Facts = ()
    not_say: tuple[str, ...] = ()
    destination: tuple[str, ...] = ()
    slot: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """What stands at the end of a conversation; what is empty is not looked at."""

    outcome: str = ""
    service: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    notes: Facts = ()


@dataclass(frozen=True, slots=True)
class ConversationItem:
    """A whole conversation, and what the last appointment reply must hold at its end (empty: none is checked)."""

    id: str
    turns: tuple[ConversationTurn, ...]
    stored: Stored


@dataclass(frozen=True, slots=True)
class UtteranceItem:
    """A message and the intent it carries."""

    id: str
    text: str
    intent: str


@dataclass(frozen=True, slots=True)
class BookingItem:
    """A conversation and the appointment request that must stand at its end.

    `outcome` is `requested`, `cancelled` or `none`; `name`, `email` and `phone` are empty where not checked.
    """

    id: str
    turns: tuple[str, ...]
    outcome: str
    name: str
    email: str
    phone: str
    notes: Facts


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


Item = (
    AnswerItem
    | UncoveredItem
    | FollowUpItem
    | SeveralItem
    | ConversationItem
    | UtteranceItem
    | BookingItem
    | SmalltalkItem
    | RedFlagItem
    | CalmItem
)


@dataclass(frozen=True, slots=True)
class EvaluationSets:
    """All sets of a folder; a set without a file is empty."""

    answers: tuple[AnswerItem, ...] = ()
    uncovered: tuple[UncoveredItem, ...] = ()
    followups: tuple[FollowUpItem, ...] = ()
    followups_2: tuple[FollowUpItem, ...] = ()
    several: tuple[SeveralItem, ...] = ()
    conversations: tuple[ConversationItem, ...] = ()
    changes: tuple[ConversationItem, ...] = ()
    utterances: tuple[UtteranceItem, ...] = ()
    booking: tuple[BookingItem, ...] = ()
    smalltalk: tuple[SmalltalkItem, ...] = ()
    redflags: tuple[RedFlagItem, ...] = ()
    lookalikes: tuple[CalmItem, ...] = ()
    notflags: tuple[CalmItem, ...] = ()
    ordinary: tuple[CalmItem, ...] = ()


SET_NAMES = tuple(f.name for f in fields(EvaluationSets))
