"""What an operator watches says how many were answered and how, and nothing of what was said."""

from __future__ import annotations

from fastapi.testclient import TestClient
from prometheus_client import generate_latest

from tests.web.conftest import FakeEngine, Visitor


def shown(client: TestClient) -> str:
    return generate_latest(client.app.state.reception.metrics.registry).decode()  # type: ignore[attr-defined]


def test_turns_are_timed_and_their_replies_counted_by_kind(
    client: TestClient, visitor: Visitor, engine: FakeEngine
) -> None:
    visitor.say("why does my heel hurt")
    engine.gone = True
    visitor.say("and en pointe")
    assert "pointe_turn_seconds_count 2.0" in shown(client)
    assert 'pointe_replies_total{kind="say"} 1.0' in shown(client)
    assert 'pointe_replies_total{kind="error"} 1.0' in shown(client)
    assert "pointe_turns_under_way 0.0" in shown(client)


def test_no_word_of_a_visitor_is_shown(client: TestClient, visitor: Visitor) -> None:
    visitor.say("okapinumbat")
    assert "okapinumbat" not in shown(client)


def test_metrics_are_not_on_the_public_address(client: TestClient) -> None:
    assert client.get("/metrics").status_code == 404
