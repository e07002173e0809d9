"""What the widget reads and sends is what the API's OpenAPI schema says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from clinic.settings import Settings
from tests.web.conftest import FakeEngine, client, engine, open_app, settings

__all__ = ["FakeEngine", "Settings", "client", "engine", "open_app", "settings"]

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "widget" / "src"
FIELD = re.compile(r"(\w+)(\??):\s*([^;]+);")
# Fields of single kinds of reply travel beside the common ones: the schema leaves them open, the contract names them.
COMMON = {"id", "kind", "text", "sources", "buttons"}


def interface(name: str, file: str = "reply.ts") -> dict[str, tuple[str, bool]]:
    """Field → (TypeScript type, whether it may be missing) of an exported interface."""
    source = re.sub(r"/\*\*.*?\*/", "", (SOURCES / file).read_text(), flags=re.DOTALL)
    found = re.search(rf"export interface {name} {{(.*?)\n?}}\n", source, re.DOTALL)
    assert found, f"{file} declares no interface {name}"
    body = found.group(1).rstrip()
    # A nested object ends in a brace of its own.
    return {field: (kind, bool(optional)) for field, optional, kind in FIELD.findall(flat(body + ";"))}


def flat(body: str) -> str:
    return re.sub(r"{[^}]*}", "object", body)


@pytest.fixture
def schemas(client: TestClient) -> dict[str, Any]:
    """The schemas of the API as the built application publishes them."""
    published = client.app.openapi()  # type: ignore[attr-defined]
    return dict(published["components"]["schemas"])


def type_of(schema: dict[str, Any]) -> str:
    """The TypeScript type of a JSON schema, as far as the widget's types tell."""
    if "anyOf" in schema:
        return type_of(next(each for each in schema["anyOf"] if each.get("type") != "null"))
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1].removesuffix("Out").removesuffix("In")
    if schema["type"] == "array":
        return f"{type_of(schema['items'])}[]"
    return str(schema["type"])


def fields_of(schema: dict[str, Any]) -> dict[str, str]:
    return {name: type_of(each) for name, each in schema["properties"].items()}


def test_the_kinds_of_reply_are_the_same(schemas: dict[str, Any]) -> None:
    declared = re.search(r"KINDS = \[(.*?)\] as const", (SOURCES / "reply.ts").read_text(), re.DOTALL)
    assert declared
    kinds = re.findall(r'"(\w+)"', declared.group(1))
    assert kinds == schemas["ReplyOut"]["properties"]["kind"]["enum"]


@pytest.mark.parametrize(
    ("name", "schema", "file"),
    [("Source", "SourceOut", "reply.ts"), ("Button", "ButtonOut", "reply.ts"), ("Page", "PageIn", "api.ts")],
)
def test_fields_and_their_types_are_the_same(schemas: dict[str, Any], name: str, schema: str, file: str) -> None:
    declared = {field: kind for field, (kind, _) in interface(name, file).items()}
    assert declared == fields_of(schemas[schema])


def test_a_reply_has_the_schemas_fields_and_only_those_of_the_contract_besides(schemas: dict[str, Any]) -> None:
    declared = interface("Reply")
    published = fields_of(schemas["ReplyOut"])
    assert set(published) == COMMON
    assert {field: declared[field][0] for field in COMMON - {"kind"}} == {
        field: kind for field, kind in published.items() if field != "kind"
    }
    contract = (ROOT / "docs" / "contract.md").read_text()
    replies = contract[contract.index("## Replies") : contract.index("## Events")]
    for field in set(declared) - COMMON - {"calendar"}:
        assert f"`{field}`" in replies, f"the contract names no field {field} of a reply"
    assert schemas["ReplyOut"]["additionalProperties"] is True


def test_every_field_of_a_single_kind_may_be_missing() -> None:
    needed = {field for field, (_, optional) in interface("Reply").items() if not optional}
    # Contacts are read as an empty list where there are none.
    assert needed == COMMON | {"contacts"}


def test_the_composer_knows_the_slots_that_are_asked_for() -> None:
    contract = (ROOT / "docs" / "contract.md").read_text()
    row = next(line for line in contract.splitlines() if line.startswith("| `ask` |"))
    asked = set(re.findall(r"`(\w+)`", row.split("`slot`")[1]))
    words = re.search(r"slots: {(.*?)}", (SOURCES / "strings.ts").read_text(), re.DOTALL)
    assert words
    assert set(re.findall(r"(\w+):", words.group(1))) == asked


def test_what_the_widget_sends_is_what_the_api_reads(schemas: dict[str, Any]) -> None:
    source = "".join((SOURCES / file).read_text() for file in ("api.ts", "parts/tools.ts"))
    bodies = re.findall(r'\.call\("POST", ["`]([^"`]+)["`], {([^}]*)}\)', source)
    sent = {path.split("/")[-1]: {field.strip() for field in body.split(",")} for path, body in bodies}
    assert sent == {
        "conversations": set(schemas["ConversationIn"]["properties"]),
        "messages": set(schemas["MessageIn"]["properties"]),
        "feedback": set(schemas["FeedbackIn"]["properties"]),
    }


def test_every_address_of_the_widget_is_one_of_the_api(client: TestClient) -> None:
    paths = client.app.openapi()["paths"]  # type: ignore[attr-defined]
    sources = [path.read_text() for path in SOURCES.rglob("*.ts") if ".test." not in path.name]
    calls = re.findall(r'(?:call|request)\("(GET|POST|DELETE)", ["`]([^"`]+)["`]', "\n".join(sources))
    assert len(calls) == 7
    for method, path in calls:
        address = "/api/" + re.sub(r"\$\{[^}]*\}", "{reply_id}", path.split("?")[0])
        assert method.lower() in paths[address], f"{method} {address}"
