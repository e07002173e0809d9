"""How long and how many connections are held: a client that sends nothing, or half of something, is let go."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

KEEP_ALIVE_SECONDS = 15
MOST_HEADER_BYTES = 32_768
REQUEST_SECONDS = 15.0  # for the head and the body of a request to arrive in
MOST_FROM_ONE_ADDRESS = 250
_open: Counter[str] = Counter()
# A stream asked for again by who was refused one a moment ago. Hundreds at once would hold up everybody's messages if
# each were a request like others; the first refusal was one, and said when to come again.
_STREAM = re.compile(rb"GET /api/events HTTP/1\.1\r\n(?:.*\r\n)*?authorization: bearer ([!-~]+)\r\n", re.IGNORECASE)
_REFUSAL = b"HTTP/1.1 429 Too Many Requests\r\nretry-after: 30\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class PatientProtocol(HttpToolsProtocol):
    """uvicorn's protocol over llhttp, with an end to its patience, and to a request's head."""

    _timer: asyncio.TimerHandle | None = None
    _address = ""
    _head: int | None = 0  # bytes that came of a request's head; None behind its end

    def __init__(self, *given: Any, is_refused: Callable[[str], bool], **named: Any) -> None:
        super().__init__(*given, **named)
        self._is_refused = is_refused

    def connection_made(self, transport: Any) -> None:
        """Refuse one connection too many from an address; otherwise wait for a request, for a while."""
        peer = transport.get_extra_info("peername")
        self._address = str(peer[0]) if peer else ""
        _open[self._address] += 1
        super().connection_made(transport)
        if _open[self._address] > MOST_FROM_ONE_ADDRESS:
            transport.close()
            return
        self._timer = self.loop.call_later(REQUEST_SECONDS, self._give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Count it no longer."""
        _open[self._address] -= 1
        if _open[self._address] <= 0:
            del _open[self._address]
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what comes; once a request is whole nobody is hurried any more."""
        if (stream := _STREAM.match(data)) and self._is_refused(stream[1].decode("ascii")):
            self.transport.write(_REFUSAL)
            self.transport.close()
            return
        if self._head is not None:
            self._head += len(data)
        super().data_received(data)
        if self._head is not None and self._head > MOST_HEADER_BYTES:
            self.send_400_response("The head of the request is too long.")
        if self._timer and self.cycle is not None and not self.cycle.more_body:
            self._stop_waiting()

    def on_headers_complete(self) -> None:
        """The head is whole; one that is too long is refused though it came in one piece."""
        if sum(len(name) + len(value) for name, value in self.headers) + len(self.url) > MOST_HEADER_BYTES:
            raise ValueError("the head of the request is too long")  # llhttp gives it on: refused as invalid
        self._head = None
        self.scope["state"]["has_left"] = self.has_left
        super().on_headers_complete()

    def has_left(self) -> bool:
        """Whether whoever asked has gone; asked for each message, it costs nothing here."""
        return self.transport.is_closing() or (self.cycle is not None and self.cycle.disconnected)

    def on_message_complete(self) -> None:
        """What comes next is another request's head."""
        self._head = 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request on this connection, as long as a connection is kept alive."""
        self._stop_waiting()
        super().on_response_complete()

    def _give_up(self) -> None:
        if self.cycle is None or self.cycle.more_body:
            self.transport.close()

    def _stop_waiting(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
