"""A visitor who talks to the assistant through its public API."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from uuid import uuid4

import httpx

from clinic.problem import Problem

from .transcript import HeardAppointment, HeardReply, HeardSource, Replies

ATTEMPTS = 8
LONGEST_WAIT = 120.0


class AssistantError(Problem):
    """The assistant cannot be reached, or answers with something other than the contract allows."""


def read_reply(row: Mapping[str, Any]) -> HeardReply:
    """A reply of the visitor contract; fields that are not scored are left out."""
    sources = tuple(HeardSource(str(s.get("section", "")), str(s.get("aspect", ""))) for s in row.get("sources") or ())
    stated = row.get("appointment")
    appointment = None
    if isinstance(stated, Mapping):
        keys = ("status", "name", "email", "phone", "notes", "service", "reference")
        appointment = HeardAppointment(*(str(stated.get(key) or "") for key in keys))
    confidence = row.get("confidence")
    labelled = [*(row.get("buttons") or ()), *(row.get("contacts") or ())]
    labels = [str(one.get("label", "")) + " " + str(one.get("href", "")) for one in labelled]
    labels += [str(value) for value in stated.values() if value] if isinstance(stated, Mapping) else []
    return HeardReply(
        kind=str(row.get("kind", "")),
        text=str(row.get("text", "")),
        sources=sources,
        destination=str(row.get("destination") or ""),
        slot=str(row.get("slot") or ""),
        appointment=appointment,
        labels=tuple(labels),
        confidence=float(confidence) if isinstance(confidence, int | float) else None,
    )


def wait_seconds(retry_after: str | None, now: datetime) -> float:
    """The wait a `Retry-After` header asks for (RFC 9110, section 10.2.3), at most two minutes."""
    if not retry_after:
        return 1.0
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            date = parsedate_to_datetime(retry_after)
        except ValueError:
            return 1.0
        seconds = (date.replace(tzinfo=date.tzinfo or UTC) - now).total_seconds()
    return min(max(seconds, 0.0), LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class VisitorClient:
    """Opens conversations, speaks, listens and leaves. Raises AssistantError when it is not served."""

    http: httpx.Client
    sleep: Callable[[float], None] = field(default=time.sleep)

    def open(self) -> str:
        """A new conversation's token; the greeting is not kept."""
        token = self._call("POST", "/api/conversations", json={}).json().get("token")
        if not isinstance(token, str):
            raise AssistantError("POST /api/conversations gave no token")
        return token

    def say(self, token: str, text: str) -> Replies:
        """The replies to a message."""
        body = {"id": str(uuid4()), "text": text}
        rows = self._call("POST", "/api/messages", token=token, json=body).json().get("replies")
        if not isinstance(rows, list):
            raise AssistantError("POST /api/messages gave no replies")
        return tuple(read_reply(row) for row in rows)

    def leave(self, token: str) -> None:
        """Erases the conversation and cancels a request it made, so that a run leaves nothing behind."""
        self._call("DELETE", "/api/conversations?appointment=cancel", token=token)

    def _call(self, method: str, path: str, token: str = "", json: Any = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        for _ in range(ATTEMPTS):
            try:
                response = self.http.request(method, path, json=json, headers=headers)
            except httpx.HTTPError as error:
                told = f"{method} {path}: {error or type(error).__name__}"
                raise AssistantError(f"{told}. Does the assistant run? `make run` starts it.") from error
            if response.status_code != httpx.codes.TOO_MANY_REQUESTS:
                break
            self.sleep(wait_seconds(response.headers.get("Retry-After"), datetime.now(UTC)))
        if response.is_error:
            raise AssistantError(f"{method} {path}: {response.status_code} {response.text[:200]}")
        return response
