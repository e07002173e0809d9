"""A message that comes again while it is answered, or after, is not heard a second time."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from engine.turns import Turns

SAID: dict[str, Any] = {"replies": [{"kind": "say"}]}


def test_the_same_message_twice_at_once_is_heard_once() -> None:
    heard = []

    async def turn() -> dict[str, Any]:
        heard.append(1)
        await asyncio.sleep(0)
        return SAID

    async def twice() -> list[dict[str, Any]]:
        turns = Turns()
        return list(await asyncio.gather(turns.take("a", turn), turns.take("a", turn)))

    assert asyncio.run(twice()) == [SAID, SAID]
    assert len(heard) == 1


@pytest.mark.parametrize("first", [{"replies": []}, {"replies": [{"kind": "error"}]}])
def test_a_message_that_got_no_answer_is_heard_again(first: dict[str, Any]) -> None:
    made = [first, SAID]

    async def turn() -> dict[str, Any]:
        return made.pop(0)

    async def again() -> dict[str, Any]:
        turns = Turns()
        await turns.take("a", turn)
        await asyncio.sleep(0)
        return await turns.take("a", turn)

    assert asyncio.run(again()) == SAID


def test_a_turn_goes_on_though_its_caller_has_left() -> None:
    async def turn() -> dict[str, Any]:
        await asyncio.sleep(0.01)
        return SAID

    async def leave_and_come_again() -> dict[str, Any]:
        turns = Turns()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(turns.take("a", turn)), 0.001)
        return await turns.take("a", turn)

    assert asyncio.run(leave_and_come_again()) == SAID
