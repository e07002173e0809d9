"""Questions to the articles: one, or each of several in a message, with the disclaimer and the offer."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import Any

from actions.outcome import Outcome, back_to_form
from actions.services import Services
from actions.tracker import Part, Turn
from clinic.dialogue import repeating
from clinic.dialogue.answer_replies import BETWEEN, reply_to
from clinic.dialogue.article_facts import article_reply
from clinic.dialogue.clinic_facts import LASTING, LENGTH
from clinic.dialogue.offer import offer_reply, should_offer, without_offer
from clinic.dialogue.remarks import may_carry_offer
from clinic.dialogue.reply import Reply, reply_from_json, say
from clinic.dialogue.small_talk import ABOUT_BOOKING, OF_CLINIC, clinic_fact
from clinic.dialogue.uncovered import is_tag, later_reply, new_of, part_reply, unanswered, uncovered_reply
from clinic.knowledge.answers import Question, Topic

LONG = 40  # words; a story is read with its questions first
LIKELIEST = 3  # guesses of a part that are looked at
MOST = 3  # questions of a message that are answered
_HOW_LONG = re.compile(
    r"\bhow long(?:'?s| is| does| will| would) (?:it|that|this|one)(?: (?:be|last|take|go on))?(?: for)?\W*$",
    re.IGNORECASE,
)


def look_up(turn: Turn, given: Services, question: Question | None = None) -> Outcome:
    """The articles' answer to the whole message, or to the `question` it stands for; else an honest "not covered"
    that is never twice the same.
    """
    found, topic = reply_to(given.library, question or turn.question)
    return surround(turn, given, found, topic)


def surround(turn: Turn, given: Services, found: list[Reply], topic: Topic | None) -> Outcome:
    """Replies with what belongs around them: no words twice in a row, the disclaimer once, the offer where it fits."""
    state = turn.state()
    articles = given.library.articles()
    last = reply_from_json(state.last_answer) if state.last_answer else None
    said: list[Reply] = []
    for one in found:
        if last and repeating.is_same(one, last):
            new = new_of(turn.entities, turn.text)
            one = repeating.again(one, given.responses) if repeating.speaks_of(one, new) else unanswered(one)
        if one.kind == "not_covered":
            one = uncovered_reply(one, articles, state.uncovered, given.responses)
        elif BETWEEN in one.extra:
            one = replace(one, text=given.responses.render("which_article", articles=one.text))
        said.append(one)
    answered = any(one.kind == "answer" or BETWEEN in one.extra for one in said)
    count = 0 if answered else state.uncovered + 1
    slots: dict[str, Any] = {"topic": asdict(topic) if topic else None, "awaiting": None, "did_you_mean": 0}
    slots["memory"] = {**state.memory, "uncovered": count, "of_clinic": 0, "complained": 0}
    if not answered and count >= 2:
        slots["awaiting"] = "person"
    if answers := [reply for reply in said if reply.kind == "answer"]:
        slots["last_answer"] = answers[-1].to_json()
        if not state.disclaimer_given:
            said.append(say(given.responses.render("disclaimer")))
            slots["disclaimer_given"] = True
    return _with_offer(turn, given, Outcome(tuple(said), slots, back_to_form(turn)))


def _with_offer(turn: Turn, given: Services, outcome: Outcome) -> Outcome:
    state = turn.state()
    topic = (outcome.slots.get("topic") or {}).get("article", "")
    declined = (
        state.offer_declined
        or state.card is not None
        or turn.form_active
        or not may_carry_offer(turn.text, turn.intent)
    )
    kinds = [{"kind": one.kind} for one in outcome.replies]
    offers = should_offer(kinds, topic, state.offered_topics, declined=declined)
    if not offers or given.requests.is_pending(turn.conversation_id):
        return outcome
    offer = offer_reply(given.settings, given.responses)
    slots = {**outcome.slots, "offered_topics": [*state.offered_topics, topic], "awaiting": "offer"}
    return Outcome((*outcome.replies, offer), slots, outcome.events)


def answer_each(turn: Turn, given: Services) -> Outcome:
    """The first three questions of a message, each from where it is known, in the visitor's order."""
    if len(turn.text.split()) > LONG and not any(_known(part, given, turn.topic) for part in turn.parts):
        whole = look_up(turn, given)
        if any(one.kind == "answer" for one in whole.replies):
            return whole
    replies: list[Reply] = []
    topic, asked, missing = turn.topic, set(), []
    of_clinic = turn.form_active or bool(turn.state().of_clinic)
    for part in turn.parts[:MOST]:
        known = _known(part, given, topic, of_clinic=of_clinic)
        of_clinic = known is not None
        if known is None:
            found, later = reply_to(given.library, turn.question_of(part, topic))
            topic = later or topic
            known = found[0]
        if known.kind == "not_covered":
            if not (replies and is_tag(part.text)):
                missing.append((part.text, known))
        elif _key(known) not in asked:
            asked.add(_key(known))
            replies.append(without_offer(known) if turn.form_active else known)
    if not replies or (len(missing) == len(turn.parts)):
        whole = look_up(turn, given)
        if any(one.kind == "answer" for one in whole.replies) or not replies:
            return whole
    replies += [part_reply(text, given.responses) for text, _ in missing]
    replies += [later_reply(part.text, given.responses) for part in turn.parts[MOST:]]
    all_told = surround(turn, given, replies, topic)
    memory = {**all_told.slots["memory"], "of_clinic": int(of_clinic)}  # "who with" after it asks of the appointment
    return replace(all_told, slots={**all_told.slots, "memory": memory})


def _key(reply: Reply) -> str:
    return BETWEEN if BETWEEN in reply.extra else repeating.body(reply)


def _known(part: Part, given: Services, topic: Topic | None, *, of_clinic: bool = False) -> Reply | None:
    """What a part asks of settings and services; None where it is for the articles. "How long is it" after a part that
    was `of_clinic` asks how long the appointment is.
    """
    likeliest = [name for name, _ in part.ranking[:LIKELIEST]]
    bare = bool(_HOW_LONG.search(part.text))
    if of_clinic and part.intent in LASTING and (bare or LENGTH in likeliest):
        return clinic_fact(LENGTH, given.responses, given.settings)
    if part.intent == "human_handoff":
        return say(given.responses.render("human_handoff"))
    if part.intent == "ask_about_article":
        return article_reply(topic, given.library.articles(), given.responses)
    asks_so = part.intent == "book_appointment" or (part.about_booking and part.intent not in OF_CLINIC)
    intent = ABOUT_BOOKING if asks_so else part.intent
    return clinic_fact(intent, given.responses, given.settings) if intent in OF_CLINIC else None
