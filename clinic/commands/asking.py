"""Asks the running assistant from the command line."""

from __future__ import annotations

import asyncio
import json
import sys
import uuid
from typing import Any

import httpx
import typer

from clinic.dialogue.intents import in_contract
from clinic.engine.client import RasaEngine
from clinic.engine.events import FALLBACK
from clinic.runtime.readiness import address
from clinic.settings_file import here

NOT_RUNNING = "The assistant is not running: start it with `make run` in another window."


def ask(text: str) -> None:
    """Print the replies of a new conversation to TEXT as JSON."""
    try:
        with httpx.Client(base_url=address(here()), timeout=10.0, trust_env=False) as client:
            started = client.post("/api/conversations", json={})
            if not started.is_success:
                typer.echo(started.json()["detail"], err=True)
                raise typer.Exit(1)
            client.headers["authorization"] = f"Bearer {started.json()['token']}"
            answer = client.post("/api/messages", json={"id": str(uuid.uuid4()), "text": text})
            typer.echo(json.dumps(answer.json(), indent=2, ensure_ascii=False))
            raise typer.Exit(0 if answer.is_success else 1)
    except httpx.TransportError:
        typer.echo(NOT_RUNNING, err=True)
        raise typer.Exit(1) from None


def parse() -> None:
    """Read lines from standard input and print how each is understood, one JSON object a line."""
    lines = [line.rstrip("\n") for line in sys.stdin if line.strip()]
    for text, parsed in zip(lines, asyncio.run(parse_lines(lines)), strict=True):
        typer.echo(json.dumps(understood(text, parsed), ensure_ascii=False))


async def parse_lines(lines: list[str]) -> list[dict[str, Any]]:
    """How the engine understands each line, in its own format."""
    engine = RasaEngine(here())
    try:
        found: list[dict[str, Any]] = []
        for start in range(0, len(lines), 100):
            found += await engine.parse(lines[start : start + 100])
        return found
    finally:
        await engine.close()


def understood(text: str, parsed: dict[str, Any]) -> dict[str, Any]:
    """The contract's form: the true first guess in `intent`, `fallback` where it was not trusted; `finer` names
    the kind of the question where one is told apart below the contract's intent.
    """
    guesses = [(one["name"], one["confidence"]) for one in parsed.get("intent_ranking") or []]
    ranking, finer = in_contract([one for one in guesses if one[0] != FALLBACK])
    name, confidence = ranking[0] if ranking else (None, None)
    line = {
        "text": text,
        "intent": name,
        "confidence": confidence,
        "ranking": [{"name": one, "confidence": share} for one, share in ranking],
        "entities": parsed.get("entities") or [],
    }
    if finer:
        line["finer"] = finer
    fallback = (parsed.get("intent") or {}).get("name") == FALLBACK
    return {**line, "fallback": True} if fallback else line
