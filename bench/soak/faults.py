"""What is done to the parts, one after the other."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from bench.soak.groups import PARTS, Group, Site
from bench.soak.stores import Store, send

HUNG_SECONDS = 12.0
GONE_SECONDS = 6.0


@dataclass(frozen=True)
class Fault:
    """Something breaks, and after `seconds` is mended where it does not mend itself.

    `silences` is the address of the group whose web itself hangs: nobody can answer there until it is mended.
    """

    name: str
    strike: Callable[[], None]
    mend: Callable[[], None] | None = None
    seconds: float = HUNG_SECONDS
    silences: str = ""


@dataclass
class Struck:
    """A fault that happened: when it began and was mended, by the monotonic clock, and whose web hung meanwhile."""

    name: str
    at: float
    silenced: str = ""
    until: float = 0.0


def faults_of(site: Site) -> list[Fault]:
    """Each part killed and hung, the groups taking turns; each store; a whole group."""
    found: list[Fault] = []
    for number, name in enumerate(PARTS):
        killed, hung = site.groups[number % len(site.groups)], site.groups[(number + 1) % len(site.groups)]
        found += [_kill_part(killed, name), _hang_part(hung, name)]
    for label, store in (("PostgreSQL", site.postgres), ("Redis", site.redis)):
        if store is not None:
            found += _break_store(label, store)
    last = site.groups[-1]
    found.append(Fault(f"group {last.name} killed", last.kill, last.start))
    if len(site.groups) > 1:
        first = site.groups[0]
        hang, go_on = (partial(_signal_group, first, number) for number in (signal.SIGSTOP, signal.SIGCONT))
        found.append(Fault(f"group {first.name} hung", hang, go_on, silences=first.address))
    return found


async def strike_in_turn(faults: Sequence[Fault], seconds: float, struck: list[Struck]) -> None:
    """All faults spread evenly over so many seconds; what happened is noted in `struck`."""
    began, step = time.monotonic(), seconds / max(1, len(faults))
    for number, fault in enumerate(faults):
        await asyncio.sleep(max(0.0, began + step * number - time.monotonic()))
        struck.append(Struck(fault.name, time.monotonic(), fault.silences))
        await asyncio.to_thread(fault.strike)
        if fault.mend is not None:
            await asyncio.sleep(min(fault.seconds, step * 0.6))
            await asyncio.to_thread(fault.mend)
            struck[-1].until = time.monotonic()


def _kill_part(group: Group, name: str) -> Fault:
    return Fault(f"{name} {group.name} killed", lambda: send(group.part(name), signal.SIGKILL))


def _hang_part(group: Group, name: str) -> Fault:
    stopped: list[int] = []

    def hang() -> None:
        stopped[:] = group.part(name)
        send(stopped, signal.SIGSTOP)

    silences = group.address if name == "web" else ""
    return Fault(f"{name} {group.name} hung", hang, lambda: send(stopped, signal.SIGCONT), silences=silences)


def _break_store(label: str, store: Store) -> list[Fault]:
    return [
        Fault(f"{label} killed", store.kill, store.start, GONE_SECONDS),
        Fault(f"{label} hung", lambda: store.signal(signal.SIGSTOP), lambda: store.signal(signal.SIGCONT)),
    ]


def _signal_group(group: Group, number: signal.Signals) -> None:
    for name in PARTS:
        send(group.part(name), number)
