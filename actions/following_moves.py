"""The moves that follow on the last answer, and those about the article itself."""

from __future__ import annotations

from dataclasses import replace

from actions.lookup import look_up
from actions.outcome import Outcome, back_to_form
from actions.performing import Perform
from actions.said import said_of
from actions.services import Services
from actions.tracker import Turn
from clinic.dialogue import continuing, repeating
from clinic.dialogue.answer_replies import topic_buttons_of
from clinic.dialogue.article_facts import article_reply
from clinic.dialogue.follow_turns import follow_up_of
from clinic.dialogue.remarks import FollowUp
from clinic.dialogue.reply import reply_from_json, say
from clinic.dialogue.routing import Move
from clinic.dialogue.state import State
from clinic.knowledge.answers import Question, Topic

BARE = 3  # words; "what then" asks for what comes next
SHORT = 5  # "who would that be with" asks of the words just quoted


def _continue(turn: Turn, state: State, given: Services) -> Outcome:
    how = follow_up_of(state, said_of(turn))
    last, articles = reply_from_json(state.last_answer or {}), given.library.articles()
    if how is FollowUp.SIMPLER:
        return Outcome((repeating.simpler(last, articles, given.responses),))
    words = len(turn.text.split())
    if how is FollowUp.WHO and words <= SHORT and (told := repeating.people_again(last, articles, given.responses)):
        return Outcome((told,))
    if how is FollowUp.WHY and (told := repeating.purpose_again(last, turn.text, articles, given.responses)):
        return Outcome((told,))
    bare = words <= BARE
    if how is not FollowUp.MORE and not (bare and how is FollowUp.THEN):
        found = look_up(turn, given, _asked_anew(turn, state, how) if bare else None)
        answers = [one for one in found.replies if one.kind == "answer"]
        if any(_stands(how, bare) or not repeating.is_same(one, last) for one in answers):
            return found
    reply = continuing.continued(last, how or FollowUp.MORE, turn.text, articles, given.responses)
    slots = {"last_answer": reply.to_json()} if reply.kind == "answer" else {}
    return Outcome((reply,), slots)


def _stands(how: FollowUp | None, bare: bool) -> bool:
    """Whether the last answer may hold this one too: where it is, or why and who in a question of some words."""
    return how is FollowUp.WHERE or (not bare and how in (FollowUp.WHY, FollowUp.WHO))


def _asked_anew(turn: Turn, state: State, how: FollowUp | None) -> Question | None:
    """The whole question that a bare follow-up stands for, to the same article; None where it stands for none."""
    if how not in continuing.ASKED or state.topic is None:
        return None
    text, intent = continuing.ASKED[how]
    if how is FollowUp.WHY and state.topic.question:
        text = f"why {state.topic.question}"
    return replace(
        turn.question, text=text, intent=intent, ranking=((intent, 1.0),), topic=Topic(state.topic.article), readings={}
    )


def _acknowledge(turn: Turn, state: State, given: Services) -> Outcome:
    buttons = topic_buttons_of(given.library.articles(), state.topic or turn.topic)
    return Outcome((say(given.responses.render("noted"), *buttons),))


def _not_understood(turn: Turn, state: State, given: Services) -> Outcome:
    buttons = topic_buttons_of(given.library.articles(), state.topic or turn.topic)
    return Outcome((say(given.responses.render("not_understood"), *buttons),))


def _no_judgement(turn: Turn, state: State, given: Services) -> Outcome:
    buttons = topic_buttons_of(given.library.articles(), state.topic)
    return Outcome((say(given.responses.render("other_clinician"), *buttons),), {}, back_to_form(turn))


def _about_article(turn: Turn, state: State, given: Services) -> Outcome:
    return Outcome(
        (article_reply(state.topic or turn.topic, given.library.articles(), given.responses),), {}, back_to_form(turn)
    )


MOVES_OF_FOLLOWING: dict[Move, Perform] = {
    Move.CONTINUE: _continue,
    Move.ACKNOWLEDGE: _acknowledge,
    Move.NOT_UNDERSTOOD: _not_understood,
    Move.NO_JUDGEMENT: _no_judgement,
    Move.TELL_ARTICLE: _about_article,
}
