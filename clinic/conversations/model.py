"""Values of a conversation; standard library only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from clinic.engine.prediction import ReplyJson

State = Literal["pending", "answered", "failed"]


@dataclass(frozen=True, slots=True)
class Page:
    """The page the widget stands on; `article` is a slug, any part may be empty."""

    url: str = ""
    title: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation; `id` is the engine's sender id and never leaves the server."""

    id: str
    started: datetime
    expires: datetime
    page: Page = Page()


@dataclass(frozen=True, slots=True)
class Message:
    """What a visitor said (`client_id` is the widget's own id of it) and what was answered.

    `is_abandoned` says that whoever was to answer has not done so in time.
    """

    conversation_id: str
    client_id: str
    text: str
    at: datetime
    state: State
    replies: tuple[ReplyJson, ...] = ()
    answered: datetime | None = None
    number: int = 0
    is_abandoned: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """Who is to answer a message: the caller when `mine`, otherwise whoever took it first.

    `again` says that an earlier attempt may have been heard by the engine.
    """

    message: Message
    mine: bool
    again: bool = False


class OtherText(Exception):
    """The same message id came with another text."""


class NoConversation(Exception):
    """No conversation has that id or token, or it has ended."""


class NoReply(Exception):
    """No reply of the conversation has that id."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a visitor thought of one reply."""

    reply_id: str
    helpful: bool
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in the staff's list."""

    id: str
    started: datetime
    last: datetime
    messages: int
    first_words: str
    kinds: tuple[str, ...] = field(default=())
    helpful: int = 0
    unhelpful: int = 0


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something staff must follow up."""

    number: int
    conversation_id: str
    reason: str
    at: datetime
