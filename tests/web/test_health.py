"""`/readyz` says 200 only when a visitor would be answered, and names what is missing."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import Any

from clinic.runtime.parts import has_room, is_listening
from clinic.web.health import Readiness


def look(checks: dict[str, Any], probe: bool = True) -> tuple[str, ...]:
    async def tried() -> bool:
        return probe

    return asyncio.run(Readiness(checks, tried).look())


def test_nothing_is_missing_when_every_part_is_there_and_a_turn_goes_through() -> None:
    assert look({"database": lambda: True, "actions": lambda: True}) == ()


def test_a_missing_part_is_named() -> None:
    assert look({"database": lambda: True, "actions": lambda: False}) == ("actions",)


def test_parts_that_are_there_but_give_no_answer_are_not_ready() -> None:
    assert look({"database": lambda: True, "actions": lambda: True}, probe=False) == ("engine",)


def test_a_turn_is_not_tried_again_at_every_look() -> None:
    tried = []

    async def probe() -> bool:
        tried.append(True)
        return True

    async def looked() -> None:
        readiness = Readiness({"database": lambda: True}, probe)
        for _ in range(3):
            await readiness.look()

    asyncio.run(looked())
    assert len(tried) == 1


def test_a_turn_is_tried_again_after_a_part_was_missing() -> None:
    tried, there = [], [True, False, True]

    async def probe() -> bool:
        tried.append(True)
        return True

    async def looked() -> tuple[str, ...]:
        readiness = Readiness({"actions": lambda: there.pop(0)}, probe)
        for _ in range(3):
            last = await readiness.look()
        return last

    assert asyncio.run(looked()) == ()
    assert len(tried) == 2


def test_before_anything_was_looked_at_nobody_is_told_that_all_is_well() -> None:
    async def probe() -> bool:
        return True

    assert Readiness({}, probe).missing


def test_a_port_where_nobody_listens_is_known() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        assert not is_listening(port)
        listening.listen()
        assert is_listening(port)


def test_a_disk_without_room_is_known(tmp_path: Path) -> None:
    assert has_room(tmp_path, least=1)
    assert not has_room(tmp_path, least=10**18)
    assert not has_room(tmp_path / "gone", least=1)
