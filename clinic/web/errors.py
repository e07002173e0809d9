"""Errors as problem documents (RFC 9457), in words a visitor can read."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from clinic.conversations.model import NoConversation, NoReply, OtherText
from clinic.db import DatabaseFailure, describe_failure

log = logging.getLogger(__name__)


class HttpProblem(Exception):
    """An error with a status and a sentence that says what to do."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers or {}


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """A problem document."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


Handler = Callable[[Request, Exception], Awaitable[Response]]


def add_error_pages(app: FastAPI, broken: Callable[[], str]) -> None:
    """Turn every error into a problem document; `broken` says what a visitor may do when it is our fault."""

    async def ours(request: Request, error: Exception) -> Response:
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return problem(503, broken(), {"Retry-After": "5"})

    async def database(request: Request, error: Exception) -> Response:
        assert isinstance(error, DatabaseFailure)
        log.error("%s %s failed: %s", request.method, request.url.path, describe_failure(error))
        return problem(503, broken(), {"Retry-After": "5"})

    app.add_exception_handler(HttpProblem, _told)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OtherText, _always(409, "This message id was already used for another text."))
    app.add_exception_handler(NoConversation, _always(401, "This conversation has ended. Start a new one."))
    app.add_exception_handler(NoReply, _always(404, "There is no such reply in this conversation."))
    app.add_exception_handler(DatabaseFailure, database)
    for kind in (OSError, TimeoutError, Exception):
        app.add_exception_handler(kind, ours)


def _always(status: int, detail: str) -> Handler:
    async def handler(_request: Request, _error: Exception) -> Response:
        return problem(status, detail)

    return handler


async def _told(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HttpProblem)
    return problem(error.status, error.detail, error.headers)


async def _malformed(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if part != "body") or "the body"
    return problem(400, f"The request is not as it should be: {place}: {first['msg']}.")


async def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, str(error.detail), dict(error.headers or {}))
