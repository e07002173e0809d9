"""Who is refused a stream again is turned away before anything is done for the request, and nobody else is."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from functools import partial

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request

from clinic.web.connections import PatientProtocol


@pytest.fixture
def asked() -> list[str]:
    """What reached the application."""
    return []


@pytest.fixture
def web(asked: list[str]) -> Iterator[httpx.Client]:
    app = FastAPI()

    @app.api_route("/api/{rest:path}", methods=["GET", "POST"])
    async def hear(request: Request, rest: str) -> str:
        asked.append(f"{request.method} {rest} {request.headers.get('authorization')}")
        return "heard"

    protocol = partial(PatientProtocol, is_refused=lambda token: token == "abuser")
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, http=protocol))  # type: ignore[arg-type]
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        yield client
    server.should_exit = True
    thread.join()


def test_only_the_stream_of_the_refused_is_turned_away(web: httpx.Client, asked: list[str]) -> None:
    abuser, other = {"authorization": "Bearer abuser"}, {"Authorization": "bearer somebody"}
    refused = web.get("/api/events", headers=abuser)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "30")
    assert not asked
    assert web.get("/api/events", headers=other).status_code == 200
    assert web.post("/api/messages", headers=abuser).status_code == 200
    assert web.get("/api/events").status_code == 200
    assert len(asked) == 3


def test_hundreds_of_refusals_at_once_hold_nobody_up(web: httpx.Client) -> None:
    async def crowd() -> list[bytes]:
        async def one() -> bytes:
            reader, writer = await asyncio.open_connection("127.0.0.1", web.base_url.port)
            writer.write(b"GET /api/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer abuser\r\n\r\n")
            told = await reader.read()
            writer.close()
            return told

        return await asyncio.gather(*(one() for _ in range(200)))

    told = asyncio.run(crowd())
    assert all(one.startswith(b"HTTP/1.1 429 ") for one in told)
    assert web.get("/api/anything").json() == "heard"


def send(web: httpx.Client, *pieces: bytes) -> bytes:
    """What a client gets that sends these pieces one after the other."""

    async def talk() -> bytes:
        reader, writer = await asyncio.open_connection(web.base_url.host, web.base_url.port)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.05)
        answer = await asyncio.wait_for(reader.read(400), 5)
        writer.close()
        return answer

    return asyncio.run(talk())


LONG = b"x: " + b"y" * 40_000 + b"\r\n"


@pytest.mark.parametrize(
    "pieces",
    [
        (b"GET /api/a HTTP/1.1\r\nhost: x\r\n" + LONG + b"\r\n",),
        (b"GET /api/a HTTP/1.1\r\nhost: x\r\n", b"x: " + b"y" * 20_000, b"z" * 20_000),
        (b"GET /api/" + b"a" * 40_000 + b" HTTP/1.1\r\nhost: x\r\n\r\n",),
    ],
)
def test_a_head_without_end_is_refused_and_others_are_served(
    web: httpx.Client, asked: list[str], pieces: tuple[bytes, ...]
) -> None:
    assert send(web, *pieces).startswith(b"HTTP/1.1 400")
    assert not asked
    assert web.get("/api/events").status_code == 200


def test_two_requests_in_one_piece_and_a_body_in_several_are_heard(web: httpx.Client, asked: list[str]) -> None:
    one = b"GET /api/a HTTP/1.1\r\nhost: x\r\n\r\n"
    assert send(web, one + one).count(b"200 OK") >= 1
    begun = b"POST /api/b HTTP/1.1\r\nhost: x\r\ncontent-length: 60000\r\n\r\n"
    assert b"200 OK" in send(web, begun, b"a" * 40_000, b"b" * 20_000)
    assert [line.split(" None")[0] for line in asked] == ["GET a", "GET a", "POST b"]
