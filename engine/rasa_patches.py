"""Rasa's own code, made lighter where it does the same work again at every turn, and honest where a store fails.

Rasa 3.6.21 checks each answer of the action server against a JSON schema, and the schema itself against its
meta-schema before that: half of the CPU time of a turn. The schema never changes, so its check is done once. And it
walks over all kinds of events for each event that it reads back; the kinds are known after the first. What else is
lighter stands in `graph_runner`, `rule_reading`, `light_tracker` and `action_call`.

Where the tracker store fails, Rasa takes the conversation for a new one, and keeps what is said in memory alone: a
message that comes again is then answered twice, and a form loses its slots. Here the turn fails, and is taken again.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.utils import common
from rasa.utils.endpoints import EndpointConfig

from engine import light_tracker, rule_reading
from engine.action_call import call_of, kept_session
from engine.answered import handle_once
from engine.graph_runner import run_in_order

_ALL_SUBCLASSES = common.all_subclasses


def apply() -> None:
    """Puts the lighter code in place; may be called again."""
    RemoteAction._validate_action_result = validate_action_result
    RemoteAction._action_call_format = call_of
    EndpointConfig.session = kept_session
    DaskGraphRunner.run = run_in_order
    MessageProcessor.handle_message = handle_once
    common.all_subclasses = cache(_ALL_SUBCLASSES)
    rule_reading.apply()
    light_tracker.apply()
    FailSafeTrackerStore.on_tracker_store_error = raise_failure
    FailSafeTrackerStore.on_tracker_store_retrieve_error = raise_failure


def raise_failure(_store: FailSafeTrackerStore, error: Exception) -> None:
    """End the turn in which a conversation could not be read or kept."""
    raise error


def validate_action_result(action: RemoteAction, result: dict[str, Any]) -> bool:
    """True for an answer in the action server's format; raises jsonschema's ValidationError otherwise."""
    if _is_plain(result):
        return True
    error = best_match(_validator().iter_errors(result))
    if error is not None:
        error.message += ". The action server's answer is not in Rasa's format: its log says what went wrong there."
        raise error
    return True


def _is_plain(result: dict[str, Any]) -> bool:
    """Whether it is what most answers are, replies, slots and whose turn it is: they need no schema to be right."""
    events, replies = result.get("events"), result.get("responses")
    if not isinstance(events, list) or not isinstance(replies, list):
        return False
    plain = all(isinstance(one, dict) and _is_plain_event(one) for one in events)
    return plain and all(isinstance(one, dict) for one in replies)


def _is_plain_event(event: dict[str, Any]) -> bool:
    if not isinstance(event.get("name"), str) or event.get("timestamp") is not None:
        return False
    return event.get("event") == "followup" or (event.get("event") == "slot" and "value" in event)


@cache
def _validator() -> Any:
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)
