"""Waits until a real question is answered, then says where."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

import httpx

from clinic.settings import Settings

QUESTION = "What can you help me with?"
PATIENCE_SECONDS = 180.0


def address(settings: Settings) -> str:
    """The public address."""
    return f"http://{settings.web.host}:{settings.web.port}"


def announce_when_ready(settings: Settings, tell: Callable[[str], None]) -> None:
    """Ask until it is answered, then print the address; say so when that takes too long."""
    began = time.monotonic()
    tell("starting engine, actions, web and worker ...")
    while time.monotonic() - began < PATIENCE_SECONDS:
        if is_answered(address(settings)):
            waited = time.monotonic() - began
            tell(f"\nPointe answers at {address(settings)}  (ready after {waited:.0f} s; Ctrl-C stops it)")
            return
        time.sleep(0.5)
    tell("Pointe does not answer yet. Look into var/logs/engine.log and var/logs/actions.log.")


def is_answered(base: str) -> bool:
    """Whether a question asked through the public API is answered by the actions; it is erased again."""
    with httpx.Client(base_url=base, timeout=6.0, trust_env=False) as client:
        try:
            if client.get("/readyz").status_code != 200:
                return False
            token = client.post("/api/conversations", json={}).json()["token"]
            client.headers["authorization"] = f"Bearer {token}"
            said = client.post("/api/messages", json={"id": str(uuid.uuid4()), "text": QUESTION}).json()
            client.delete("/api/conversations")
        except (httpx.HTTPError, ValueError, KeyError):
            return False
    return bool(said.get("replies")) and said["replies"][0]["kind"] != "error"
