"""The questions of a message, each understood by itself, and a wish that stands beside them."""

from __future__ import annotations

import re
from typing import Any, Awaitable, Callable, Dict, List, Optional, Sequence, Tuple

from language.sub_questions import (
    asking_sentences,
    is_piece,
    loose_pieces,
    sentences_of,
    split_questions,
    sub_questions,
)

Understand = Callable[[str], Awaitable[Dict[str, Any]]]
DETAILS = frozenset({"email", "phone", "person"})
ASKS = "ask_"  # what intents that ask something are called
SURELY = 0.5  # how surely each piece of a loose list must ask
WISHING = 0.8  # how surely a sentence beside questions must be one of them
FEW, MANY = 3, 15  # words of such a sentence
SMALL = frozenset({"greet", "affirm", "thanks"})  # "ok, the price and is it an hour" asks two things
_TELLS = re.compile(
    r"(?:i|we|he|she|my \w+)(?:'?ve|'?s)? (?:have|has|had|got|gets?|am|is|suffer\w*)\b|(?:i'?ve|i'?m) ", re.IGNORECASE
)


async def parts_of(understand: Understand, text: str, parse: Dict[str, Any]) -> List[Dict[str, Any]]:
    """Each question of several with what it is understood as, and a wish beside questions; empty where there is one."""
    parts = await _asked_each(understand, text, parse.get("spelling") or [])
    if wish := await _wish_beside(understand, text, parse):
        return [*(parts or await _asked_alone(understand, text)), wish]
    return parts


async def _asked_each(understand: Understand, text: str, changes: Sequence[Sequence[str]]) -> List[Dict[str, Any]]:
    """The questions of a message with their rankings: put as questions, or a list of which each piece surely asks."""
    read = text
    for typed, meant in changes:  # a whole word: "n" is read as "and", the n of "insoles" is not
        read = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", meant.replace("\\", r"\\"), read, count=1)
    questions, pieces = split_questions(text) or split_questions(read), loose_pieces(read)
    if len(pieces) > len(questions) and all(is_piece(one) for one in pieces):
        read_pieces = [{"text": one, **await understand(one)} for one in pieces]
        found = [one for one in read_pieces if not _greets(one)]
        if len({name for one in found if (name := _asked(one))}) == len(found) > 1:
            return found
        if len(questions) < 2 and (led := _led_up_to(found)):
            again = [{"text": one, **await understand(one)} for one in led]
            if len({name for one in again if (name := _asked(one))}) == len(again) > 1:
                return again
    return [{"text": one, **await understand(one)} for one in questions]


async def _wish_beside(understand: Understand, text: str, parse: Dict[str, Any]) -> Optional[Dict[str, Any]]:
    """The sentence that is surely a wish: to be rung, beside questions or a name or number; to be seen, beside both."""
    asking, sentences = asking_sentences(text), sentences_of(text)
    told = [one for one in sentences if one not in asking and FEW <= len(one.split()) <= MANY]
    others = [*told[:1], *told[1:][-2:]]  # a wish opens a message or ends it; a story is not read sentence by sentence
    detailed = any(one.get("entity") in DETAILS for one in parse.get("entities") or [])
    for other in others if asking or (detailed and len(sentences) > 1) else ():
        read = {"text": other, **await understand(other)}
        name, confidence = _first(read)
        talk = read.get("talk") or {}
        learned = talk.get("confidence", 0.0) if talk.get("name") == "callback" else 0.0
        if learned >= WISHING or (name == "book_appointment" and confidence >= WISHING and detailed and asking):
            return read
    return None


async def _asked_alone(understand: Understand, text: str) -> List[Dict[str, Any]]:
    return [{"text": one.point, **await understand(one.point)} for one in sub_questions(text)]


def _led_up_to(pieces: Sequence[Dict[str, Any]]) -> List[str]:
    """The pieces that surely ask, each with what led up to it; empty where nothing leads up to one."""
    found, led = list[str](), list[str]()
    for one in pieces:
        led.append(one["text"])
        if _asked(one):
            found.append(", ".join(led))
            led = []
    return [] if led or len(found) == len(pieces) else found


def _greets(part: Dict[str, Any]) -> bool:
    name, confidence = _first(part)
    return name in SMALL and confidence >= SURELY


def _first(part: Dict[str, Any]) -> Tuple[str, float]:
    """The likeliest intent and its share."""
    return next(((one["name"], one["confidence"]) for one in part["intent_ranking"]), ("", 0.0))


def _asked(part: Dict[str, Any]) -> str:
    """The intent that a piece surely asks; empty where it does not: "I've got plantar fasciitis" leads up to one."""
    name, confidence = _first(part)
    return name if name.startswith(ASKS) and confidence >= SURELY and not _TELLS.match(part["text"]) else ""
