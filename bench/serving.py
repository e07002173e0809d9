"""Servers that run while they are measured, from their start to their first answer."""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from bench.doors import Door
from bench.processes import BenchFailed, Program, last_words, running
from bench.usage import cpu_seconds, members

PATIENCE_SECONDS = 180.0


@dataclass(frozen=True)
class Served:
    """Running servers: the process ids of each program, and what the start took until the first answer."""

    by_name: dict[str, list[int]]
    seconds: float
    start_cpu: float

    def pids(self, *names: str) -> list[int]:
        """The processes of these programs."""
        return [pid for name in names for pid in self.by_name[name]]

    def parts(self, *names: str) -> dict[str, list[int]]:
        """The processes of these programs, by name."""
        return {name: self.by_name[name] for name in names}

    def every_pid(self) -> list[int]:
        """The processes of all programs."""
        return self.pids(*self.by_name)


@contextmanager
def serve(programs: Sequence[Program], door: Door) -> Iterator[Served]:
    """Start the programs together and wait for an answer; all are ended with the block."""
    with ExitStack() as stack:
        began = time.perf_counter()
        started = [(program, stack.enter_context(running(program))) for program in programs]
        asyncio.run(_wait_for_answer(started, door))
        seconds = time.perf_counter() - began
        by_name = {program.name: members(process.pid) for program, process in started}
        yield Served(by_name, seconds, cpu_seconds([pid for pids in by_name.values() for pid in pids]))


async def _wait_for_answer(started: Sequence[tuple[Program, subprocess.Popen[Any]]], door: Door) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as session:
        while not await _is_answered(session, door):
            for program, process in started:
                if process.poll() is not None:
                    raise BenchFailed(f"{program.name} did not start:\n{last_words(program)}")
            if time.monotonic() > deadline:
                raise BenchFailed(f"{started[0][0].name} gave no answer in {PATIENCE_SECONDS:.0f} seconds.")
            await asyncio.sleep(0.1)


async def _is_answered(session: aiohttp.ClientSession, door: Door) -> bool:
    try:
        replies = await door.say(session, await door.begin(session), "hello")
    except BenchFailed:
        return False
    return bool(replies) and all(reply.get("kind") != "error" for reply in replies)
