"""What the long trial counts: a message is sent under its own id until it is answered, and looked for afterwards."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench.soak import visitors
from bench.soak.faults import Struck
from bench.soak.figures import Kept, look_back, print_table
from bench.soak.visitors import Post, Sent, Visitor


class FakeSite:
    """Answers a message at its second attempt, and forgets whichever words it is told to."""

    def __init__(self, forgets: str = "") -> None:
        self.heard: list[dict[str, Any]] = []
        self._forgets = forgets

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/conversations":
            return httpx.Response(201, json={"token": "t"})
        if request.method == "GET":
            kept = {one["id"]: one for one in self.heard if one["text"] != self._forgets}
            return httpx.Response(200, json={"messages": [{**one, "from": "visitor"} for one in kept.values()]})
        self.heard.append(json.loads(request.content))
        tries = sum(one["id"] == self.heard[-1]["id"] for one in self.heard)
        kind = "error" if tries == 1 else "say"
        return httpx.Response(200, json={"replies": [{"id": "r", "kind": kind}]})


async def _visit(site: FakeSite, words: str) -> tuple[Visitor, Sent]:
    client = httpx.AsyncClient(transport=httpx.MockTransport(site))
    visitor = Visitor(client, ["http://one.example.org", "http://two.example.org"], random.Random(1))
    assert await visitor.begin()
    return visitor, await visitor.say(words, time.monotonic() + 5)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitors, "AGAIN_SECONDS", (0.0, 0.0))


async def test_a_message_is_sent_again_under_its_own_id_until_it_is_answered() -> None:
    site = FakeSite()
    _, message = await _visit(site, "hello")
    assert [post.error for post in message.posts] == [True, False]
    assert {one["id"] for one in site.heard} == {message.id}
    assert message.replies


async def test_what_was_acknowledged_and_is_not_in_the_history_counts_as_lost(tmp_path: Path) -> None:
    tracker = f"sqlite:///{tmp_path / 'tracker.db'}"
    kept, _ = await _visit(FakeSite(), "hello")
    lost, _ = await _visit(FakeSite(forgets="hello"), "hello")
    assert (await look_back([kept], tracker)).lost == 0
    assert (await look_back([kept, lost], tracker)).lost == 1


def test_a_late_answer_counts_unless_the_web_that_gave_it_hung_itself(capsys: pytest.CaptureFixture[str]) -> None:
    hung = [Struck("web A hung", at=10.0, silenced="http://a", until=22.0)]
    there, elsewhere = (Sent("1", "hello", [Post(15.0, 7.0, 200, address=one)]) for one in ("http://a", "http://b"))
    print_table([there, elsewhere], Kept(0, 0, 0, 0), hung)
    table = capsys.readouterr().out
    assert re.search(r"answered after more than 5 s +1\n", table)
    assert re.search(r"of a web that itself hung +1\n", table)


async def test_visitors_come_from_the_address_that_they_are_told() -> None:
    seen: list[str] = []

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(writer.get_extra_info("peername")[0])
        writer.write(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(hear, "127.0.0.1", 0) as server, visitors.opened(1, "127.0.0.2") as client:
        await client.get(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
    assert seen == ["127.0.0.2"]
