"""The same messages parsed by several models in one process, in turn."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.table import quantile


@dataclass
class Parsed:
    """One model's guesses, how much it trusts each, and the milliseconds each took."""

    guesses: list[str] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        """The median in milliseconds."""
        return quantile(self.milliseconds, 0.5)


def parse_in_turn(models: Sequence[str], texts: Sequence[str]) -> list[Parsed]:
    """What each model makes of each text; they take turns, so that a busy machine is busy for all of them."""
    from rasa.core.agent import Agent

    agents = [Agent.load(model) for model in models]
    results = [Parsed() for _ in agents]
    loop = asyncio.new_event_loop()
    for text in texts:
        for agent, result in zip(agents, results, strict=True):
            began = time.perf_counter()
            parsed = loop.run_until_complete(agent.parse_message(text))
            result.milliseconds.append((time.perf_counter() - began) * 1000)
            guess = next(one for one in parsed["intent_ranking"] if one["name"] != "nlu_fallback")
            result.guesses.append(guess["name"])
            result.scores.append(parsed.get("trust", guess["confidence"]))
    return results
