"""The visitor API as a page, rendered from its OpenAPI document: no script, nothing from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from clinic.web.public.articles import TEMPLATES

router = APIRouter(include_in_schema=False)
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a body or an answer, or one parameter of a call."""

    name: str
    kind: str
    required: bool
    note: str


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with its fields."""

    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One call: what it takes and what it may answer (status, its words, what the body is)."""

    method: str
    path: str
    text: str
    parameters: tuple[Field, ...]
    body: str
    answers: tuple[tuple[str, str, str], ...]


@router.get("/docs")
async def reference(request: Request) -> HTMLResponse:
    """Every call and every object of the API."""
    document = request.app.openapi()
    values = {
        "clinic": request.app.state.settings.clinic,
        "info": document["info"],
        "calls": read_calls(document),
        "shapes": read_shapes(document),
    }
    return TEMPLATES.TemplateResponse(request, "reference.html", values)


def read_calls(document: dict[str, Any]) -> list[Call]:
    """The calls of an OpenAPI document, in its order."""
    return [
        _read_call(method, path, operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if method in METHODS
    ]


def read_shapes(document: dict[str, Any]) -> list[Shape]:
    """The named objects of an OpenAPI document, by name."""
    schemas = document.get("components", {}).get("schemas", {})
    return [Shape(name, _read_fields(schema)) for name, schema in sorted(schemas.items())]


def _read_call(method: str, path: str, operation: dict[str, Any]) -> Call:
    parameters = tuple(
        Field(each["name"], kind_of(each["schema"]), each.get("required", False), f"in the {each['in']}")
        for each in operation.get("parameters", ())
    )
    answers = tuple(
        (status, answer.get("description") or HTTPStatus(int(status)).phrase, _body_of(answer))
        for status, answer in sorted(operation["responses"].items())
    )
    text = operation.get("description") or operation.get("summary", "")
    return Call(method.upper(), path, text, parameters, _body_of(operation.get("requestBody", {})), answers)


def _body_of(part: dict[str, Any]) -> str:
    """What a body is made of, or an empty text where there is none."""
    return " or ".join(
        kind_of(content["schema"]) if content.get("schema") else media
        for media, content in part.get("content", {}).items()
    )


def _read_fields(schema: dict[str, Any]) -> tuple[Field, ...]:
    needed = set(schema.get("required", ()))
    return tuple(
        Field(name, kind_of(one), name in needed, one.get("description", ""))
        for name, one in schema.get("properties", {}).items()
    )


def kind_of(schema: dict[str, Any]) -> str:
    """A schema in a word or two: `string`, `list of Source`, `"cancel" or "keep"`."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    if "enum" in schema:
        return " or ".join(f'"{value}"' for value in schema["enum"])
    if "const" in schema:
        return f'"{schema["const"]}"'
    for union in ("anyOf", "oneOf", "allOf"):
        if union in schema:
            return " or ".join(kind_of(one) for one in schema[union])
    if schema.get("type") == "array":
        return f"list of {kind_of(schema.get('items', {}))}"
    return " ".join(filter(None, (str(schema.get("type", "anything")), _format_of(schema))))


def _format_of(schema: dict[str, Any]) -> str:
    longest = schema.get("maxLength")
    return ", ".join(filter(None, (schema.get("format", ""), f"up to {longest} characters" if longest else "")))
