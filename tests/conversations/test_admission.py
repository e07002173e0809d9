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


def test_turns_that_take_long_are_fewer_at_once_and_more_again_when_they_are_quick() -> None:
    at_once: list[int] = []

    async def turn(admission: Admission, inside: set[object], seconds: float) -> None:
        async with admission.turn(60):
            inside.add(mark := object())
            at_once.append(len(inside))
            await asyncio.sleep(seconds)
            inside.remove(mark)

    async def crowd(admission: Admission, count: int, seconds: float) -> int:
        at_once.clear()
        inside = set[object]()
        await asyncio.gather(*(turn(admission, inside, seconds) for _ in range(count)))
        return max(at_once[count // 2 :])

    async def slow_then_quick() -> tuple[int, int]:
        admission = Admission(at_once=8)
        return await crowd(admission, 24, 0.03), await crowd(admission, 80, 0.001)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("clinic.conversations.admission.SLOW_SECONDS", 0.02)
        slow, quick = asyncio.run(slow_then_quick())
    assert slow <= 4
    assert quick == 8


def test_a_turn_that_could_not_end_in_time_is_not_begun() -> None:
    begun: list[str] = []

    async def talk(admission: Admission, name: str, patience: float) -> None:
        async with admission.turn(patience):
            begun.append(name)
            await asyncio.sleep(0.05)

    async def crowd() -> None:
        admission = Admission(at_once=1)
        await asyncio.gather(*(talk(admission, "before", 60) for _ in range(20)))
        # The place is free in time, but not for long enough.
        await asyncio.gather(talk(admission, "first", 60), talk(admission, "late", 0.07), return_exceptions=True)

    asyncio.run(crowd())
    assert "first" in begun
    assert "late" not in begun


def test_who_leaves_while_waiting_takes_no_place() -> None:
    async def left() -> None:
        admission = Admission(at_once=1)
        async with admission.turn(1):
            waiting = asyncio.create_task(_turn(admission))
            await asyncio.sleep(0.01)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        async with admission.turn(0.0):
            pass

    asyncio.run(left())


async def _turn(admission: Admission) -> None:
    async with admission.turn(60):
        pass
