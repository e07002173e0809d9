"""Answers from the articles, and what is said when they are silent or the question was not understood."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from actions.base import Outcome, ReplyingAction, back_to_form
from actions.details import begin_request, begins_request
from actions.services import Services
from actions.tracker import Turn
from clinic.appointments.form.speech_acts import is_question
from clinic.dialogue.answer_replies import reply_to
from clinic.dialogue.clarification import clarify, not_understood
from clinic.dialogue.red_flag_state import reminded, should_remind
from clinic.dialogue.reply import Reply, say


class ActionAnswer(ReplyingAction):
    """The articles' own sentences, or an honest "not covered"."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_answer"

    def respond(self, turn: Turn, given: Services) -> Outcome:
        """The replies of the library, the disclaimer with the first answer, a reminder after a red flag."""
        if not is_question(turn.text) and begins_request(turn):
            return begin_request()
        replies, topic = reply_to(given.library, turn.question)
        slots: dict[str, Any] = {"topic": asdict(topic) if topic else None, "awaiting": None, "did_you_mean": 0}
        return with_surroundings(turn, given, replies, slots)


class ActionFallback(ReplyingAction):
    """Not understood for certain: the articles are asked all the same, then the visitor is."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_fallback"

    def respond(self, turn: Turn, given: Services) -> Outcome:
        """An answer where the articles have one, otherwise "did you mean" once, then the honest way out."""
        if begins_request(turn):
            return begin_request()
        replies, topic = reply_to(given.library, turn.question)
        if any(reply.kind == "answer" for reply in replies):
            slots: dict[str, Any] = {"topic": asdict(topic) if topic else None, "awaiting": None, "did_you_mean": 0}
            return with_surroundings(turn, given, replies, slots)
        asked_before = int(turn.slots.get("did_you_mean") or 0)
        articles = given.library.articles()
        if asked_before:
            reply = not_understood(given.responses, articles)
        else:
            reply = clarify(turn.ranking, replies[0], given.responses)
        return Outcome((reply,), {"did_you_mean": 0 if asked_before else 1}, back_to_form(turn))


def with_surroundings(turn: Turn, given: Services, replies: list[Reply], slots: dict[str, Any]) -> Outcome:
    """The replies with the disclaimer (once) and the reminder of an open red flag (once)."""
    said = list(replies)
    answers = [reply for reply in replies if reply.kind == "answer"]
    if answers:
        slots["last_answer"] = answers[-1].to_json()
    if answers and not turn.slots.get("disclaimer_given"):
        said.append(say(given.responses.render("disclaimer")))
        slots["disclaimer_given"] = True
    flag = turn.slots.get("red_flag")
    if should_remind(flag):
        said.append(say(given.responses.render("after_urgent_reminder")))
        slots["red_flag"] = reminded(flag)
    return Outcome(tuple(said), slots, back_to_form(turn))
