"""Rasa's tracker read into one value; no wire dictionary goes further than here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from clinic.appointments.form.speech_acts import asks_to_be_booked
from clinic.dialogue.state import State
from clinic.dialogue.state_slots import read_state
from clinic.dialogue.turns import BEYOND, LIKELY
from clinic.dialogue.wishes import refuses_call
from clinic.engine.sender import TRIAL
from clinic.knowledge.answers import Entity, Question, Topic
from language.contacts.model import Contact
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
        wish = self.intent == "book_appointment" and self.ranking[0][1] >= LIKELY and not self.about_booking
        return wish or asks_to_be_booked(self.text)

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
