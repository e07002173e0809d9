"""Who follows a conversation is woken by it, and cannot take the service from others."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import ExitStack

import pytest

from clinic.conversations.followers import MOST_PER_ADDRESS, MOST_PER_CONVERSATION, Followers, TooManyFollowers


class Corpus:
    """What was said, and how often it was looked at."""

    def __init__(self) -> None:
        self.said: dict[str, object] = {"one": 1, "two": 1}
        self.looks = 0

    def stamps(self, asked: Iterable[str]) -> dict[str, object]:
        self.looks += 1
        return {name: self.said[name] for name in asked if name in self.said}


def test_a_message_heard_by_another_process_wakes_those_who_follow_it_and_no_others() -> None:
    async def followed() -> tuple[bool, bool]:
        corpus = Corpus()
        followers = Followers(corpus.stamps)
        with followers.follow("one", "a") as mine, followers.follow("two", "a") as other:
            await followers.look()
            corpus.said["one"] = 2
            await followers.look()
            return mine.is_set(), other.is_set()

    assert asyncio.run(followed()) == (True, False)


def test_an_erased_conversation_wakes_its_followers() -> None:
    async def followed() -> bool:
        corpus = Corpus()
        followers = Followers(corpus.stamps)
        with followers.follow("one", "a") as news:
            await followers.look()
            del corpus.said["one"]
            await followers.look()
            return news.is_set()

    assert asyncio.run(followed())


def test_many_streams_cost_one_look() -> None:
    async def followed() -> int:
        corpus = Corpus()
        followers = Followers(corpus.stamps)
        followers._begin_to_look = lambda: None  # type: ignore[method-assign]  # by hand, below
        with ExitStack() as stack:
            for number in range(100):
                stack.enter_context(followers.follow(f"conversation {number}", f"address {number}"))
            await followers.look()
        return corpus.looks

    assert asyncio.run(followed()) == 1


def test_one_visitor_cannot_hold_more_than_a_few_streams() -> None:
    async def followed() -> None:
        followers = Followers(Corpus().stamps)
        with ExitStack() as stack:
            for _ in range(MOST_PER_CONVERSATION):
                stack.enter_context(followers.follow("one", "a"))
            with pytest.raises(TooManyFollowers):
                stack.enter_context(followers.follow("one", "b"))
        with followers.follow("one", "a"):
            pass

    asyncio.run(followed())


def test_one_address_cannot_hold_more_than_its_share() -> None:
    async def followed() -> None:
        followers = Followers(Corpus().stamps)
        with ExitStack() as stack:
            for number in range(MOST_PER_ADDRESS):
                stack.enter_context(followers.follow(f"conversation {number}", "a"))
            with pytest.raises(TooManyFollowers):
                stack.enter_context(followers.follow("one more", "a"))
            stack.enter_context(followers.follow("one more", "b"))

    asyncio.run(followed())
