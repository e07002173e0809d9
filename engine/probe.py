"""One turn that goes the whole way, actions and all, and is stored nowhere: whether a visitor would be answered."""

from __future__ import annotations

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

PROBE_SENDER = "probe"
QUESTION = "What can you help me with?"


async def probe(agent: Agent, output: OutputChannel) -> None:
    """Hear QUESTION and act on it; what is said goes to `output`. Raises what the turn raises."""
    processor = agent.processor
    if processor is None:
        raise RuntimeError("the engine has no model")
    tracker = DialogueStateTracker(PROBE_SENDER, processor.domain.slots)
    tracker.update(ActionExecuted(ACTION_LISTEN_NAME), processor.domain)
    message = UserMessage(QUESTION, output, PROBE_SENDER, input_channel="pointe")
    message.parse_data = await agent.parse_message(QUESTION)
    await processor._handle_message_with_tracker(message, tracker)
    await processor._run_prediction_loop(output, tracker)
