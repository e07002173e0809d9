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
from typing import Any, Awaitable, Callable, Dict, Sequence

from engine.message_parts import DETAILS, parts_of
from engine.ranking import rank
from language.leaning import last_question, leans_back
from language.sub_questions import sub_questions

MOST_GUESSES = 10
FOLLOWING = 8  # words that may lean on what was told of the clinic
_CANCELS = re.compile(r"\b(?:cancel|withdraw)", re.IGNORECASE)

Rank = Callable[[Any, str], Awaitable[Dict[str, Any]]]


async def parse_whole(agent: Any, sender: str, text: str, read: Rank = rank) -> Dict[str, Any]:
    """The message's parse with its `parts` and `readings`, and the `milliseconds` all of it took."""
    begin = perf_counter()
    parse = dict(await agent.parse_message(text))
    understand = partial(_ranking, agent, read)
    parse["parts"] = await parts_of(understand, text, parse)
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
