"""Turns of a trial chat: the whole way, actions and all, by the live model or a candidate's intents; stored nowhere.

The chat's memory travels with the request: `events` of the turns before, in Rasa's own words.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
from pathlib import Path
from typing import Any, Dict, List, Optional

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

from engine.components.intent_classifier import TRIED
from engine.learning.archive import read_head
from engine.learning.fingerprints import ROOT
from engine.learning.intents import load_heads
from engine.learning.logistic_regression import Fitted
from engine.readings import parse_whole

TRIAL = "trial-"
_kept: Dict[str, Fitted] = {}


@dataclasses.dataclass(frozen=True)
class Trial:
    """A message of a trial chat: `sender` begins with TRIAL, `events` is its memory, empty at its beginning.

    `file` and `sha256` name a candidate below `models/`; both are empty for the live model.
    """

    sender: str
    text: str
    metadata: Dict[str, Any]
    events: List[Dict[str, Any]]
    file: str = ""
    sha256: str = ""


class NotTried(Exception):
    """The turn cannot be tried; the sentence says why."""


class _Beside:
    """The agent as `parse_whole` knows it, with the trial's own memory in the place of the tracker store."""

    def __init__(self, agent: Agent, tracker: DialogueStateTracker) -> None:
        self.parse_message = agent.parse_message
        self.tracker_store = self
        self._tracker = tracker

    async def retrieve(self, _sender: str) -> DialogueStateTracker:
        return self._tracker


async def try_turn(agent: Agent, trial: Trial, output: OutputChannel) -> Dict[str, Any]:
    """Hear the message and act on it; what is said goes to `output`. Returns `parse` and the chat's new `events`.

    Raises NotTried, and what the turn raises.
    """
    processor = agent.processor
    if processor is None or not trial.sender.startswith(TRIAL):
        raise NotTried("the engine has no model, or this is not a trial chat")
    tracker = _tracker(trial, processor.domain)
    mark = TRIED.set(candidate_head(trial.file, trial.sha256))
    try:
        message = UserMessage(trial.text, output, trial.sender, input_channel="pointe", metadata=trial.metadata)
        message.parse_data = await parse_whole(_Beside(agent, tracker), trial.sender, trial.text)
        await processor._handle_message_with_tracker(message, tracker)
        await processor._run_prediction_loop(output, tracker)
    finally:
        TRIED.reset(mark)
    return {"parse": message.parse_data, "events": [event.as_dict() for event in tracker.events]}


def _tracker(trial: Trial, domain: Any) -> DialogueStateTracker:
    if trial.events:
        return DialogueStateTracker.from_dict(trial.sender, trial.events, domain.slots)
    tracker = DialogueStateTracker(trial.sender, domain.slots)
    tracker.update(ActionExecuted(ACTION_LISTEN_NAME), domain)
    return tracker


def candidate_head(file: str, sha256: str) -> Optional[Fitted]:
    """The head of a model below `models/`, None where no file is named; the newest is kept in memory.

    Raises NotTried where the file is not the one that was learned.
    """
    if not file:
        return None
    if sha256 not in _kept:
        places = [ROOT / "models" / folder / Path(file).name for folder in (".", "candidates")]
        path = next((one for one in places if one.is_file()), None)
        if path is None or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            raise NotTried(f"{Path(file).name} is not the model that was learned")
        fitted = load_heads(io.BytesIO(read_head(path)))  # type: ignore[arg-type]
        _kept.clear()
        _kept[sha256] = fitted
    return _kept[sha256]
