"""The message as routing reads it, out of the turn at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from actions.tracker import Turn
from clinic.appointments.form.introductions import says_name
from clinic.appointments.form.speech_acts import asks_for_appointment, is_question
from clinic.dialogue.turns import LIKELY, Said
from clinic.knowledge.model import Article
from clinic.knowledge.search.title_match import is_name_of

LIKELIEST = 3
FEW = 4  # words of a name
_NAMED = ("condition", "treatment", "imaging")


def said_of(turn: Turn, articles: Iterable[Article] = ()) -> Said:
    """What was understood of the message; of a few words also whether they are the name of one of `articles`."""
    few = len(turn.text.split()) <= FEW
    bare = turn.readings.get("bare", {})
    return Said(
        turn.text,
        turn.intent,
        turn.trusted,
        turn.ranking[0][1] if turn.ranking else 0.0,
        turn.red_flag,
        parts=len(turn.parts),
        named=any(one.kind in _NAMED for one in turn.entities)
        or (few and any(is_name_of(one, turn.text) for one in articles)),
        details=any(one.manner != "like" for one in turn.contacts) or turn.intent == "inform",
        contact=any(one.usable and one.manner != "like" for one in turn.contacts),
        introduced=any(one.confidence >= LIKELY for one in turn.persons) and says_name(turn.text),
        person=any(one.confidence >= LIKELY for one in turn.persons),
        books_beside=any(one.books for one in turn.parts),
        rings_beside=any(one.rings for one in turn.parts) and not _rings_beside(turn),
        rings=bare.get("request_callback", 0.0) >= LIKELY or _rings_beside(turn),
        books=_wishes_beside(turn, bare) or asks_for_appointment(turn.text),
        guesses=tuple(name for name, _ in turn.ranking[:LIKELIEST]),
        behind=next(iter(turn.readings.get("behind", {}).items()), ("", 0.0)),
        turns=turn.turns,
    )


def _wishes_beside(turn: Turn, bare: Mapping[str, float]) -> bool:
    """Whether what is said beside details is the wish for an appointment, and the whole was not read as a question."""
    asks = turn.trusted and turn.intent.startswith("ask_") and is_question(turn.text)
    return bare.get("book_appointment", 0.0) >= LIKELY and not asks


def _rings_beside(turn: Turn) -> bool:
    """Whether one of several parts is the wish to be rung, and the others only tell: "call me about my son? He's 8"."""
    others = [one for one in turn.parts if not one.rings]
    return len(others) < len(turn.parts) and not any(is_question(one.text) for one in others)
