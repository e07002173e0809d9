"""A copy of a conversation stands where Rasa's own copy does, and its last states are the last of Rasa's."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from engine import light_tracker

ROOT = Path(__file__).resolve().parents[2]
FORM = "appointment_form"


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(ROOT / "domain.yml"))


def talk(domain: Domain, chance: random.Random, turns: int) -> DialogueStateTracker:
    """A conversation of any shape that ours can have: forms begun, left and gone on with, slots, a restart."""
    made: list[Event] = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
    intents, slots = sorted(domain.intents), sorted(domain._user_slots, key=lambda one: one.name)
    acts: list[Callable[[], Event]] = [
        lambda: SlotSet(chance.choice(slots).name, chance.choice(["a", None, True, 3])),
        lambda: ActiveLoop(chance.choice([FORM, None])),
        lambda: ActionExecuted(chance.choice([FORM, "action_answer", "action_small_talk"])),
        lambda: BotUttered("said"),
        lambda: ActionExecutionRejected(FORM),
    ]
    for _ in range(turns):
        made.append(UserUttered("said", {"name": chance.choice(intents), "confidence": 1.0}))
        made += [chance.choice(acts)() for _ in range(chance.randint(1, 6))]
        made += [Restarted()] if chance.random() < 0.02 else []
        made.append(ActionExecuted("action_listen"))
    made += [UserUttered("said", {"name": chance.choice(intents), "confidence": 1.0})] if chance.random() < 0.7 else []
    return DialogueStateTracker.from_events("anybody", made, domain.slots, domain=domain)


def stands(tracker: DialogueStateTracker) -> dict[str, Any]:
    told = tracker.current_state()
    return {**told, "events": len(tracker.events), "loop": tracker.active_loop, "bot": tracker.latest_bot_utterance}


@pytest.mark.parametrize("seed", range(60))
def test_a_copy_stands_where_it_did_and_goes_its_own_way(domain: Domain, seed: int) -> None:
    chance = random.Random(seed)
    tracker = talk(domain, chance, chance.randint(0, 12))
    twin = light_tracker.copy_tracker(tracker)
    assert stands(twin) == stands(light_tracker._COPY(tracker))
    before = stands(tracker)
    twin.update_with_events([SlotSet("service", "callback"), ActiveLoop(FORM), ActionExecuted(FORM)], domain)
    assert stands(tracker) == before
    assert twin.get_slot("service") == "callback"


@pytest.mark.parametrize("reach", [1, 2, 5])
@pytest.mark.parametrize("seed", range(40))
def test_the_last_states_are_rasas_own(domain: Domain, seed: int, reach: int) -> None:
    chance = random.Random(seed)
    tracker = talk(domain, chance, chance.randint(0, 12))
    every = light_tracker._STATES(domain, tracker)
    light_tracker.look_back(domain, reach)
    assert light_tracker.recent_states(domain, tracker) == every[-reach:]
