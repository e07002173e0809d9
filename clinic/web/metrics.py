"""What an operator watches, for Prometheus: on a port of its own, on loopback unless set; no word of a visitor's."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from clinic.engine.prediction import ReplyJson

SECONDS = (0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0)


class Metrics:
    """Counts of one web process. Make one for each app; `serve` shows it."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._turns = Histogram(
            "pointe_turn_seconds", "From a message to its replies", buckets=SECONDS, registry=self.registry
        )
        self._replies = Counter("pointe_replies", "Replies, by kind", ["kind"], registry=self.registry)
        self._under_way = Gauge("pointe_turns_under_way", "Messages being answered", registry=self.registry)
        self._refused = Counter("pointe_refused", "Requests refused, by status", ["status"], registry=self.registry)
        self._ready = Gauge("pointe_ready", "1 when a visitor would be answered", registry=self.registry)
        self._streams = Gauge("pointe_event_streams", "Open event streams", registry=self.registry)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Time a message, also one that fails."""
        began = time.perf_counter()
        self._under_way.inc()
        try:
            yield
        finally:
            self._under_way.dec()
            self._turns.observe(time.perf_counter() - began)

    def count(self, replies: Iterable[ReplyJson]) -> None:
        """Count the replies of a turn by their kinds."""
        for reply in replies:
            self._replies.labels(str(reply.get("kind"))).inc()

    def refuse(self, status: int) -> None:
        """Count a request that was refused."""
        self._refused.labels(str(status)).inc()

    def watch(self, ready: int, streams: int) -> None:
        """Take over what is looked at from time to time."""
        self._ready.set(ready)
        self._streams.set(streams)

    def serve(self, host: str, port: int) -> None:
        """Show `/metrics` there, from a thread of its own."""
        start_http_server(port, addr=host, registry=self.registry)
