"""A crowd gets as many answers as can be given; who would wait in vain is told at once, and it ends with the crowd."""

from __future__ import annotations

import asyncio
import time

import pytest

from clinic.conversations.admission import Admission, TooBusy

TURN_SECONDS = 0.02


def test_no_more_than_so_many_turns_at_once_and_in_the_order_they_came() -> None:
    begun: list[int] = []
    at_once: list[int] = []

    async def turn(admission: Admission, number: int, inside: set[int]) -> None:
        async with admission.turn(5):
            begun.append(number)
            inside.add(number)
            at_once.append(len(inside))
            await asyncio.sleep(0.001)
            inside.remove(number)

    async def many() -> None:
        admission, inside = Admission(at_once=3), set[int]()
        await asyncio.gather(*(turn(admission, number, inside) for number in range(12)))

    asyncio.run(many())
    assert begun == list(range(12))
    assert max(at_once) == 3


def test_a_crowd_is_answered_at_full_pace_and_the_rest_is_told_early() -> None:
    async def talk(admission: Admission, patience: float) -> tuple[bool, float]:
        began = time.monotonic()
        try:
            async with admission.turn(patience):
                await asyncio.sleep(TURN_SECONDS)
        except TooBusy:
            return False, time.monotonic() - began
        return True, time.monotonic() - began

    async def crowd() -> list[tuple[bool, float]]:
        admission = Admission(at_once=1)
        # The pace is learned on turns that wait for one another.
        await asyncio.gather(*(talk(admission, 60) for _ in range(20)))
        return await asyncio.gather(*(talk(admission, 10 * TURN_SECONDS) for _ in range(100)))

    told = asyncio.run(crowd())
    served = [seconds for answered, seconds in told if answered]
    refused = [seconds for answered, seconds in told if not answered]
    assert 2 <= len(served) <= 15
    assert sum(seconds < TURN_SECONDS for seconds in refused) > 80


def test_after_a_crowd_a_turn_is_taken_at_once() -> None:
    async def turn() -> None:
        admission = Admission(at_once=1)

        async def slow() -> None:
            async with admission.turn(0.05):
                await asyncio.sleep(0.2)

        await asyncio.gather(*(slow() for _ in range(5)), return_exceptions=True)
        async with admission.turn(0.0):
            pass

    asyncio.run(turn())


def test_who_waits_too_long_is_told_and_takes_no_place() -> None:
    async def waited() -> None:
        admission = Admission(at_once=1)
        async with admission.turn(1):
            with pytest.raises(TooBusy):
                async with admission.turn(0.06):
                    pass
        async with admission.turn(0.5):
            pass

    asyncio.run(waited())
