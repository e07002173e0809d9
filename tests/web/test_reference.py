from __future__ import annotations

import re

from fastapi.testclient import TestClient

from clinic.web.public.api_reference import kind_of


def test_the_reference_names_every_call_and_object_of_the_openapi_document(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    page = client.get("/docs").text
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert f"{method.upper()} {path}" in page
            assert operation["responses"]
    for name, schema in document["components"]["schemas"].items():
        assert f'id="{name}"' in page
        assert all(f"<code>{field}</code>" in page for field in schema.get("properties", {}))


def test_the_reference_needs_nothing_that_its_own_policy_forbids(client: TestClient) -> None:
    answer = client.get("/docs")
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert not re.search(r"<script|<style|style=|onclick=", answer.text)
    loaded = re.findall(r'<(?:link|img)[^>]*(?:href|src)="([^"]+)"', answer.text)
    assert loaded
    for address in loaded:
        assert address.startswith("/"), address
        assert client.get(address).status_code == 200


def test_no_page_is_made_by_a_script_from_elsewhere(client: TestClient) -> None:
    assert client.get("/redoc").status_code == 404
    assert client.get("/docs/oauth2-redirect").status_code == 404


def test_a_kind_is_told_in_a_word_or_two() -> None:
    assert kind_of({"type": "array", "items": {"$ref": "#/components/schemas/Source"}}) == "list of Source"
    assert kind_of({"enum": ["cancel", "keep"]}) == '"cancel" or "keep"'
    assert kind_of({"anyOf": [{"type": "string", "format": "uuid"}, {"type": "null"}]}) == "string uuid or null"
    assert kind_of({}) == "anything"
