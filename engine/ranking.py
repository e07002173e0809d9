"""The intents and kinds of turn of a text that is part of a message, without what else its parse would find.

The message itself was searched for names, addresses and red flags already: a reading of a part of it needs none of it,
and costs a third.
"""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE
from rasa.engine.runner.dask import DaskGraphRunner

from engine.components.contact_extractor import ContactExtractor
from engine.components.entity_ruler import TaughtEntityRuler
from engine.components.person_extractor import PersonExtractor
from engine.components.red_flags.component import RedFlagDetector
from engine.components.red_flags.detector import REPORT_RED_FLAG
from engine.graph_runner import run_only

LEFT_OUT = (TaughtEntityRuler, ContactExtractor, PersonExtractor, RedFlagDetector)


async def rank(agent: Any, text: str) -> Dict[str, Any]:
    """`intent_ranking` and `turns` of the text as its whole parse has them; no emergency is among the intents."""
    runner = agent.processor.graph_runner
    found = run_only(runner, {PLACEHOLDER_MESSAGE: [UserMessage(text)]}, _chain(runner))[0]
    parse: Dict[str, Any] = found.as_dict(only_output_properties=True)
    ranking: List[Dict[str, Any]] = parse.get("intent_ranking") or []
    return {**parse, "intent_ranking": [one for one in ranking if one.get("name") != REPORT_RED_FLAG]}


def _chain(runner: DaskGraphRunner) -> Tuple[str, ...]:
    """The names of the components that a text goes through, in order; worked out once for each model."""
    known: Tuple[str, ...] | None = runner.__dict__.get("_chain")
    if known is None:
        nodes = runner._graph_schema.nodes
        after = {need: name for name, node in nodes.items() for need in [node.needs.get("messages")]}
        chain: List[str] = []
        name = after.get(PLACEHOLDER_MESSAGE)
        while name and "domain" not in nodes[name].needs:
            chain.append(name)
            name = after.get(name)
        known = tuple(one for one in chain if not issubclass(nodes[one].uses, LEFT_OUT))
        runner.__dict__["_chain"] = known
    return known
