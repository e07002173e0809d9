"""Everything there is to understand of a message, in one go: the whole, each of its questions, and what it leans on.

A message's parse gets `parts` (each question of several, with its ranking and its kind of turn in the talk) and
`readings`: `point`, the last sentence of a long message, `context`, a short message after the question before,
`bare`, what is said beside a name, an address or a number, and `beside`, the one question beside the wish to cancel.
The action asks nothing back.
"""

from __future__ import annotations

import re
from functools import partial
from time import perf_counter
from typing import Any, Awaitable, Callable, Dict, List, Sequence

from engine.ranking import rank
from language.sub_questions import last_question, leans_back, loose_pieces, split_questions, sub_questions

MOST_GUESSES = 10
DETAILS = frozenset({"email", "phone", "person"})
ASKS = "ask_"  # what intents that ask something are called
_CANCELS = re.compile(r"\b(?:cancel|withdraw)", re.IGNORECASE)
SURELY = 0.5  # how surely each piece of a loose list must ask


Rank = Callable[[Any, str], Awaitable[Dict[str, Any]]]


async def parse_whole(agent: Any, sender: str, text: str, read: Rank = rank) -> Dict[str, Any]:
    """The message's parse with its `parts` and `readings`, and the `milliseconds` all of it took."""
    begin = perf_counter()
    parse = dict(await agent.parse_message(text))
    parse["parts"] = await _parts(partial(_ranking, agent, read), text, parse.get("spelling") or [])
    readings: Dict[str, Any] = {}
    if point := last_question(text):
        readings["point"] = await _ranking(agent, read, point)
    if leans_back(text) and (before := await _question_before(agent, sender)):
        readings["context"] = await _ranking(agent, read, f"{before} {text}")
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
    if len(pieces) > len(questions):
        read_pieces = [{"text": one, **await understand(one)} for one in pieces]
        found = [one for one in read_pieces if not _greets(one)]
        if len({name for one in found if (name := _asked(one))}) == len(found) > 1:
            return found
    return [{"text": one, **await understand(one)} for one in questions]


def _greets(part: Dict[str, Any]) -> bool:
    return any(one["name"] == "greet" and one["confidence"] >= SURELY for one in part["intent_ranking"][:1])


def _asked(part: Dict[str, Any]) -> str:
    """The intent that a piece surely asks; empty where it does not."""
    name, confidence = next(((one["name"], one["confidence"]) for one in part["intent_ranking"]), ("", 0.0))
    return str(name) if name.startswith(ASKS) and confidence >= SURELY else ""


async def _ranking(agent: Any, read: Rank, text: str) -> Dict[str, Any]:
    parse = await read(agent, text)
    talk = (parse.get("turns") or {}).get("talk")
    return {"intent_ranking": (parse.get("intent_ranking") or [])[:MOST_GUESSES], **({"talk": talk} if talk else {})}


async def _question_before(agent: Any, sender: str) -> str:
    tracker = await agent.tracker_store.retrieve(sender)
    topic = tracker.get_slot("topic") if tracker else None
    return str((topic or {}).get("question") or "")
