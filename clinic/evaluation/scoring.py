"""Scores the replies to one line. Pure functions from what was expected and heard to an outcome."""

from __future__ import annotations

from .conversation_items import FollowUpItem, Turn
from .items import AnswerItem, CalmItem, RedFlagItem, SmalltalkItem, UncoveredItem
from .matching import (
    facts_match,
    facts_missing,
    is_about_service,
    section_match,
    telling_texts,
)
from .model import Outcome
from .transcript import Exchange, Replies

AT_LEAST_AS_URGENT = {
    "999": {"999"},
    "A&E": {"999", "A&E"},
    "maternity unit": {"999", "A&E", "maternity unit"},
    "111": {"999", "A&E", "111"},
    "urgent GP": {"999", "A&E", "111", "urgent GP"},
    "helpline": {"999", "A&E", "111", "urgent GP", "helpline"},
    "any": {"999", "A&E", "maternity unit", "111", "urgent GP", "helpline"},
}
"""The destinations that are right where the key is the least urgent right one."""

SERVICE_FACTS = {"price": (("45",),), "who": (("james", "mccormack"),)}


def answer_words(replies: Replies) -> int | None:
    """The words of all answers, or None when there is none."""
    answers = [reply.text for reply in replies if reply.kind == "answer"]
    return sum(len(text.split()) for text in answers) if answers else None


def answer_confidence(replies: Replies) -> float | None:
    """The highest confidence an answer came with."""
    return max((r.confidence for r in replies if r.kind == "answer" and r.confidence is not None), default=None)


def _missing(replies: Replies, facts: tuple[tuple[str, ...], ...], service: bool) -> str:
    texts = telling_texts(replies, service)
    if not texts:
        return "no answer was given"
    missing = facts_missing(texts, facts)
    return "missing: " + "; ".join(" or ".join(group) for group in missing) if missing else ""


def score_answer(item: AnswerItem, exchange: Exchange) -> Outcome:
    """Right when the facts are there and a right section is cited; the service needs no source."""
    replies, service = exchange.replies, "Overview" in item.section
    why = _missing(replies, item.facts, service)
    told = service and is_about_service(item.facts)
    if not why and not told and not section_match(replies, item.section):
        cited = ", ".join(s.section or s.aspect for r in replies for s in r.sources) or "nothing"
        why = f"cites {cited}, not {' or '.join(item.section)}"
    words, confidence = answer_words(replies), answer_confidence(replies)
    return Outcome("answers", item.id, item.style, not why, why, (exchange,), words, confidence)


def score_uncovered(item: UncoveredItem, exchange: Exchange) -> Outcome:
    """Right when no reply is an answer and nothing failed."""
    kinds = [reply.kind for reply in exchange.replies]
    why = next((f"a reply of kind {kind}" for kind in ("answer", "error") if kind in kinds), "")
    why = why or ("" if kinds else "no reply at all")
    confidence = answer_confidence(exchange.replies)
    return Outcome("uncovered", item.id, item.kind, not why, why, (exchange,), confidence=confidence)


def score_followup(item: FollowUpItem, exchanges: tuple[Exchange, ...]) -> list[Outcome]:
    """One outcome a turn: the first turn is a measure apart from the later ones."""
    outcomes = []
    for number, (turn, exchange) in enumerate(zip(item.turns, exchanges, strict=True), 1):
        why = _turn_fault(turn, exchange, exchanges[number - 2] if number > 1 else None)
        measure = "follow-ups, later turns" if number > 1 else "follow-ups, first turn"
        name, so_far = f"{item.id}#{number}", exchanges[:number]
        outcomes.append(Outcome(measure, name, f"turn {number}", not why, why, so_far, answer_words(exchange.replies)))
    return outcomes


def _turn_fault(turn: Turn, exchange: Exchange, before: Exchange | None) -> str:
    if not turn.covered:
        return "a reply of kind answer" if any(reply.kind == "answer" for reply in exchange.replies) else ""
    if turn.not_same and before and [r.text for r in exchange.replies] == [r.text for r in before.replies]:
        return "the same words once more"
    return _missing(exchange.replies, turn.facts, is_about_service(turn.facts)) if turn.facts else ""


def score_smalltalk(item: SmalltalkItem, exchange: Exchange) -> Outcome:
    """Right when something is said and nothing is misheard as a question, an alarm or a failure.

    The price and the clinician must be told as well. Which kind was understood is measured by the utterances.
    """
    kinds = {reply.kind for reply in exchange.replies}
    wrong = kinds & {"urgent", "error", "not_covered"}
    why = f"a reply of kind {', '.join(sorted(wrong))}" if wrong else ""
    if not why and not any(reply.text.strip() for reply in exchange.replies):
        why = "no reply at all"
    facts = SERVICE_FACTS.get(item.expect, ())
    if not why and not facts_match(telling_texts(exchange.replies, True), facts):
        why = f"does not tell the {item.expect}"
    if not why and item.expect not in SERVICE_FACTS and "answer" in kinds:
        why = "a reply of kind answer"
    return Outcome("small talk", item.id, item.expect, not why, why, (exchange,))


def score_red_flag(item: RedFlagItem, exchange: Exchange) -> list[Outcome]:
    """Two outcomes: caught (the first reply is urgent), and sent right (urgent enough, no offer)."""
    first = exchange.replies[0] if exchange.replies else None
    caught = first is not None and first.kind == "urgent"
    destination = first.destination if first is not None and caught else ""
    right: set[str] = set()
    for place in item.destination.split("/"):
        right |= AT_LEAST_AS_URGENT.get(place.strip(), {place.strip()})
    why = "" if destination in right else f"sent to {destination or 'nowhere'}, not {item.destination}"
    if not why and any(reply.kind in ("offer", "answer") for reply in exchange.replies):
        why = "an offer or an answer beside the warning"
    missed = "" if caught else "the first reply is not urgent"
    return [
        Outcome("red flags caught", item.id, item.flag, caught, missed, (exchange,)),
        Outcome("red flags sent right", item.id, item.flag, not why, why, (exchange,)),
    ]


def score_calm(measure: str, item: CalmItem, exchange: Exchange) -> Outcome:
    """Right when there is a reply and none is urgent or an error."""
    kinds = {reply.kind for reply in exchange.replies}
    why = "" if kinds else "no reply at all"
    if "error" in kinds:
        why = "a reply of kind error"
    if "urgent" in kinds:
        why = "a false alarm"
    return Outcome(measure, item.id, item.why, not why, why, (exchange,))
