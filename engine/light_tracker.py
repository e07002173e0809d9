"""Copies and states of a conversation, made without playing all of it again, and nothing copied for a log alone.

Rasa copies the tracker before each action by replaying every event, makes a state of every turn though its rules look
at the last ones only, and copies what it hands to a debug log that nobody reads.
"""

from __future__ import annotations

import copy
from types import SimpleNamespace
from typing import Any, TypeVar

from rasa.core import processor
from rasa.core.policies import rule_policy
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

_COPY = DialogueStateTracker.copy
_STATES = Domain.states_for_tracker_history
_REACH = "pointe_reach"
Kept = TypeVar("Kept")


def apply() -> None:
    """Put the lighter code in place; may be called again. For answering alone: training looks at every state."""
    DialogueStateTracker.copy = copy_tracker
    Domain.states_for_tracker_history = recent_states
    for module in (processor, rule_policy):  # Both copy for their debug logs only.
        module.copy = SimpleNamespace(deepcopy=lambda given, *_: given, copy=copy.copy)


def look_back(domain: Domain, states: int) -> None:
    """Of conversations in this domain no more than the last so many states are asked for."""
    setattr(domain, _REACH, states)


def copy_tracker(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """A tracker that stands where this one does; what happens to it changes nothing in the other."""
    if type(tracker.slots) is not dict:
        return _COPY(tracker)
    twin = _same(tracker)
    twin.events = tracker._create_events(tracker.events)
    twin.slots = {name: _same(slot) for name, slot in tracker.slots.items()}
    twin.active_loop = copy.copy(tracker.active_loop)
    return twin


def recent_states(
    domain: Domain,
    tracker: DialogueStateTracker,
    omit_unset_slots: bool = False,
    ignore_rule_only_turns: bool = False,
    rule_only_data: dict[str, Any] | None = None,
) -> list[State]:
    """The last states of a conversation, as many as `look_back` said; all where it said nothing."""
    reach = domain.__dict__.get(_REACH)
    if reach is None or ignore_rule_only_turns:
        return list(_STATES(domain, tracker, omit_unset_slots, ignore_rule_only_turns, rule_only_data))
    events = tracker.applied_events()
    actions = [place for place, event in enumerate(events) if isinstance(event, ActionExecuted)]
    walked, done, states = tracker.init_copy(), 0, []
    for place in [*actions[max(0, len(actions) - reach + 1) :], len(events)]:
        for event in events[done:place]:
            walked.update(event)
        done = place
        states.append(domain._clean_state(domain.get_active_state(walked, omit_unset_slots=omit_unset_slots)))
    return states


def _same(given: Kept) -> Kept:
    """Another object with the same attributes; neither `__init__` nor `__reduce__` is asked."""
    twin = object.__new__(type(given))
    twin.__dict__.update(given.__dict__)
    return twin
