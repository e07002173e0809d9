"""Messages at several doors in turn, and the time each answer takes."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

import aiohttp

from bench.doors import Door
from bench.usage import cpu_seconds

VISITORS = 8

# Small talk that Rasa's own bot knows as well, and what visitors of a clinic ask.
CONVERSATIONS = (
    (
        "hello",
        "are you a bot?",
        "why does my heel hurt when I go up on my toes",
        "how long does it take to get better",
        "how is it treated",
        "goodbye",
    ),
    (
        "good evening",
        "I feel very sad today",
        "what is plantar fasciitis",
        "do I need a scan for it",
        "what does an appointment cost",
        "no thanks",
    ),
)


@dataclass
class Timed:
    """What was measured at one door: milliseconds of each answer, CPU seconds by program, and what failed."""

    door: Door
    pids: Mapping[str, Sequence[int]]
    milliseconds: list[float] = field(default_factory=list)
    cpu: Counter[str] = field(default_factory=Counter)
    wall: float = 0.0
    failures: int = 0

    @property
    def cpu_milliseconds(self) -> dict[str, float]:
        """CPU milliseconds of a message by program."""
        return {name: seconds / len(self.milliseconds) * 1000 for name, seconds in self.cpu.items()}


async def ask_in_turn(session: aiohttp.ClientSession, doors: Sequence[Timed], messages: int) -> None:
    """Each message at one door after the other, so that a busy machine is busy for all of them."""
    for number in range(messages):
        texts = CONVERSATIONS[number // len(CONVERSATIONS[0]) % len(CONVERSATIONS)]
        place = number % len(texts)
        if place == 0:
            talks = [await timed.door.begin(session) for timed in doors]
        for timed, talk in list(zip(doors, talks, strict=True))[:: 1 if number % 2 else -1]:
            await _ask(session, timed, [talk], texts[place])


async def ask_at_once(session: aiohttp.ClientSession, doors: Sequence[Timed], rounds: int) -> None:
    """Rounds of one message each from VISITORS at the same time, the doors taking turns."""
    for number in range(rounds):
        texts = CONVERSATIONS[number // len(CONVERSATIONS[0]) % len(CONVERSATIONS)]
        place = number % len(texts)
        if place == 0:
            talks = [await asyncio.gather(*(timed.door.begin(session) for _ in range(VISITORS))) for timed in doors]
        for timed, talk in zip(doors, talks, strict=True):
            await _ask(session, timed, talk, texts[place])


async def ask_long(session: aiohttp.ClientSession, doors: Sequence[Timed], turns: int) -> list[tuple[float, float]]:
    """One conversation of so many turns at each door: the median milliseconds of turns about the 5th, and the last."""
    found = []
    for timed in doors:
        talk, taken = await timed.door.begin(session), list[float]()
        texts = CONVERSATIONS[0]
        for number in range(turns):
            taken.append(await _answer(session, timed, talk, texts[number % len(texts)]))
        # A multiple of the texts, so that both ends are of the same messages.
        found.append((median(taken[: len(texts)]), median(taken[-len(texts) :])))
    return found


async def _ask(session: aiohttp.ClientSession, timed: Timed, talks: Sequence[str], text: str) -> None:
    before, began = _cpu(timed), time.perf_counter()
    taken = await asyncio.gather(*(_answer(session, timed, talk, text) for talk in talks))
    timed.wall += time.perf_counter() - began
    await asyncio.sleep(0.02)  # What a server does after its answer is its cost too.
    timed.cpu.update({name: seconds - before[name] for name, seconds in _cpu(timed).items()})
    timed.milliseconds += taken


def _cpu(timed: Timed) -> dict[str, float]:
    return {name: cpu_seconds(pids) for name, pids in timed.pids.items()}


async def _answer(session: aiohttp.ClientSession, timed: Timed, talk: str, text: str) -> float:
    began = time.perf_counter()
    replies = await timed.door.say(session, talk, text)
    taken = (time.perf_counter() - began) * 1000
    timed.failures += not replies or any(reply.get("kind") == "error" for reply in replies)
    return taken
