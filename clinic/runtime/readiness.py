"""Waits until visitors are answered, then says where; says at once what is still missing when that takes long."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx

from clinic.settings import Settings

TOLD_EVERY_SECONDS = 20.0


def address(settings: Settings) -> str:
    """The public address."""
    return f"http://{settings.web.host}:{settings.web.port}"


def announce_when_ready(settings: Settings, tell: Callable[[str], None]) -> None:
    """Look until a whole turn is answered, however long that takes, then print the address."""
    began = told = time.monotonic()
    tell("starting engine, actions, web and worker ...")
    while (missing := what_is_missing(address(settings))) is None or missing:
        if time.monotonic() - told >= TOLD_EVERY_SECONDS:
            told = time.monotonic()
            waiting = ", ".join(missing or ["the web"])
            tell(f"not ready after {told - began:.0f} s; still waiting for: {waiting} (var/logs/ says more)")
        time.sleep(0.25)
    waited = time.monotonic() - began
    tell(f"\nPointe answers at {address(settings)}  (ready after {waited:.0f} s; Ctrl-C stops it)")


def what_is_missing(base: str) -> list[str] | None:
    """What `/readyz` names as missing; empty when a visitor would be answered, None when the web does not answer."""
    try:
        with httpx.Client(base_url=base, timeout=6.0, trust_env=False) as client:
            return list(client.get("/readyz").json()["missing"])
    except (httpx.HTTPError, ValueError, KeyError):
        return None
