"""The engine is waited for as long as it was agreed, however it hangs."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest

from clinic.engine.client import EngineUnavailable, RasaEngine, UserMessage
from clinic.settings import Settings


async def _trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
    try:
        for _ in range(20):
            writer.write(b" ")
            await asyncio.sleep(0.1)
    finally:
        writer.close()


async def test_an_engine_that_answers_byte_by_byte_is_given_up_in_time(settings: Settings) -> None:
    server = await asyncio.start_server(_trickle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    engine = RasaEngine(replace(settings, engine=replace(settings.engine, port=port)))
    began = time.monotonic()
    with pytest.raises(EngineUnavailable):
        await engine.send(UserMessage("one", "1", "hello", {}), 0.5)
    assert time.monotonic() - began < 2
    await engine.close()
    server.close()
