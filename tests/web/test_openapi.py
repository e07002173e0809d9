from __future__ import annotations

from collections.abc import Callable
from typing import Any

import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from clinic.settings import Settings

CHECKS = [not_a_server_error, response_schema_conformance, status_code_conformance]


def test_whatever_is_sent_the_api_answers_as_its_schema_says(
    open_app: Callable[[Settings], TestClient], settings: Settings
) -> None:
    client = open_app(settings)
    schema = schemathesis.openapi.from_asgi("/openapi.json", client.app)
    asked = []
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]
        # The stream of events does not end by itself; it has tests of its own.
        if operation.path != "/api/events":
            asked.append(f"{operation.method} {operation.path}")
            _ask(operation, client)
    assert len(asked) >= 7


def _ask(operation: schemathesis.schemas.APIOperation[Any, Any, Any, Any], client: TestClient) -> None:
    @seed(7)
    @settings(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def ask(case: schemathesis.Case[Any]) -> None:
        token = client.post("/api/conversations", json={}).json()["token"]
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)

    ask()
