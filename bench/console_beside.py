"""What visitors notice of three people at work in the console: their 95th percentile beside, and without."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from statistics import median

import httpx

from bench.console_pages import LIST, LISTS, OTHERS, SEARCHES
from bench.processes import BenchFailed
from bench.soak.groups import Group
from bench.soak.visitors import TALK, Visitor, opened
from bench.table import quantile

PEOPLE, VISITORS, ROUNDS, ASKED = 3, 3, 4, 60
READING_SECONDS = (1.0, 3.0)
PAUSE_SECONDS = 0.2


def measure_visitors(group: Group, name: str, words: str) -> None:
    """Print visitors' 95th percentile while three people open a page every two seconds, and while nobody does."""
    asyncio.run(_measure(group.address, name, words))


async def _measure(address: str, name: str, words: str) -> None:
    quiet: list[float] = []
    beside: list[float] = []
    pages = 0
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(opened(20))
        people = [await stack.enter_async_context(_browser(address)) for _ in range(PEOPLE)]
        for one in people:
            await one.post("/login", data={"name": name, "password": words})
        await _ask(client, address)  # So that everything is warm.
        for _ in range(ROUNDS):
            quiet += await _ask(client, address)
            async with _at_work(people) as opened_pages:
                beside += await _ask(client, address)
            pages += len(opened_pages)
    alone, busy = (quantile(taken, 0.95) * 1000 for taken in (quiet, beside))
    print(
        f"visitors while {PEOPLE} people use the console ({pages} pages): 95 % {busy:.0f} ms, median "
        f"{median(beside) * 1000:.0f} ms; alone {alone:.0f} ms and {median(quiet) * 1000:.0f} ms: {busy / alone:.2f}×"
    )


def _browser(address: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=address, timeout=60, trust_env=False)


@asynccontextmanager
async def _at_work(people: Sequence[httpx.AsyncClient]) -> AsyncIterator[list[str]]:
    """All of them opening pages; raises BenchFailed where one was refused."""
    pages: list[str] = []
    tasks = [asyncio.create_task(_work(one, pages, random.Random(number))) for number, one in enumerate(people)]
    await asyncio.sleep(1)
    try:
        yield pages
    finally:
        for task in tasks:
            task.cancel()
        for done in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(done, BenchFailed):
                raise done


async def _work(client: httpx.AsyncClient, pages: list[str], chance: random.Random) -> None:
    plain = [path for path in LISTS.values() if "{" not in path] + list(SEARCHES.values())
    paths = [*(LIST + one for one in plain), *OTHERS.values()]
    while True:
        answer = await client.get(chance.choice(paths))
        if answer.status_code != 200:
            raise BenchFailed(f"{answer.url} was answered {answer.status_code}.")
        pages.append(str(answer.url))
        await asyncio.sleep(chance.uniform(*READING_SECONDS))


async def _ask(client: httpx.AsyncClient, address: str) -> list[float]:
    """Seconds from each message to its answer, of some visitors at once who hardly pause."""
    visitors = [Visitor(client, [address], random.Random(number)) for number in range(VISITORS)]
    await asyncio.gather(*(_talk(one) for one in visitors))
    return [said.posts[0].seconds for one in visitors for said in one.sent]


async def _talk(visitor: Visitor) -> None:
    if not await visitor.begin():
        raise BenchFailed("A visitor was refused.")
    for place in range(ASKED // VISITORS):
        await visitor.say(TALK[place % len(TALK)], time.monotonic() + 10)
        await asyncio.sleep(PAUSE_SECONDS)
