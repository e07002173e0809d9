"""The engine's channel on loopback: where it is, the secret it asks for, and one question that waits for its answer."""

from __future__ import annotations

import ssl
from typing import Any

import httpx

from clinic.settings import Settings

# Loopback has no TLS: httpx would read all certificates at every call.
_NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def channel_address(settings: Settings) -> str:
    """Where this machine's engine listens, without a slash at its end."""
    return f"http://127.0.0.1:{settings.engine.port}/webhooks/pointe"


def secret_header(settings: Settings) -> dict[str, str]:
    """By which the engine knows us."""
    return {"Authorization": f"Bearer {settings.engine.secret}"}


def ask_channel(settings: Settings, path: str, body: dict[str, Any], seconds: float) -> httpx.Response:
    """The answer at a path, whatever its status; raises httpx.HTTPError."""
    return httpx.post(
        channel_address(settings) + path,
        json=body,
        headers=secret_header(settings),
        timeout=seconds,
        trust_env=False,
        verify=_NO_CERTIFICATES,
    )
