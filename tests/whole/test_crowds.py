"""Twenty visitors at once, on PostgreSQL and Redis: each is answered in time whatever hangs or dies, none is lost."""

from __future__ import annotations

import os
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from bench.processes import BenchFailed
from bench.soak.stores import Postgres, Redis, Store, addresses_of
from tests.whole.conftest import ROOT, Whole, running

CROWD = 20
PROMISED = 5.0
QUESTION = "what is posterior ankle impingement"
PARTS = {"engine": "-m engine run", "actions": "-m actions"}


@dataclass
class Site:
    """An assistant and what it keeps everything in."""

    whole: Whole
    stores: dict[str, Store]

    def hang(self, part: str, number: signal.Signals) -> None:
        """Stop a part, or let it go on."""
        if part in self.stores:
            self.stores[part].signal(number)
        else:
            os.killpg(self.whole.part(PARTS[part]), number)

    def kill(self, part: str) -> Callable[[], None]:
        """Kill a part; returns what starts it again, where nobody else does."""
        if part in self.stores:
            self.stores[part].kill()
            return self.stores[part].start
        os.killpg(self.whole.part(PARTS[part]), signal.SIGKILL)
        return lambda: None


@dataclass
class Visitor:
    """One of the crowd, who sends the same message under its id until it is answered."""

    client: httpx.Client
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    slowest: float = 0.0

    def say(self) -> bool:
        """Whether it was answered."""
        began = time.monotonic()
        answer = self.client.post("/api/messages", json={"id": self.id, "text": QUESTION})
        self.slowest = max(self.slowest, time.monotonic() - began)
        return answer.status_code == 200 and all(one["kind"] != "error" for one in answer.json()["replies"])

    def ask_until_answered(self) -> None:
        until = time.monotonic() + 120
        while not self.say():
            assert time.monotonic() < until, "it was never answered"
            time.sleep(2)

    def typed(self) -> list[str]:
        said = self.client.get("/api/messages").json()["messages"]
        return [one["text"] for one in said if one["from"] == "visitor"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    # Not pytest's: PostgreSQL does not run as root, and any other run of pytest closes those folders to it.
    with TemporaryDirectory(prefix="stores-") as folder:
        Path(folder).chmod(0o755)
        yield from _site(Path(folder), tmp_path_factory)


def _site(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    try:
        postgres, redis = Postgres(folder / "postgres"), Redis(folder / "redis")
        postgres.start()
        redis.start()
    except BenchFailed as missing:
        pytest.skip(str(missing))
    try:
        with running(ROOT, tmp_path_factory, addresses_of(postgres, redis)) as whole:
            yield Site(whole, {"PostgreSQL": postgres, "Redis": redis})
    finally:
        postgres.kill()
        redis.kill()


@contextmanager
def crowd(site: Site) -> Iterator[list[Visitor]]:
    with ExitStack() as stack:
        yield [Visitor(stack.enter_context(site.whole.client())) for _ in range(CROWD)]


def ask_together(people: list[Visitor], ask: Callable[[Visitor], object]) -> None:
    with ThreadPoolExecutor(CROWD) as pool:
        list(pool.map(ask, people))


def check_in_the_end(people: list[Visitor]) -> None:
    assert max(one.slowest for one in people) < PROMISED
    ask_together(people, Visitor.ask_until_answered)
    assert [one.typed() for one in people] == [[QUESTION]] * CROWD


@pytest.mark.parametrize("part", ["engine", "actions", "PostgreSQL", "Redis"])
def test_while_a_part_hangs_every_visitor_of_a_crowd_has_an_answer_in_time(site: Site, part: str) -> None:
    with crowd(site) as people:
        site.hang(part, signal.SIGSTOP)
        try:
            ask_together(people, Visitor.say)
            ask_together(people, Visitor.say)
        finally:
            site.hang(part, signal.SIGCONT)
        check_in_the_end(people)


@pytest.mark.parametrize("part", ["engine", "actions", "PostgreSQL", "Redis"])
def test_when_a_part_dies_every_visitor_of_a_crowd_has_an_answer_in_time(site: Site, part: str) -> None:
    with crowd(site) as people:
        start_again = site.kill(part)
        try:
            ask_together(people, Visitor.say)
        finally:
            start_again()
        check_in_the_end(people)
