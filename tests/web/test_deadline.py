"""Whatever is waited for, a visitor has an answer before five seconds are over, and twenty at once have one each."""

from __future__ import annotations

import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest
import uvicorn

from clinic.db import Base, open_sessions
from clinic.engine.client import EngineResponse, UserMessage
from clinic.migrations import tables
from clinic.settings import Settings
from clinic.web.app import Parts, create_app
from tests.web.conftest import FakeEngine

HEEL = "why does my heel hurt en pointe"
PROMISED = 5.0


@pytest.fixture
def opened() -> Iterator[threading.Event]:
    """Set, it lets go whatever hangs."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def web(settings: Settings, engine: FakeEngine) -> Iterator[Any]:
    """The web as it is served, on a port of its own; a test may make its parts hang."""
    tables.load_stores()
    sessions = open_sessions(settings.database_url)
    with sessions() as session:
        Base.metadata.create_all(session.get_bind())
    app = create_app(settings, Parts(engine, sessions))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    app.state.address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield app
    server.should_exit = True
    thread.join()


@contextmanager
def visitor(web: Any) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=web.state.address, timeout=20.0, trust_env=False) as client:
        client.headers["authorization"] = f"Bearer {client.post('/api/conversations', json={}).json()['token']}"
        yield client


def say(client: httpx.Client, words: str, message_id: str = "") -> tuple[httpx.Response, float]:
    """What came, and after how many seconds."""
    began = time.monotonic()
    answer = client.post("/api/messages", json={"id": message_id or str(uuid.uuid4()), "text": words})
    return answer, time.monotonic() - began


def hanging(work: Callable[..., Any], opened: threading.Event) -> Callable[..., Any]:
    def hang(*given: Any) -> Any:
        opened.wait(20)
        return work(*given)

    return hang


def typed(client: httpx.Client) -> list[str]:
    return [one["text"] for one in client.get("/api/messages").json()["messages"] if one["from"] == "visitor"]


def until(holds: Callable[[], bool]) -> None:
    for _ in range(150):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it never came")


def test_twenty_visitors_of_a_database_that_takes_nothing_each_have_an_apology_in_time_and_are_kept(
    web: Any, opened: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = web.state.reception.turns._store
    clients = [visitor(web) for _ in range(20)]
    people = [client.__enter__() for client in clients]
    monkeypatch.setattr(store, "claim", hanging(store.claim, opened))
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda one: say(one, HEEL), people))
    assert [answer.status_code for answer, _ in answers] == [200] * 20
    assert max(seconds for _, seconds in answers) < PROMISED
    opened.set()
    for one in people:
        until(lambda one=one: typed(one) == [HEEL])  # type: ignore[misc]
    for client in clients:
        client.__exit__(None, None, None)


def test_an_erasure_that_hangs_is_answered_in_time_and_goes_on(
    web: Any, engine: FakeEngine, opened: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def erased(utterance: UserMessage, seconds: float) -> EngineResponse:
        told = {"id": "1", "kind": "say", "text": "Gone.", "erased": {"reference": "E-1", "keep": False}}
        return EngineResponse((told,), {})

    erasure = web.state.reception.erasure
    monkeypatch.setattr(engine, "send", erased)
    monkeypatch.setattr(type(erasure), "carry_out", hanging(type(erasure).carry_out, opened))
    with visitor(web) as client:
        answer, seconds = say(client, "delete my data")
        assert (answer.status_code, seconds < PROMISED) == (503, True)
        began = time.monotonic()
        assert client.delete("/api/conversations").status_code == 503
        assert time.monotonic() - began < PROMISED
        opened.set()
        until(lambda: client.get("/api/messages").status_code == 401)


def test_counts_that_hang_hold_neither_the_message_nor_anybody_else(
    web: Any, opened: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = web.state.reception.limits
    with visitor(web) as client, ThreadPoolExecutor(1) as pool:
        elsewhere = type("Elsewhere", (), {"hit": hanging(lambda *_: True, opened), "storage": None})()
        monkeypatch.setattr(limits, "_limiter", elsewhere)
        saying = pool.submit(say, client, HEEL)
        time.sleep(0.1)
        began = time.monotonic()
        assert httpx.get(f"{web.state.address}/healthz", trust_env=False).status_code == 200
        assert time.monotonic() - began < 0.5
        answer, seconds = saying.result()
        assert (answer.json()["replies"][0]["kind"], seconds < PROMISED) == ("say", True)


def test_a_database_that_fails_in_the_middle_of_a_turn_gets_an_apology_and_the_message_is_taken_again_at_once(
    web: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    def gone() -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    turns, once = web.state.reception.turns, str(uuid.uuid4())
    with visitor(web) as client:
        with monkeypatch.context() as broken:
            broken.setattr(turns._turns, "_fixed", type("Fixed", (), {"switched_off": staticmethod(gone)})())
            answer, _ = say(client, HEEL, once)
            assert (answer.status_code, answer.json()["replies"][0]["kind"]) == (200, "error")
        answer, seconds = say(client, HEEL, once)
        assert (answer.json()["replies"][0]["kind"], seconds < 1) == ("say", True)


def test_a_message_whose_sender_has_gone_meanwhile_is_left_and_answered_when_it_comes_again(
    web: Any, engine: FakeEngine, opened: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, once = web.state.reception.store, str(uuid.uuid4())
    with visitor(web) as client:
        with monkeypatch.context() as hung:
            hung.setattr(store, "find", hanging(store.find, opened))
            with pytest.raises(httpx.ReadTimeout):
                client.post("/api/messages", json={"id": once, "text": HEEL}, timeout=0.3)
            opened.set()
            time.sleep(0.5)
        assert engine.heard == []
        answer, _ = say(client, HEEL, once)
        assert answer.json()["replies"][0]["kind"] == "say"
        assert typed(client) == [HEEL]


def test_in_a_crowd_too_large_an_emergency_goes_first_and_the_rest_has_an_answer_or_an_apology_in_time(
    web: Any, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def parse(texts: list[str]) -> list[dict[str, Any]]:
        flag = [{"entity": "red_flag", "value": "chest_pain"}]
        return [{"text": one, "entities": flag if "chest" in one else []} for one in texts]

    monkeypatch.setattr(engine, "parse", parse)
    engine.seconds = 0.6
    with ExitStack() as stack, ThreadPoolExecutor(100) as threads:
        people = [stack.enter_context(visitor(web)) for _ in range(90)]
        worried = stack.enter_context(visitor(web))
        waiting = [threads.submit(_timed, one, HEEL) for one in people]
        time.sleep(1.8)  # Eight turns take 0.6 s by now: the ninety would take seven seconds.
        told, seconds = _timed(worried, "my chest hurts")
        rest = [one.result() for one in waiting]
    assert told[0]["text"] == "You said: my chest hurts"
    assert seconds < 2.0
    assert all(seconds < PROMISED for _, seconds in rest)
    kinds = Counter(reply["kind"] for replies, _ in rest for reply in replies)
    assert kinds["say"] > 20
    assert kinds["error"] > 20


def _timed(client: httpx.Client, text: str) -> tuple[list[dict[str, Any]], float]:
    began = time.monotonic()
    answer = client.post("/api/messages", json={"id": str(uuid.uuid4()), "text": text})
    return answer.json()["replies"], time.monotonic() - began
