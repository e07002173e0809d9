"""Rasa's tracker read into one value; no wire dictionary goes further than here."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from rasa_sdk import Tracker

from clinic.dialogue.state import State, read_state
from clinic.dialogue.turns import BEYOND, LIKELY
from clinic.dialogue.wishes import refuses_call
from clinic.engine.sender import TRIAL
from clinic.knowledge.answers import Entity, Question, Topic
from language.contacts.model import Contact, Manner
from language.encoder import Vectors
from language.person_names.model import PersonName

FALLBACK = "nlu_fallback"
FORM = "appointment_form"
LISTEN = "action_listen"
CONTACTS = ("email", "phone")
PERSON = "person"


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a message that holds several, as the engine understood it; `talk` is its kind of turn there."""

    text: str
    ranking: tuple[tuple[str, float], ...]
    talk: tuple[str, float] = ("", 0.0)

    @property
    def books(self) -> bool:
        """Whether it is the wish for an appointment, and no question about one."""
        return self.intent == "book_appointment" and self.ranking[0][1] >= LIKELY and not self.about_booking

    @property
    def rings(self) -> bool:
        """Whether it is the wish to be rung."""
        surely = self.talk[0] == "callback" and self.talk[1] >= BEYOND
        wish = surely or (self.intent == "request_callback" and self.ranking[0][1] >= LIKELY)
        return wish and not refuses_call(self.text)

    @property
    def about_booking(self) -> bool:
        """Whether it was learned as a question about having an appointment."""
        return self.talk[0] == "about_booking" and self.talk[1] >= LIKELY

    @property
    def intent(self) -> str:
        """The likeliest intent."""
        return self.ranking[0][0] if self.ranking else ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What the visitor just said, as the engine understood it, and what the conversation remembers."""

    conversation_id: str
    message_id: str
    text: str
    intent: str
    trusted: bool
    ranking: tuple[tuple[str, float], ...]
    entities: tuple[Entity, ...]
    contacts: tuple[Contact, ...]
    persons: tuple[PersonName, ...]
    red_flag: str
    page_article: str
    slots: Mapping[str, Any]
    said: tuple[dict[str, Any], ...]
    actions: tuple[str, ...]
    form_active: bool
    parts: tuple[Part, ...] = ()
    readings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    turns: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    vectors: Mapping[str, Vectors] = field(default_factory=dict, compare=False)

    def state(self, *, pending: bool = False, over: bool = False) -> State:
        """What the conversation remembers."""
        return read_state(self.slots, form_active=self.form_active, pending=pending, over=over)

    def share_of(self, phase: str, kind: str) -> float:
        """How surely it is a kind of turn in a phase; 0 where another is likelier there."""
        name, share = self.turns.get(phase, ("", 0.0))
        return share if name == kind else 0.0

    @property
    def topic(self) -> Topic | None:
        """What the conversation is about, or the article of the page the widget stands on."""
        kept = self.slots.get("topic")
        if kept:
            return Topic(**kept)
        return Topic(self.page_article) if self.page_article else None

    @property
    def asked_in(self) -> str:
        """The conversation that an unanswered question is kept under; "" for a trial chat, of which nothing is kept."""
        return "" if self.conversation_id.startswith(TRIAL) else self.conversation_id

    @property
    def question(self) -> Question:
        """The message as a question to the articles."""
        return Question(self.text, self.intent, self.ranking, self.entities, self.topic, self.asked_in, self.readings)

    def question_of(self, part: Part, topic: Topic | None) -> Question:
        """A part as a question to the articles, about `topic`; erased with the conversation like every other."""
        return Question(part.text, part.intent, part.ranking, topic=topic, asked_in=self.asked_in)


def read_turn(tracker: Tracker) -> Turn:
    """The turn at hand: what was said since the visitor's last message is in `said`, what was done in `actions`."""
    latest = tracker.latest_message or {}
    ranking = _ranking(latest)
    intent = str((latest.get("intent") or {}).get("name") or "")
    entities = latest.get("entities") or []
    metadata = latest.get("metadata") or _metadata(tracker.events)
    since = _since_message(tracker.events)
    typed = str(metadata.get("typed") or latest.get("text") or "")
    shift = len(typed) - len(typed.lstrip())  # The engine reads the text without what is blank before it.
    return Turn(
        conversation_id=str(tracker.sender_id),
        message_id=str(latest.get("message_id") or ""),
        text=typed,
        intent=ranking[0][0] if intent == FALLBACK and ranking else intent,
        trusted=intent != FALLBACK,
        ranking=ranking,
        entities=tuple(
            Entity(str(one.get("entity")), str(one.get("value")))
            for one in entities
            if one.get("entity") not in (*CONTACTS, PERSON)
        ),
        contacts=tuple(_contact(one, shift) for one in entities if one.get("entity") in CONTACTS),
        persons=tuple(_person(one, shift) for one in entities if one.get("entity") == PERSON),
        red_flag=next((str(one.get("value")) for one in entities if one.get("entity") == "red_flag"), ""),
        page_article=str((metadata.get("page") or {}).get("article") or ""),
        slots=MappingProxyType(dict(tracker.slots)),
        said=tuple(_custom(one) for one in since if one.get("event") == "bot"),
        actions=tuple(str(one.get("name")) for one in since if one.get("event") == "action"),
        form_active=(tracker.active_loop or {}).get("name") == FORM,
        parts=tuple(
            Part(str(one.get("text")), _ranking(one), _kind(one.get("talk"))) for one in latest.get("parts") or []
        ),
        readings={name: dict(_ranking(one)) for name, one in (latest.get("readings") or {}).items()},
        turns={phase: _kind(one) for phase, one in (latest.get("turns") or {}).items()},
        vectors={text: np.frombuffer(b64decode(row), dtype="<f4") for text, row in latest.get("vectors") or []},
    )


def _kind(turn: Mapping[str, Any] | None) -> tuple[str, float]:
    return (str((turn or {}).get("name") or ""), float((turn or {}).get("confidence") or 0.0))


def _contact(entity: Mapping[str, Any], shift: int) -> Contact:
    start, end = int(entity["start"]) + shift, int(entity["end"]) + shift
    manner: Manner = entity.get("manner", "written")
    return Contact(entity["entity"], str(entity["value"]), start, end, bool(entity.get("usable")), manner)


def _person(entity: Mapping[str, Any], shift: int) -> PersonName:
    start, end = int(entity["start"]) + shift, int(entity["end"]) + shift
    return PersonName(str(entity["value"]), start, end, float(entity["confidence_entity"]))


def _ranking(latest: Mapping[str, Any]) -> tuple[tuple[str, float], ...]:
    """The guesses without the fallback, whose confidence is only its threshold."""
    guesses = latest.get("intent_ranking") or []
    return tuple((str(one["name"]), float(one["confidence"])) for one in guesses if one.get("name") != FALLBACK)


def _metadata(events: list[dict[str, Any]]) -> dict[str, Any]:
    return next((one.get("metadata") or {} for one in reversed(events) if one.get("event") == "user"), {})


def _since_message(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for place in range(len(events) - 1, -1, -1):
        if events[place].get("event") == "user":
            return events[place + 1 :]
    return []


def _custom(event: Mapping[str, Any]) -> dict[str, Any]:
    custom = (event.get("data") or {}).get("custom")
    return dict(custom) if custom else {"kind": "say", "text": event.get("text") or ""}
