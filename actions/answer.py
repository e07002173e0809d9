"""Answers from the articles, and what is said when they are silent or the question was not understood."""

from __future__ import annotations

from actions.base import Outcome, ReplyingAction, back_to_form
from actions.card_moves import with_reminder
from actions.details import begins_request
from actions.lookup import look_up, surround
from actions.outcome import begin_request
from actions.services import Services
from actions.tracker import Turn
from clinic.appointments.form.speech_acts import is_question
from clinic.dialogue.answer_replies import BETWEEN, reply_to
from clinic.dialogue.clarification import clarify, not_understood


class ActionAnswer(ReplyingAction):
    """The articles' own sentences with the offer, or an honest "not covered"."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_answer"

    def respond(self, turn: Turn, given: Services) -> Outcome:
        """The replies of the library, the disclaimer with the first answer, a reminder after a red flag."""
        if not is_question(turn.text) and begins_request(turn):
            return begin_request()
        return with_reminder(turn, turn.state(), given, look_up(turn, given))


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
        state = turn.state()
        if any(reply.kind == "answer" or BETWEEN in reply.extra for reply in replies):
            return with_reminder(turn, state, given, surround(turn, given, replies, topic))
        if state.did_you_mean:
            reply = not_understood(given.responses, given.library.articles())
            return Outcome((reply,), {"did_you_mean": 0}, back_to_form(turn))
        reply = clarify(turn.ranking, replies[0], given.responses)
        if reply is replies[0]:
            return with_reminder(turn, state, given, surround(turn, given, replies, topic))
        return with_reminder(turn, state, given, Outcome((reply,), {"did_you_mean": 1}, back_to_form(turn)))
