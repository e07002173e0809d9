"""The request inside Rasa: the events our actions answer with, over the wire the engine uses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor

import actions
import actions.base
from actions.services import Services
from clinic.appointments.model import Request
from clinic.appointments.service import AppointmentService
from clinic.conversations.followup_store import FollowUps
from clinic.db import Sessions
from clinic.dialogue.fallback_replies import CannedReplies
from clinic.dialogue.responses import Responses
from clinic.knowledge.answers import Answer, Question
from clinic.knowledge.model import Article
from clinic.settings import Settings

FORM = "appointment_form"
FULL = {"name": "Suki Lam", "email": "suki.lam@example.net", "notes": "sore after cricket"}


def use(monkeypatch: pytest.MonkeyPatch, made: Services) -> None:
    """Let the actions use these services, in every conversation."""
    monkeypatch.setattr(actions.base, "services", lambda: made)
    monkeypatch.setattr(actions.base, "services_for", lambda _: made)


class NoArticles:
    """A library without an article."""

    def articles(self) -> tuple[Article, ...]:
        """None."""
        return ()

    def answer(self, _question: Question) -> tuple[Answer, ...]:
        """None."""
        return ()


@pytest.fixture
def given(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, sessions: Sessions, desk: AppointmentService
) -> Services:
    responses = Responses.load(settings.data / "responses.yml", settings.facts, settings.clinic.nation)
    # The articles are asked for their names alone.
    fixed, follow_ups = CannedReplies.load(settings), FollowUps(sessions)
    made = Services(settings, responses, fixed, NoArticles(), sessions, follow_ups, desk)  # type: ignore[arg-type]
    use(monkeypatch, made)
    return made


def tracker(text: str, slots: dict[str, Any], *, intent: str = "inform", done: tuple[str, ...] = ()) -> dict[str, Any]:
    parsed = {"text": text, "intent": {"name": intent}, "intent_ranking": [{"name": intent, "confidence": 0.9}]}
    user = {"event": "user", "text": text, "message_id": "m1", "parse_data": parsed, "metadata": {"typed": text}}
    return {
        "sender_id": "conversation",
        "slots": slots,
        "latest_message": {**parsed, "message_id": "m1", "metadata": {"typed": text}, "entities": []},
        "events": [user, *({"event": "action", "name": name} for name in (*done, FORM))],
        "active_loop": {"name": FORM},
        "paused": False,
        "followup_action": None,
        "latest_action_name": FORM,
        "latest_input_channel": "pointe",
    }


async def run(name: str, tracked: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    """The slots an action sets, the replies it says, all its events."""
    executor = ActionExecutor()
    executor.register_package("actions")
    call = {"next_action": name, "sender_id": "conversation", "tracker": tracked, "domain": {}, "version": "3.6.21"}
    ran = await executor.run(call)  # type: ignore[arg-type]
    assert ran is not None
    result = {"events": ran.events, "responses": ran.responses}
    slots = {one["name"]: one["value"] for one in result["events"] if one["event"] == "slot"}
    return slots, [one["custom"] for one in result["responses"]], result["events"]


async def test_a_name_and_an_address_come_from_what_the_engine_found(given: Services) -> None:
    text = "put me under Gudrun Holm, gudrun @ example.org"
    tracked = tracker(text, {"requested_slot": "name"})
    tracked["latest_message"]["entities"] = [
        {"entity": "person", "start": 13, "end": 24, "value": "Gudrun Holm", "confidence_entity": 0.97},
        {"entity": "email", "start": 26, "end": 46, "value": "gudrun@example.org", "usable": True, "manner": "written"},
        {"entity": "body_part", "start": 0, "end": 3, "value": "heel"},
    ]
    slots, _, _ = await run("validate_appointment_form", tracked)
    assert (slots["name"], slots["email"], slots["requested_slot"]) == ("Gudrun Holm", "gudrun@example.org", "notes")


async def test_the_form_asks_for_what_is_missing(given: Services) -> None:
    slots, (ask,), _ = await run("validate_appointment_form", tracker("Suki Lam", {"requested_slot": "name"}))
    assert (slots["name"], slots["requested_slot"]) == ("Suki Lam", "email")
    assert (ask["kind"], ask["slot"]) == ("ask", "email")


async def test_a_red_flag_in_the_form_is_handed_on_before_anything_else(given: Services) -> None:
    asked = {**FULL, "requested_slot": "confirmed"}
    tracked = tracker("yes but I have chest pain", asked, intent="report_red_flag")
    slots, replies, events = await run("validate_appointment_form", tracked)
    assert replies == []
    assert {key: events[-1][key] for key in ("event", "name")} == {"event": "action_execution_rejected", "name": FORM}
    assert "requested_slot" not in slots


async def test_the_card_puts_the_request_aside_and_empties_its_slots(given: Services) -> None:
    tracked = tracker("x", {**FULL, "requested_slot": "notes"}, intent="report_red_flag")
    flag = next(iter(given.fixed._flags))
    tracked["latest_message"]["entities"] = [{"entity": "red_flag", "value": flag}]
    slots, replies, events = await run("action_urgent", tracked)
    assert replies[0]["kind"] == "urgent"
    assert (slots["name"], slots["email"], slots["notes"]) == (None, None, None)
    assert slots["set_aside"]["email"] == "suki.lam@example.net"
    assert {"event": "active_loop", "name": None, "timestamp": None} in events


async def test_a_request_put_aside_goes_on_where_it_was_and_still_needs_a_yes(given: Services) -> None:
    aside = {"set_aside": {**FULL, "phone": "", "times": "", "minor": "", "guardian": ""}}
    tracked = tracker("let's go on with the booking", aside, intent="book_appointment")
    slots, (ask,), _ = await run("validate_appointment_form", tracked)
    assert ask["slot"] == "confirm"
    assert "suki.lam@example.net" in ask["text"]
    assert (slots["confirmed"], slots["set_aside"]) == (None, None)


async def test_after_a_question_the_form_asks_again_without_hearing_it_twice(given: Services) -> None:
    asked = {"name": "Suki Lam", "requested_slot": "email"}
    tracked = tracker("what does an mri show", asked, intent="ask_imaging", done=(FORM, "action_answer"))
    slots, (ask,), _ = await run("validate_appointment_form", tracked)
    assert ask["text"].startswith("Back to your appointment request.")
    assert slots["requested_slot"] == "email"


async def test_stop_leaves_nothing_in_the_slots_and_marks_the_details_to_be_blanked(
    given: Services, desk: AppointmentService
) -> None:
    slots, (said,), events = await run(
        "validate_appointment_form", tracker("stop", {**FULL, "requested_slot": "confirmed"}, intent="stop")
    )
    assert said["kind"] == "say"
    assert {slots[one] for one in ("name", "email", "notes", "requested_slot", "set_aside")} == {None}
    assert {"event": "active_loop", "name": None, "timestamp": None} in events
    assert desk.left.due_scrubs(desk.clock().replace(year=2100)) == ["conversation"]


async def test_one_yes_confirms_and_consents_and_is_stored_once(given: Services, desk: AppointmentService) -> None:
    asked = {**FULL, "requested_slot": "confirmed"}
    slots, replies, _ = await run("validate_appointment_form", tracker("yes", asked, intent="affirm"))
    assert (slots["confirmed"], slots["requested_slot"], replies) == (True, None, [])
    for _ in range(2):
        emptied, (reply,), _ = await run("action_submit_appointment", tracker("yes", {**FULL, "confirmed": True}))
        assert reply["appointment"]["status"] == "requested"
        assert (emptied["name"], emptied["confirmed"]) == (None, None)
    (request,) = desk.requests.all()
    assert "will keep these details" in request.consent.text


async def test_a_form_that_ended_without_a_yes_stores_nothing(given: Services, desk: AppointmentService) -> None:
    _, replies, _ = await run("action_submit_appointment", tracker("stop", FULL))
    assert (replies, desk.requests.all()) == ([], [])


async def test_a_database_that_fails_keeps_what_was_confirmed_for_another_yes(
    given: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, replace(given, requests=None))  # type: ignore[arg-type]
    slots, (error,), _ = await run("action_submit_appointment", tracker("yes", {**FULL, "confirmed": True}))
    assert error["kind"] == "error"
    assert (slots["confirmed"], slots["set_aside"]["name"], slots["awaiting"]) == (None, "Suki Lam", "offer")


async def test_with_a_booking_page_the_form_never_begins(given: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    service = replace(given.settings.service, booking_page="https://book.example.org")
    outside = replace(given, settings=replace(given.settings, service=service))
    use(monkeypatch, outside)
    tracked = tracker("I'd like to book", {}, intent="book_appointment")
    slots, (link,), _ = await run("validate_appointment_form", tracked)
    assert link["buttons"] == [{"label": "Open the booking page", "href": "https://book.example.org"}]
    assert slots["requested_slot"] is None


async def test_withdrawing_asks_first_and_gives_the_reference(given: Services, desk: AppointmentService) -> None:
    await run("action_submit_appointment", tracker("yes", {**FULL, "confirmed": True}))
    quiet = {**tracker("cancel my appointment", {}, intent="cancel_appointment"), "active_loop": {}}
    slots, (asked,), _ = await run("action_withdraw", quiet)
    assert (slots["awaiting"], asked["kind"]) == ("withdrawal", "say")
    sure = {**tracker("yes", {"awaiting": "withdrawal"}, intent="affirm"), "active_loop": {}}
    _, (reply,), _ = await run("action_affirm", sure)
    assert reply["appointment"]["status"] == "cancelled"
    assert not desk.is_pending("conversation")


async def test_after_an_answer_outside_the_form_it_is_the_visitors_turn(given: Services) -> None:
    tracked = {**tracker("no thanks", {}, intent="deny"), "active_loop": {}, "latest_action_name": "action_listen"}
    tracked["events"] = tracked["events"][:1]
    _, said, events = await run("action_deny", tracked)
    assert said
    assert events[-1] == {"event": "followup", "timestamp": None, "name": "action_listen"}


async def test_in_the_form_the_rules_say_what_comes_next(given: Services) -> None:
    _, _, events = await run("action_deny", tracker("no thanks", {}, intent="deny"))
    assert not [one for one in events if one["event"] == "followup" and one["name"] == "action_listen"]


def talk(text: str, slots: dict[str, Any], kind: str, contact: str = "") -> dict[str, Any]:
    """A message outside the form, after a request was sent, learned as that kind of turn."""
    tracked = {**tracker(text, slots, intent="deny"), "active_loop": {}, "latest_action_name": "action_listen"}
    tracked["events"] = tracked["events"][:1]
    at = text.find(contact)
    email = {"entity": "email", "value": contact, "start": at, "end": at + len(contact), "usable": True}
    tracked["latest_message"]["entities"] = [{**email, "manner": "written"}] if contact else []
    tracked["latest_message"]["turns"] = {"sent": {"name": kind, "confidence": 0.95}}
    return tracked


async def test_leave_it_as_it_was_takes_back_the_change_just_made_and_no_older_one(
    given: Services, desk: AppointmentService, request_of_suki: Request
) -> None:
    mine = request_of_suki.draft.email
    change = talk("change my email to suki.work@example.org", {}, "correction", "suki.work@example.org")
    slots, (said,), _ = await run("action_deny", change)
    assert "suki.work@example.org" in said["text"]
    assert desk.pending("conversation")[0].draft.email == "suki.work@example.org"

    await run("action_deny", talk("yes change it", slots, "keep"))
    assert desk.pending("conversation")[0].draft.email == "suki.work@example.org", "a yes takes nothing back"
    slots, (said,), _ = await run("action_deny", talk("no, leave it as it was", slots, "keep"))
    assert mine in said["text"]
    assert desk.pending("conversation")[0].draft.email == mine

    slots, _, _ = await run("action_deny", change)
    slots, _, _ = await run("action_deny", talk("what is my reference", slots, "about_request"))
    await run("action_deny", talk("no, leave it as it was", slots, "keep"))
    assert desk.pending("conversation")[0].draft.email == "suki.work@example.org"
