"""Visitors at a site while its parts break in turn."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence

import httpx

from bench.soak.faults import Fault, Struck, strike_in_turn
from bench.soak.figures import look_back, print_table
from bench.soak.groups import Site
from bench.soak.visitors import Visitor, opened

PATIENCE_SECONDS = 60.0
LOOK_SECONDS = 0.05
QUIET_SHARE = 0.12  # of the time before the first fault


class Delay:
    """How late this process is to its own appointments, on a machine that it shares with what it measures."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def watch(self) -> None:
        """Look all the time, until cancelled."""
        while True:
            due = time.monotonic() + LOOK_SECONDS
            await asyncio.sleep(LOOK_SECONDS)
            self.longest = max(self.longest, time.monotonic() - due)


async def soak(site: Site, visitors: int, seconds: float, faults: Sequence[Fault]) -> None:
    """Talk for so many seconds, the last minute of them in peace; prints the table."""
    began, struck, own = time.monotonic(), list[Struck](), Delay()
    async with opened(2 * visitors) as client:
        people = _people(client, site, visitors)
        patience = PATIENCE_SECONDS if seconds > 2 * PATIENCE_SECONDS else seconds / 2
        until = began + seconds
        watching = asyncio.create_task(own.watch())
        talking = [asyncio.create_task(one.visit(until - patience / 2, until)) for one in people]
        quiet = seconds * QUIET_SHARE
        await asyncio.sleep(quiet)
        await strike_in_turn(faults, seconds - quiet - patience, struck)
        await asyncio.gather(*talking)
        watching.cancel()
        kept = await look_back(people, site.tracker_url)
    print_table([message for one in people for message in one.sent], kept, struck)
    print(f"the trial itself was late by {own.longest:.2f} s at most: what is measured may be so much shorter")


def _people(client: httpx.AsyncClient, site: Site, count: int) -> list[Visitor]:
    addresses = [group.address for group in site.groups]
    return [Visitor(client, addresses, random.Random(number)) for number in range(count)]
