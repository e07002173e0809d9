"""What the action server is told of a conversation, and over which connection.

Rasa sends the whole conversation with every parse, and its whole domain, over a connection made anew for each action.
Our actions read the message at hand, the slots, the form and what was done since the message: that is what is sent,
over one connection that stays. The vectors that were made of the message go with it, so that they are made once.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import aiohttp
import rasa
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.utils.endpoints import EndpointConfig

from engine.learning.fingerprints import load_encoder

ENCODER = "models/encoder"
MOST_GUESSES = 10


class KeptSession:
    """A session that `async with` leaves open."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self._session

    async def __aexit__(self, *_: object) -> None:
        """Stay open for the next call."""


_MAKE_SESSION = EndpointConfig.session


def kept_session(endpoint: EndpointConfig) -> KeptSession:
    """The endpoint's one session, made anew only where it was closed."""
    session = endpoint.__dict__.get("pointe_session")
    if session is None or session.closed:
        session = _MAKE_SESSION(endpoint)
        endpoint.pointe_session = session
    return KeptSession(session)


def call_of(action: RemoteAction, tracker: DialogueStateTracker, _domain: Domain) -> dict[str, Any]:
    """The request to the action server: enough for `actions/tracker.py`, and in its words."""
    state = tracker.current_state(EventVerbosity.NONE)
    state["events"] = [_slim(event) for event in _since_message(tracker)]
    latest = dict(state.get("latest_message") or {})
    latest["intent_ranking"] = (latest.get("intent_ranking") or [])[:MOST_GUESSES]
    latest["vectors"] = _vectors(latest)
    state["latest_message"] = latest
    return {
        "next_action": action.name(),
        "sender_id": tracker.sender_id,
        "tracker": state,
        "domain": {},
        "version": rasa.__version__,
    }


def _vectors(latest: dict[str, Any]) -> list[tuple[str, str]]:
    """The texts of a message that have a vector, each with it: 768 little-endian 32-bit numbers in Base64."""
    encoder = load_encoder(ENCODER)
    texts = [latest.get("text"), *(one.get("text") for one in latest.get("parts") or ())]
    rows = {text: row for text in texts if text and (row := encoder.recall(text)) is not None}
    return [(text, b64encode(row.astype("<f4").tobytes()).decode()) for text, row in rows.items()]


def _since_message(tracker: DialogueStateTracker) -> list[Event]:
    events = list(tracker.events)
    for place in range(len(events) - 1, -1, -1):
        if isinstance(events[place], UserUttered):
            return events[place:]
    return events


def _slim(event: Event) -> dict[str, Any]:
    return {name: value for name, value in event.as_dict().items() if name != "parse_data"}
