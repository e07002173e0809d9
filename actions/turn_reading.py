"""The turn at hand, read out of the tracker."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from rasa_sdk import Tracker

from actions.tracker import CONTACTS, FALLBACK, FORM, PERSON, Part, Turn
from clinic.knowledge.answers import Entity
from language.contacts.model import Contact, Manner
from language.person_names.model import PersonName


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
