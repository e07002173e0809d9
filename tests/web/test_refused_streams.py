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
