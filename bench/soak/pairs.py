"""Two things said at once to two groups in one conversation: both must be kept."""

from __future__ import annotations

import asyncio
import random
import uuid

import httpx

from bench.soak.groups import SECRET, Site
from bench.soak.visitors import PROXY_SECONDS, opened
from clinic.engine.tracker_store import Tracker

AT_ONCE = 3
GAP_SECONDS = 0.05


async def race(site: Site, pairs: int) -> None:
    """A name to one group and an address to the other, at most GAP_SECONDS apart; prints how many were lost."""
    chance, gate = random.Random(1), asyncio.Semaphore(AT_ONCE)
    async with opened(4 * AT_ONCE) as client:

        async def one(number: int) -> tuple[str, int]:
            async with gate:
                return await _pair(client, site, number, chance.uniform(0, GAP_SECONDS))

        ended = await asyncio.gather(*(one(number) for number in range(pairs)))
    errors = sum(failed for _, failed in ended)
    lost = sum(_lost(Tracker(site.tracker_url)))
    print(f"racing pairs: {pairs}, slots lost {lost}, error replies {errors}", flush=True)


async def _pair(client: httpx.AsyncClient, site: Site, number: int, gap: float) -> tuple[str, int]:
    first, second = (site.groups[(number + step) % len(site.groups)].address for step in (0, 1))
    start = await client.post(f"{first}/api/conversations", json={}, headers={"X-Pointe-Operator": SECRET})
    token = start.json()["token"]
    failed = await _say(client, first, token, "I'd like to book an appointment")

    async def later() -> int:
        await asyncio.sleep(gap)
        return await _say(client, second, token, "anna@example.org")

    return token, failed + sum(await asyncio.gather(_say(client, first, token, "My name is Anna Smith"), later()))


async def _say(client: httpx.AsyncClient, address: str, token: str, text: str) -> int:
    headers = {"Authorization": f"Bearer {token}", "X-Pointe-Operator": SECRET}
    body = {"id": str(uuid.uuid4()), "text": text}
    answer = await client.post(f"{address}/api/messages", json=body, headers=headers, timeout=PROXY_SECONDS)
    return int(answer.status_code != 200 or any(one["kind"] == "error" for one in answer.json()["replies"]))


def _lost(tracker: Tracker) -> list[int]:
    """For each conversation that named somebody: how many of name and address are missing at its end."""
    rows = {conversation for _, conversation in tracker.heard_after(0, 10_000_000)}
    found = []
    for conversation in rows:
        events = tracker.events(conversation)
        if not any(one.get("event") == "user" and one.get("text") == "anna@example.org" for one in events):
            continue
        slots = {one["name"]: one["value"] for one in events if one.get("event") == "slot"}
        found.append((slots.get("name") != "Anna Smith") + (slots.get("email") != "anna@example.org"))
    return found
