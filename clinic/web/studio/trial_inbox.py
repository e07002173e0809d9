"""What colleagues said in trial chats and was not understood for sure, for the inbox; marked as a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from clinic.conversations.inbox.model import Place, Reason, Said
from clinic.conversations.inbox.reading_store import UNSURE
from clinic.engine.events import FALLBACK
from clinic.engine.sender import TRIAL
from clinic.teaching.trials_store import Trials, TrialTurnLine


def said_in_trials(trials: Trials, mask: Callable[[str], str]) -> Iterator[Said]:
    """Messages of the chats that links were used for, as long as these hold."""
    for chat in trials.of_links():
        for place, turn in enumerate(chat.turns):
            if reasons := _reasons(turn):
                at = Place(f"{TRIAL}{chat.id}", place)
                yield Said(at, mask(turn.text), turn.at, reasons, turn.guesses, is_test=True)


def _reasons(turn: TrialTurnLine) -> frozenset[Reason]:
    kinds = {str(reply.get("kind")) for reply in turn.replies}
    if turn.red_flag or kinds & {"ask", "appointment"}:
        return frozenset()
    found: set[Reason] = set()
    if turn.intent == FALLBACK or (turn.guesses and turn.guesses[0][1] < UNSURE):
        found.add("unsure")
    if "not_covered" in kinds:
        found.add("unanswered")
    return frozenset(found)
