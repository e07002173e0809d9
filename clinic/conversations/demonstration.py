"""A believable month of made-up conversations, for a scratch database: looked at, tested and measured with."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from clinic.conversations.demonstration_month import SAID, Month, Told

MODELS = ("5ac1e0de0000000000000000000000aa", "77b2f1cd0000000000000000000000bb")
ARTICLE_SLUG = "posterior-ankle-impingement"
ARTICLE = "Posterior Ankle Impingement in Dancers"
# What is asked, what it is taken for, what is answered with, how often.
ASKED: tuple[tuple[str, str, str, int], ...] = (
    ("why does my heel hurt when i go en pointe", "ask_causes", "answer", 9),
    ("what is posterior ankle impingement", "ask_definition", "answer", 7),
    ("how long until i can dance again", "ask_recovery", "answer", 7),
    ("is it cos of my old sprain", "ask_causes", "answer", 4),
    ("do i need a scan", "ask_diagnosis", "answer", 5),
    ("can i keep dancing with it", "ask_activity", "answer", 6),
    ("what exercises help", "ask_treatment", "answer", 6),
    ("does an injection help", "ask_treatment", "answer", 3),
    ("is there parking at the clinic", "ask_parking", "not_covered", 4),
    ("can you help with shin splints", "ask_causes", "not_covered", 5),
    ("do you do home visits", "ask_clinic_fact", "not_covered", 3),
    ("my daughter is 9 and her knee clicks", "ask_causes", "not_covered", 3),
    ("hello", "greet", "say", 6),
    ("thanks thats really helpful", "thanks", "say", 4),
    ("my foot has gone cold and white", "report_red_flag", "urgent", 1),
    ("i felt a pop in my calf and cant push off", "report_red_flag", "urgent", 1),
    ("id like to book an appointment", "book_appointment", "offer", 3),
    ("you can reach me on 07700 900123 or tom@example.org", "book_appointment", "say", 2),
    ("this is useless i want to talk to a person", "complaint", "say", 1),
)


def tell(month: Month) -> Iterator[Told]:
    """Made-up conversations, a thousand at a time."""
    chance = random.Random(month.seed)
    weights = [one[3] for one in ASKED]
    told = Told([], [], [], [], [])
    for number in range(month.conversations):
        began = month.until - timedelta(days=30) * (1 - (number + chance.random()) / month.conversations)
        long = 1 + int(chance.expovariate(1 / month.further))
        asked = chance.choices(ASKED, weights, k=min(int(12 * month.further), long))
        _converse(told, chance, began, asked)
        if month.recorded is None or number < month.recorded:
            told.events.extend(_events_of(told.messages[-len(asked) :], asked))
        if len(told.conversations) == 1000:
            yield told
            told = Told([], [], [], [], [])
    if told.conversations:
        yield told


def _converse(told: Told, chance: random.Random, began: datetime, asked: list[tuple[str, str, str, int]]) -> None:
    who = str(uuid.UUID(int=chance.getrandbits(128), version=4))
    told.conversations.append(
        {
            "id": who,
            "token_hash": f"{chance.getrandbits(256):064x}",
            "started": began,
            "expires": began + timedelta(days=30),
            "page": {"url": "", "title": "", "article": ""},
            "opening": [],
        }
    )
    for place, (words, intent, kind, _) in enumerate(asked):
        at = began + timedelta(seconds=40 * place)
        reply: dict[str, Any] = {
            "id": str(uuid.UUID(int=chance.getrandbits(128))),
            "kind": kind,
            "text": SAID[kind],
            "buttons": [],
        }
        reply["sources"] = [{"title": ARTICLE, "section": "Symptoms"}] if kind == "answer" else []
        message_id = f"m{place}"
        told.messages.append(
            {
                "conversation_id": who,
                "client_id": message_id,
                "text": words,
                "at": at,
                "state": "answered",
                "lease": at,
                "replies": [reply],
                "answered": at + timedelta(milliseconds=60 + int(chance.expovariate(0.02))),
            }
        )
        _aftermath(told, chance, who, reply, at)
        if intent == "complaint":
            told.follow_ups.append({"conversation_id": who, "reason": "complaint", "at": at})


def _events_of(messages: list[dict[str, Any]], asked: list[tuple[str, str, str, int]]) -> Iterator[dict[str, Any]]:
    for one, (words, intent, _, _) in zip(messages, asked, strict=True):
        turn = words, intent, one["replies"][0]
        yield from _events(one["conversation_id"], one["client_id"], turn, one["at"])


def _events(who: str, message_id: str, turn: tuple[str, str, dict[str, Any]], at: datetime) -> list[dict[str, Any]]:
    words, intent, reply = turn
    kind = reply["kind"]
    guesses = [{"name": intent, "confidence": 0.62 if kind == "not_covered" else 0.97}]
    flag = [{"entity": "red_flag", "value": "limb" if "foot" in words else "tendon"}] if kind == "urgent" else []
    parsed = {"intent": guesses[0], "intent_ranking": guesses, "entities": flag, "milliseconds": 12}
    if " cos " in words:
        parsed["spelling"] = [["cos", "because"]]
    stamp = at.timestamp()
    user = {"event": "user", "text": words, "message_id": message_id, "timestamp": stamp, "parse_data": parsed}
    user["metadata"] = {"model_id": MODELS[at.day > 15]}
    action = {"event": "action", "name": f"action_{kind}", "timestamp": stamp}
    said = {"event": "bot", "text": reply["text"], "timestamp": stamp, "data": {"custom": reply}}
    said["metadata"] = {"kept": _kept(words, kind)}
    return [{"sender_id": who, "data": one} for one in (user, action, said)]


def _kept(words: str, kind: str) -> dict[str, Any]:
    asked = {"question": words, "verdict": "found", "reason": "", "confidence": 0.91, "quoted": "Symptoms"}
    if kind == "not_covered":
        asked |= {"verdict": "nothing", "reason": "other_condition", "confidence": 0.12, "quoted": ""}
    passages = [[ARTICLE_SLUG, "Symptoms", 0.71], [ARTICLE_SLUG, "What is it?", 0.55]]
    questions = [{**asked, "nearest": ARTICLE_SLUG, "passages": passages}] if kind in ("answer", "not_covered") else []
    return {"action": f"action_{kind}", "rule": "", "milliseconds": 31, "questions": questions}


def _aftermath(told: Told, chance: random.Random, who: str, reply: dict[str, Any], at: datetime) -> None:
    if reply["kind"] in ("answer", "not_covered") and chance.random() < 0.12:
        helpful = reply["kind"] == "answer" and chance.random() < 0.8
        row = {"reply_id": reply["id"], "conversation_id": who, "helpful": helpful, "comment": "", "at": at}
        told.feedback.append(row)


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)
