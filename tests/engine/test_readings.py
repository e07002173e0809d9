"""A message is understood in one go: the whole, its questions, and what it leans on."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

from engine.readings import asked_beside, parse_whole, without_details


class Tracker:
    """A conversation whose last question is known."""

    def get_slot(self, name: str) -> Any:
        return {"article": "ankle", "question": "how is it treated"} if name == "topic" else None


class Agent:
    """An agent that understands every text as itself, and counts."""

    def __init__(self) -> None:
        self.parsed: list[str] = []
        self.tracker_store = self

    async def retrieve(self, _sender: str) -> Tracker:
        return Tracker()

    async def parse_message(self, text: str) -> dict[str, Any]:
        self.parsed.append(text)
        return {"text": text, "intent_ranking": [{"name": f"about {text}", "confidence": 0.9}]}


async def _read(agent: Agent, sender: str, text: str) -> dict[str, Any]:
    return await parse_whole(agent, sender, text, lambda one, part: one.parse_message(part))


def test_each_question_of_a_message_has_its_own_ranking() -> None:
    parse = asyncio.run(_read(Agent(), "c", "what are the symptoms and how much is an appointment"))
    assert [part["intent_ranking"][0]["name"] for part in parse["parts"]] == [
        "about what are the symptoms",
        "about how much is an appointment",
    ]


def test_a_message_that_leans_back_is_read_after_the_question_before_it_too() -> None:
    parse = asyncio.run(_read(Agent(), "c", "and after that"))
    assert parse["readings"]["context"]["intent_ranking"][0]["name"] == "about how is it treated and after that"


def test_a_few_words_are_read_behind_the_message_that_was_answered_with_something_of_the_clinic() -> None:
    class Told(Tracker):
        latest_message = SimpleNamespace(text="what time do you open saturdays")

        def get_slot(self, name: str) -> Any:
            return {"of_clinic": 1} if name == "memory" else None

    class Following(Agent):
        async def retrieve(self, _sender: str) -> Tracker:
            return Told()

    parse = asyncio.run(_read(Following(), "c", "and sundays"))
    first = parse["readings"]["behind"]["intent_ranking"][0]["name"]
    assert first == "about what time do you open saturdays and sundays"
    assert "behind" not in asyncio.run(_read(Agent(), "c", "and sundays"))["readings"]


def test_a_plain_question_is_understood_once() -> None:
    agent = Agent()
    parse = asyncio.run(_read(agent, "c", "what are the symptoms of posterior ankle impingement"))
    assert (len(agent.parsed), parse["parts"], parse["readings"]) == (1, [], {})


KNOWN = {"signs": "ask_symptoms", "tests": "ask_diagnosis", "price": "ask_price", "symptoms": "ask_symptoms"}
KNOWN["this article of yours, signs"] = "ask_symptoms"


SLIPS = [["wots", "what's"], ["n", "and"]]


class Listener(Agent):
    """An agent that knows a few words as questions."""

    async def parse_message(self, text: str) -> dict[str, Any]:
        found = {"name": KNOWN.get(text, "describe_symptom"), "confidence": 0.7}
        return {"text": text, "intent_ranking": [found], "spelling": [one for one in SLIPS if one[0] in text.split()]}


def test_a_list_of_which_each_piece_asks_is_taken_apart() -> None:
    parse = asyncio.run(_read(Listener(), "c", "signs, tests and price please"))
    assert [part["text"] for part in parse["parts"]] == ["signs", "tests", "price"]


def test_what_leads_up_to_a_piece_that_asks_belongs_to_it() -> None:
    parse = asyncio.run(_read(Listener(), "c", "this article of yours, signs + price"))
    assert [part["text"] for part in parse["parts"]] == ["this article of yours, signs", "price"]


def test_what_somebody_has_leads_up_to_their_question_and_is_none_itself() -> None:
    KNOWN.update({"ive got plantar fasciitis": "ask_other_condition", "what helps": "ask_treatment"})
    assert asyncio.run(_read(Listener(), "c", "ive got plantar fasciitis, what helps"))["parts"] == []


def test_a_list_of_complaints_or_of_one_question_stays_whole() -> None:
    for text in ("pain, signs and swelling", "signs; symptoms", "signs"):
        assert asyncio.run(_read(Listener(), "c", text))["parts"] == []


def test_a_word_read_as_another_is_put_in_the_place_of_that_word_alone() -> None:
    parse = asyncio.run(_read(Listener(), "c", "do insoles help n how much is it"))
    assert [part["text"] for part in parse["parts"]] == ["do insoles help", "how much is it"]


def test_questions_are_seen_through_a_slip() -> None:
    parse = asyncio.run(_read(Listener(), "c", "what is the cause of it and wots the cure"))
    assert [part["text"] for part in parse["parts"]] == ["what is the cause of it", "what's the cure"]


def test_what_is_said_beside_a_name_and_an_address_is_read_by_itself() -> None:
    text = "appt please - Uzma Chaudhry - uzma@example.org"
    found = [{"entity": "person", "start": 14, "end": 27}, {"entity": "email", "start": 30, "end": 46}]
    assert without_details(text, found) == "appt please"
    assert without_details("Uzma Chaudhry", [{"entity": "person", "start": 0, "end": 13}]) == ""
    assert without_details("my ankle hurts", [{"entity": "body_part", "start": 3, "end": 8}]) == ""


class Wisher(Agent):
    """An agent that hears the wish to be rung, and the wish for an appointment beside an address."""

    async def parse_message(self, text: str) -> dict[str, Any]:
        rings, books = "phone me" in text, "book me" in text
        talk = {"talk": {"name": "callback" if rings else "", "confidence": 0.9}}
        name = "book_appointment" if books else "ask_price"
        found = [{"entity": "email", "start": 0, "end": 1}] if "@" in text else []
        return {"text": text, "intent_ranking": [{"name": name, "confidence": 0.9}], "turns": talk, "entities": found}


def test_a_wish_beside_questions_is_one_of_the_parts() -> None:
    def parts(text: str) -> list[str]:
        return [part["text"] for part in asyncio.run(_read(Wisher(), "c", text))["parts"]]

    assert parts("Two things, then phone me. Does it heal? How long is a session?") == [
        "Does it heal?",
        "How long is a session?",
        "Two things, then phone me.",
    ]
    assert parts("Does it heal? And book me in - a@example.org") == ["Does it heal?", "And book me in - a@example.org"]
    assert parts("Does it heal? And book me in soon.") == []


def test_the_one_question_beside_cancelling_is_read_by_itself() -> None:
    parse = asyncio.run(_read(Agent(), "c", "please cancel, and what is the phone number"))
    assert parse["readings"]["beside"]["intent_ranking"][0]["name"] == "about what is the phone number"
    for text in ("please cancel it", "can I cancel?", "my ankle hurts, what is it?"):
        assert asked_beside(text) == ""
