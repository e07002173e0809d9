"""Messages of one conversation wait for one another by milliseconds."""

from __future__ import annotations

import asyncio

from engine.lock_store import PromptLockStore


def test_messages_of_one_conversation_are_answered_one_after_another_in_order() -> None:
    done: list[tuple[str, int]] = []
    store = PromptLockStore()

    async def turn(number: int) -> None:
        async with store.lock("one"):
            done.append(("begun", number))
            await asyncio.sleep(0.001)
            done.append(("ended", number))

    async def all_at_once() -> None:
        await asyncio.wait_for(asyncio.gather(*(turn(number) for number in range(8))), 5)

    asyncio.run(all_at_once())
    assert done == [(what, number) for number in range(8) for what in ("begun", "ended")]
