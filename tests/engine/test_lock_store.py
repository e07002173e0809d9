"""Messages of one conversation wait for one another by milliseconds."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator

import pytest
from rasa.utils.endpoints import EndpointConfig

from engine import lock_store
from engine.lock_store import PromptLockStore, RedisLocks
from tests.databases.conftest import redis

__all__ = ["redis"]


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


@pytest.fixture(params=["gone", "hung"])
def redis_port(request: pytest.FixtureRequest) -> Iterator[int]:
    """A port where nobody listens, or where somebody accepts and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = int(server.getsockname()[1])
        if request.param == "hung":
            yield port
            return
    yield port


def test_turns_go_on_where_redis_is_gone_or_hangs(redis_port: int) -> None:
    store = RedisLocks(EndpointConfig("127.0.0.1", port=redis_port, socket_timeout=0.2))
    done: list[int] = []

    async def turns() -> None:
        for number in range(20):
            async with store.lock("one"):
                done.append(number)

    began = time.monotonic()
    asyncio.run(turns())
    assert done == list(range(20))
    assert time.monotonic() - began < 2


def test_the_lock_of_an_engine_that_was_killed_ends_by_itself(redis: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_store, "HELD_SECONDS", 0.5)
    port = int(redis.rsplit(":", 1)[1])

    async def killed() -> None:
        held = RedisLocks(EndpointConfig("127.0.0.1", port=port)).lock("one")
        await held.__aenter__()  # and never left

    async def other() -> None:
        async with RedisLocks(EndpointConfig("127.0.0.1", port=port)).lock("one"):
            pass

    asyncio.run(killed())
    began = time.monotonic()
    asyncio.run(other())
    assert 0.2 < time.monotonic() - began < 3


def test_two_engines_take_turns(redis: str) -> None:
    one, two = (RedisLocks(EndpointConfig("127.0.0.1", port=int(redis.rsplit(":", 1)[1]))) for _ in range(2))
    inside: list[int] = []
    most: list[int] = []

    async def turn(store: RedisLocks) -> None:
        async with store.lock("two"):
            inside.append(1)
            most.append(len(inside))
            await asyncio.sleep(0.01)
            inside.pop()

    async def all_at_once() -> None:
        await asyncio.gather(*(turn(store) for store in (one, two) * 5))

    asyncio.run(all_at_once())
    assert most == [1] * 10
