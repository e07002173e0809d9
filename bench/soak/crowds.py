"""One visitor's hundreds of event streams, and a crowd that goes away: what others notice of it."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager

import httpx

from bench.soak.groups import SECRET, Site
from bench.soak.soak import Delay
from bench.soak.visitors import TALK, Visitor, opened
from bench.table import quantile

STREAMS, TALKING, ASKED = 500, 15, 10
CROWD, CROWD_SECONDS = 150, 25.0
NORMAL_SECONDS, PATIENCE_SECONDS = 1.0, 60.0


async def hold_streams(site: Site) -> None:
    """Others' p95 while one visitor holds and asks for STREAMS event streams, to the same before; prints both."""
    address = site.groups[0].address
    # The others come from another address: each has a share of the connections.
    async with opened(1) as client, opened(20, "127.0.0.2") as others:
        quiet = await _ask(others, address)
        begun = await client.post(f"{address}/api/conversations", json={}, headers={"X-Pointe-Operator": SECRET})
        token = begun.json()["token"]
    with _streams(site.groups[0].port, token) as holding:
        await asyncio.sleep(3)
        async with opened(20, "127.0.0.2") as others:
            beside = await _ask(others, address)
        refused, _ = await asyncio.to_thread(holding.communicate)
    print(
        f"{STREAMS} event streams of one visitor: others' POST p95 {beside * 1000:.0f} ms, quiet {quiet * 1000:.0f} ms "
        f"({beside / quiet:.2f}×); refused {refused.strip()} times",
        flush=True,
    )


async def overload(site: Site) -> None:
    """A crowd that does not think, then nobody: how long until replies are normal again; prints it."""
    addresses = [group.address for group in site.groups]
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(opened(2)) for _ in range(CROWD)]
        until, own = time.monotonic() + CROWD_SECONDS, Delay()
        watching = asyncio.create_task(own.watch())
        crowd = [Visitor(client, addresses, random.Random(number)) for number, client in enumerate(clients)]
        await asyncio.gather(*(_chatter(one, until) for one in crowd))
        watching.cancel()
        fell = time.monotonic()
        posts = [post for one in crowd for message in one.sent for post in message.posts]
        waited = await _until_normal(Visitor(clients[0], addresses, random.Random(0)), fell)
    answered = sum(not post.error for post in posts)
    slow, slowest = sum(post.seconds > 5 for post in posts), max((post.seconds for post in posts), default=0.0)
    print(
        f"overload: {CROWD} visitors without a pause for {CROWD_SECONDS:.0f} s, {len(posts)} POSTs, "
        f"{answered} answered, {slow} over 5 s, the slowest {slowest:.1f} s; normal again after {waited:.1f} s; "
        f"the trial itself was late by {own.longest:.2f} s at most",
        flush=True,
    )


async def _chatter(visitor: Visitor, until: float) -> None:
    if await visitor.begin():
        while time.monotonic() < until:
            # One attempt each: whoever gets an error here says something else.
            await visitor.say(random.choice(TALK), 0.0)


async def _until_normal(visitor: Visitor, fell: float) -> float:
    good, since = 0, 0.0
    while time.monotonic() < fell + PATIENCE_SECONDS:
        if not visitor.has_begun and not await visitor.begin():
            continue
        began = time.monotonic()
        said = await visitor.say("how is it treated", 0.0)
        normal = said.replies is not None and said.posts[-1].seconds < NORMAL_SECONDS
        since = began if normal and not good else since
        good = good + 1 if normal else 0
        if good == 3:
            return since - fell
    return PATIENCE_SECONDS


async def _ask(client: httpx.AsyncClient, address: str) -> float:
    taken = []
    for number in range(TALKING):
        visitor = Visitor(client, [address], random.Random(number))
        await visitor.begin()
        for place in range(ASKED):
            said = await visitor.say(TALK[place % len(TALK)], time.monotonic() + 10)
            taken.append(said.posts[0].seconds)
            await asyncio.sleep(0.1)
    return quantile(taken, 0.95)


@contextmanager
def _streams(port: int, token: str) -> Iterator[subprocess.Popen[str]]:
    """The streams of one visitor, in a process that ends with its input."""
    line = [sys.executable, "-m", "bench.soak.streams", str(port), token, str(STREAMS)]
    process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
