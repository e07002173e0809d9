"""The visitor contract on the wire: what comes in and what goes out, as OpenAPI shows it."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from clinic.dialogue.reply import KINDS

Text = Annotated[str, StringConstraints(strict=True)]


class Strict(BaseModel):
    """Unknown fields are refused: a typo is told, not swallowed."""

    model_config = ConfigDict(extra="forbid", strict=True)


class PageIn(Strict):
    """The page the widget stands on; an article's slug sets the topic of "this" and "it"."""

    url: Annotated[Text, Field(max_length=2000)] = ""
    title: Annotated[Text, Field(max_length=300)] = ""
    article: Annotated[Text, Field(max_length=200)] | None = None


class ConversationIn(Strict):
    """What may be said of the page when a conversation begins."""

    page: PageIn | None = None


class MessageIn(Strict):
    """A message under an id the client makes; 1 to 1,000 characters (code points after NFC)."""

    id: Annotated[UUID, Field(strict=False)]
    text: Text


class FeedbackIn(Strict):
    """Whether a reply helped."""

    helpful: bool
    comment: Annotated[Text, Field(max_length=1000)] | None = None


class SourceOut(BaseModel):
    """Where quoted words come from."""

    article: str
    title: str
    section: str
    aspect: str
    url: str
    updated: str
    author: str


class ButtonOut(BaseModel):
    """Sends `say` as the visitor's own words, or opens `href`."""

    label: str
    say: str | None = None
    href: str | None = None


class ReplyOut(BaseModel):
    """One thing the assistant says; each kind has further fields (see docs/contract.md)."""

    model_config = ConfigDict(extra="allow")
    id: str
    kind: Literal["answer", "not_covered", "urgent", "offer", "ask", "appointment", "say", "error"]
    text: str
    sources: list[SourceOut] = []
    buttons: list[ButtonOut] = []


class StartedOut(BaseModel):
    """A new conversation: the token is shown once, and the replies open the conversation."""

    token: str
    replies: list[ReplyOut]


class RepliesOut(BaseModel):
    """The replies to one message."""

    replies: list[ReplyOut]


class SaidOut(BaseModel):
    """One line of the conversation: a visitor's text, or the assistant's reply."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)
    from_: Literal["visitor", "assistant"] = Field(alias="from")
    at: str
    text: str


class HistoryOut(BaseModel):
    """Everything said and answered so far."""

    messages: list[SaidOut]


class ErasedOut(BaseModel):
    """An opaque reference of an erasure."""

    reference: str


class ProblemOut(BaseModel):
    """A problem document (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How OpenAPI shows these errors."""
    content = {"application/problem+json": {"schema": ProblemOut.model_json_schema()}}
    return {status: {"description": "Problem", "content": content} for status in statuses}


assert set(KINDS) == set(ReplyOut.model_fields["kind"].annotation.__args__)  # type: ignore[union-attr]
