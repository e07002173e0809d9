"""Messages of one conversation are answered one after another, in the order they came."""

from __future__ import annotations

import asyncio

import pytest

from clinic.conversations.lines import ConversationLines, LineTooLong


def test_turns_of_one_conversation_follow_one_another_in_order() -> None:
    done: list[tuple[str, int]] = []

    async def turn(lines: ConversationLines, number: int) -> None:
        async with lines.turn("one", 5):
            done.append(("begun", number))
            await asyncio.sleep(0)
            done.append(("ended", number))

    async def eight_at_once() -> int:
        lines = ConversationLines()
        await asyncio.gather(*(turn(lines, number) for number in range(8)))
        return len(lines)

    assert asyncio.run(eight_at_once()) == 0
    assert done == [(what, number) for number in range(8) for what in ("begun", "ended")]


def test_other_conversations_do_not_wait() -> None:
    async def both() -> None:
        lines = ConversationLines()
        async with lines.turn("one", 5), lines.turn("two", 0.5):
            pass

    asyncio.run(both())


def test_a_turn_that_waits_too_long_says_so_and_leaves_the_line() -> None:
    async def waited() -> int:
        lines = ConversationLines()
        async with lines.turn("one", 5):
            with pytest.raises(LineTooLong):
                async with lines.turn("one", 0.01):
                    pass
        async with lines.turn("one", 0.5):
            pass
        return len(lines)

    assert asyncio.run(waited()) == 0
