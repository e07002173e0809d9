"""The one Reply of the visitor contract, read by action, widget and console alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import uuid4

Kind = Literal["answer", "not_covered", "urgent", "offer", "ask", "appointment", "say", "error"]
KINDS: tuple[Kind, ...] = ("answer", "not_covered", "urgent", "offer", "ask", "appointment", "say", "error")


@dataclass(frozen=True, slots=True)
class Source:
    """Where quoted words come from; `updated` is an ISO date, empty strings stand for what is not known."""

    article: str
    title: str
    section: str
    aspect: str
    url: str = ""
    updated: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """Sends `say` as the visitor's own words, or opens `href`; exactly one of the two."""

    label: str
    say: str = ""
    href: str = ""

    def __post_init__(self) -> None:
        """Hold the contract: one of the two, never both."""
        if bool(self.say) == bool(self.href):
            raise ValueError(f"button {self.label!r} needs either `say` or `href`")


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone to call or a page to open: `tel:`, `sms:` or `https:`."""

    label: str
    href: str


def _new_id() -> str:
    return str(uuid4())


@dataclass(frozen=True, slots=True)
class Reply:
    """One thing the assistant says. `text` is plain and complete without the other fields.

    `extra` holds the further fields of the reply's kind as the contract names them (JSON values).
    """

    kind: Kind
    text: str
    sources: tuple[Source, ...] = ()
    buttons: tuple[Button, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    id: str = field(default_factory=_new_id)

    def to_json(self) -> dict[str, Any]:
        """The reply as it travels: the contract's names, nothing empty but the text."""
        buttons = [
            {"label": one.label, "say": one.say} if one.say else {"label": one.label, "href": one.href}
            for one in self.buttons
        ]
        return {
            "id": self.id,
            "kind": self.kind,
            "text": self.text,
            "sources": [_source_json(one) for one in self.sources],
            "buttons": buttons,
            **self.extra,
        }


def _source_json(source: Source) -> dict[str, str]:
    names = ("article", "title", "section", "aspect", "url", "updated", "author")
    return {name: getattr(source, name) for name in names}


def say(text: str, *buttons: Button) -> Reply:
    """A plain remark."""
    return Reply("say", text, buttons=buttons)


def reply_from_json(written: Mapping[str, Any], *, new_id: bool = False) -> Reply:
    """A reply read back from its JSON; under an id of its own when it is to be said again."""
    plain = ("id", "kind", "text", "sources", "buttons")
    return Reply(
        kind=written["kind"],
        text=written["text"],
        sources=tuple(Source(**one) for one in written.get("sources") or ()),
        buttons=tuple(Button(**one) for one in written.get("buttons") or ()),
        extra={name: value for name, value in written.items() if name not in plain},
        id=_new_id() if new_id else str(written["id"]),
    )
