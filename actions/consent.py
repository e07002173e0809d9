"""Yes, no, and the erasure that needs a yes."""

from __future__ import annotations

import re
from typing import Any

from actions.base import Outcome, ReplyingAction, back_to_form, leave_form
from actions.details import begins_request
from actions.lookup import look_up
from actions.outcome import begin_request
from actions.request_moves import ask_withdrawal, withdraw
from actions.request_slots import set_aside_slots
from actions.second_thought import answered_instead
from actions.services import Services
from actions.tracker import Turn
from clinic.dialogue.doubts import is_unsure_yes, takes_offer_up
from clinic.dialogue.offer import offer_reply
from clinic.dialogue.reply import Button, Reply, say
from clinic.privacy.erasure import new_reference


class ActionDeleteMyData(ReplyingAction):
    """Asks before it erases."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_delete_my_data"

    def respond(self, turn: Turn, given: Services) -> Outcome:
        """The question; what happens to a waiting request is asked with it."""
        if given.requests.is_pending(turn.conversation_id):
            buttons: tuple[Button, ...] = (
                Button("Erase and cancel the request", say="Yes, erase and cancel it"),
                Button("Erase, keep the request", say="Yes, erase but keep the request"),
                Button("No, keep my chat", say="No"),
            )
            text = given.responses.render("delete_my_data_confirm_request")
        else:
            buttons = (Button("Yes, erase my chat", say="Yes"), Button("No, keep it", say="No"))
            text = given.responses.render("delete_my_data_confirm")
        slots: dict[str, Any] = {"awaiting": "erasure"}
        if not turn.form_active:
            return Outcome((say(text, *buttons),), slots)
        return Outcome((say(text, *buttons),), {**set_aside_slots(turn.slots), **slots}, leave_form())


class ActionAffirm(ReplyingAction):
    """A yes to whatever was asked last."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_affirm"

    def respond(self, turn: Turn, given: Services) -> Outcome:
        """Erase, begin the request, or ask what the yes was for."""
        if known := answered_instead(turn, given):
            return known
        awaiting = turn.slots.get("awaiting")
        if awaiting and turn.ranking and is_unsure_yes(turn.ranking[0][1], turn.text):
            return _asked_again(turn, given) or look_up(turn, given)
        if awaiting == "erasure" and means_request(turn.text):
            return _sent_instead(turn, given)
        if awaiting == "erasure":
            return erase(turn, given)
        if awaiting == "withdrawal":
            return withdraw(turn, given)
        if awaiting == "offer":
            return begin_request() if _takes_up(turn) else _offered_again(given)
        if begins_request(turn):
            return begin_request()
        return Outcome((say(given.responses.render("affirm_without_question")),), {}, back_to_form(turn))


class ActionDeny(ReplyingAction):
    """A no to whatever was asked last."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_deny"

    def respond(self, turn: Turn, given: Services) -> Outcome:
        """After an offer it is not made again."""
        if known := answered_instead(turn, given):
            return known
        declined = turn.slots.get("awaiting") == "offer"
        text = given.responses.render("offer_declined" if declined else "deny")
        slots = {"awaiting": None, **({"offer_declined": True} if declined else {})}
        return Outcome((say(text),), slots, back_to_form(turn))


def _takes_up(turn: Turn) -> bool:
    guessed = turn.ranking[0][1] if turn.ranking else 1.0
    return takes_offer_up(guessed, turn.text, turn.turns.get("offer", ("", 0.0))[0])


def _offered_again(given: Services) -> Outcome:
    return Outcome((offer_reply(given.settings, given.responses),), {"awaiting": "offer"})


def _asked_again(turn: Turn, given: Services) -> Outcome | None:
    """The question whether to erase or to cancel once more: none of both is done on a guess, nor let go."""
    if turn.slots.get("awaiting") == "erasure":
        return ActionDeleteMyData().respond(turn, given)
    if turn.slots.get("awaiting") == "withdrawal":
        return ask_withdrawal(turn, given)
    return None


_SENDS = re.compile(r"\b(?:send|submit|book|request it)\b", re.IGNORECASE)
_ERASES = re.compile(r"\b(?:eras|delet|wip|remov|clear|forget)\w*", re.IGNORECASE)


def means_request(text: str) -> bool:
    """Whether a yes to erasing speaks of sending a request and of no erasing: "yes, now send"."""
    return bool(_SENDS.search(text)) and not _ERASES.search(text)


def _sent_instead(turn: Turn, given: Services) -> Outcome:
    """A yes that means the request ("yes, now send it") erases nothing."""
    if turn.slots.get("set_aside"):
        return Outcome((), {"awaiting": None}, begin_request().events)
    return Outcome((say(given.responses.render("deny")),), {"awaiting": None})


def erase(turn: Turn, given: Services) -> Outcome:
    """Give the reference; the web erases once the turn is over."""
    keep = "keep" in turn.text.lower().split()
    reference = new_reference()
    kept = keep and given.requests.is_pending(turn.conversation_id)
    text = given.responses.render("erased_request_kept" if kept else "erased", reference=reference)
    asked = {"erased": {"reference": reference, "keep": keep}}
    return Outcome((Reply("say", text, extra=asked),), {"awaiting": None})
