"""One visitor's hundreds of event streams, and a crowd that goes away: what others notice of it."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import suppress

import httpx

from bench.soak.groups import SECRET, Site
from bench.soak.visitors import TALK, Visitor, opened
from bench.table import quantile

STREAMS, ASKED = 500, 60
CROWD, CROWD_SECONDS = 150, 25.0
NORMAL_SECONDS, PATIENCE_SECONDS = 1.0, 60.0


async def hold_streams(site: Site) -> None:
    """Others' p95 while one visitor holds and asks for STREAMS event streams, to the same before; prints both."""
    address = site.groups[0].address
    # The others come from another address: each has a share of the connections.
    async with opened(STREAMS + 20) as client, opened(20, "127.0.0.2") as others:
        quiet = await _ask(others, address)
        begun = await client.post(f"{address}/api/conversations", json={}, headers={"X-Pointe-Operator": SECRET})
        token = begun.json()["token"]
        refused: list[int] = []
        holding = [asyncio.create_task(_stream(client, address, token, refused)) for _ in range(STREAMS)]
        await asyncio.sleep(3)
        beside = await _ask(others, address)
        for task in holding:
            task.cancel()
        await asyncio.gather(*holding, return_exceptions=True)
    print(
        f"{STREAMS} event streams of one visitor: others' POST p95 {beside * 1000:.0f} ms, quiet {quiet * 1000:.0f} ms "
        f"({beside / quiet:.2f}×); refused {len(refused)} times",
        flush=True,
    )


async def overload(site: Site) -> None:
    """A crowd that does not think, then nobody: how long until replies are normal again; prints it."""
    addresses = [group.address for group in site.groups]
    async with opened(2 * CROWD) as client:
        until = time.monotonic() + CROWD_SECONDS
        crowd = [Visitor(client, addresses, random.Random(number)) for number in range(CROWD)]
        await asyncio.gather(*(_chatter(one, until) for one in crowd))
        fell = time.monotonic()
        posts = [post for one in crowd for message in one.sent for post in message.posts]
        waited = await _until_normal(Visitor(client, addresses, random.Random(0)), fell)
    answered = sum(not post.error for post in posts)
    slow = sum(post.seconds > 5 for post in posts)
    print(
        f"overload: {CROWD} visitors without a pause for {CROWD_SECONDS:.0f} s, {len(posts)} POSTs, "
        f"{answered} answered, {slow} over 5 s; normal again after {waited:.1f} s",
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
    for number in range(3):
        visitor = Visitor(client, [address], random.Random(number))
        await visitor.begin()
        for place in range(ASKED // 3):
            said = await visitor.say(TALK[place % len(TALK)], time.monotonic() + 10)
            taken.append(said.posts[0].seconds)
            await asyncio.sleep(0.1)
    return quantile(taken, 0.95)


async def _stream(client: httpx.AsyncClient, address: str, token: str, refused: list[int]) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    while True:
        with suppress(httpx.HTTPError):
            async with client.stream("GET", f"{address}/api/events", headers=headers, timeout=400) as answer:
                if answer.status_code == 200:
                    async for _ in answer.aiter_lines():
                        pass
                refused.append(answer.status_code)
        await asyncio.sleep(2)
