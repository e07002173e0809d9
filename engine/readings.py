"""Everything there is to understand of a message, in one go: the whole, each of its questions, and what it leans on.

A message's parse gets `parts` (each question of several, with its ranking and its kind of turn in the talk, and a wish
beside questions) and
`readings`: `point`, the last sentence of a long message, `context`, a short message after the question before,
`behind`, a few words after the message that was answered with something of the clinic,
`bare`, what is said beside a name, an address or a number, and `beside`, the one question beside the wish to cancel.
The action asks nothing back.
"""

from __future__ import annotations

import re
from functools import partial
from time import perf_counter
from typing import Any, Awaitable, Callable, Dict, List, Optional, Sequence, Tuple

from engine.ranking import rank
from language.sub_questions import (
    asking_sentences,
    is_piece,
    last_question,
    leans_back,
    loose_pieces,
    sentences_of,
    split_questions,
    sub_questions,
)

MOST_GUESSES = 10
DETAILS = frozenset({"email", "phone", "person"})
ASKS = "ask_"  # what intents that ask something are called
_CANCELS = re.compile(r"\b(?:cancel|withdraw)", re.IGNORECASE)
_TELLS = re.compile(
    r"(?:i|we|he|she|my \w+)(?:'?ve|'?s)? (?:have|has|had|got|gets?|am|is|suffer\w*)\b|(?:i'?ve|i'?m) ", re.IGNORECASE
)
SURELY = 0.5  # how surely each piece of a loose list must ask
WISHING = 0.8  # how surely a sentence beside questions must be one of them
FOLLOWING = 8  # words that may lean on what was told of the clinic
FEW, MANY = 3, 15  # words of such a sentence
SMALL = frozenset({"greet", "affirm", "thanks"})  # "ok, the price and is it an hour" asks two things


Rank = Callable[[Any, str], Awaitable[Dict[str, Any]]]


async def parse_whole(agent: Any, sender: str, text: str, read: Rank = rank) -> Dict[str, Any]:
    """The message's parse with its `parts` and `readings`, and the `milliseconds` all of it took."""
    begin = perf_counter()
    parse = dict(await agent.parse_message(text))
    understand = partial(_ranking, agent, read)
    parse["parts"] = await _parts(understand, text, parse.get("spelling") or [])
    if wish := await _wish_beside(understand, text, parse):
        parse["parts"] = [*(parse["parts"] or await _asked_alone(understand, text)), wish]
    readings: Dict[str, Any] = {}
    if point := last_question(text):
        readings["point"] = await _ranking(agent, read, point)
    if leans_back(text) and (before := await _question_before(agent, sender)):
        readings["context"] = await _ranking(agent, read, f"{before} {text}")
    if leans_back(text) and len(text.split()) <= FOLLOWING and (before := await _told_of_clinic(agent, sender)):
        readings["behind"] = await _ranking(agent, read, f"{before} {text}")
    if bare := without_details(text, parse.get("entities") or []):
        readings["bare"] = await _ranking(agent, read, bare)
    if beside := asked_beside(text):
        readings["beside"] = await _ranking(agent, read, beside)
    parse["readings"] = readings
    parse["milliseconds"] = round((perf_counter() - begin) * 1000)
    return parse


def asked_beside(text: str) -> str:
    """The only question of a message that speaks of cancelling before it asks; otherwise empty."""
    asked = sub_questions(text) if _CANCELS.search(text) else ()
    return asked[0].point if len(asked) == 1 and not _CANCELS.search(asked[0].point) else ""


def without_details(text: str, entities: Sequence[Dict[str, Any]]) -> str:
    """The text without the names, addresses and numbers found in it; empty where there are none or nothing is left."""
    spans = sorted({(one["start"], one["end"]) for one in entities if one.get("entity") in DETAILS}, reverse=True)
    left = text
    for start, end in spans:
        left = left[:start] + left[end:]
    left = " ".join(left.split()).strip(" ,.;:-/()<>")
    return left if spans and left else ""


async def _parts(
    understand: Callable[[str], Awaitable[Dict[str, Any]]], text: str, changes: Sequence[Sequence[str]]
) -> List[Dict[str, Any]]:
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


async def _wish_beside(
    understand: Callable[[str], Awaitable[Dict[str, Any]]], text: str, parse: Dict[str, Any]
) -> Optional[Dict[str, Any]]:
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


async def _asked_alone(understand: Callable[[str], Awaitable[Dict[str, Any]]], text: str) -> List[Dict[str, Any]]:
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


async def _ranking(agent: Any, read: Rank, text: str) -> Dict[str, Any]:
    parse = await read(agent, text)
    talk = (parse.get("turns") or {}).get("talk")
    return {"intent_ranking": (parse.get("intent_ranking") or [])[:MOST_GUESSES], **({"talk": talk} if talk else {})}


async def _question_before(agent: Any, sender: str) -> str:
    tracker = await agent.tracker_store.retrieve(sender)
    topic = tracker.get_slot("topic") if tracker else None
    return str((topic or {}).get("question") or "")


async def _told_of_clinic(agent: Any, sender: str) -> str:
    """The message before, or its last question, where it was answered with something of the clinic; otherwise empty."""
    tracker = await agent.tracker_store.retrieve(sender)
    if tracker is None or not (tracker.get_slot("memory") or {}).get("of_clinic"):
        return ""
    before = str((tracker.latest_message.text if tracker.latest_message else "") or "")
    return last_question(before) or before
