"""`bin/clinic stories`: the test stories, with the real actions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import httpx
import typer

from clinic.composition import here, open_conversations, sessions_of
from clinic.engine.tracker_store import Tracker
from clinic.evaluation.stories import Told, play, read_stories
from clinic.runtime.readiness import address
from clinic.settings import Settings
from clinic.web.limits import OPERATOR


def stories(file: Annotated[Path | None, typer.Option(help="Stories in Rasa's format.")] = None) -> None:
    """Replay tests/test_stories.yml through the public API of the running assistant."""
    settings = here()
    told = read_stories(file or settings.root / "tests" / "test_stories.yml")
    faults: list[str] = []
    for story in told:
        found = play(story, lambda said: _tell(settings, said))
        typer.echo(f"{'FAIL' if found else 'ok  '} {story.name}")
        faults += found
    for fault in faults:
        typer.echo(fault, err=True)
    typer.echo(f"{len(told)} stories, {len(faults)} differences")
    raise typer.Exit(1 if faults else 0)


def _tell(settings: Settings, said: Sequence[tuple[str, str]]) -> list[Told]:
    headers = {OPERATOR: settings.engine.secret}
    kinds = []
    with httpx.Client(base_url=address(settings), timeout=10.0, trust_env=False, headers=headers) as client:
        token = client.post("/api/conversations", json={}).raise_for_status().json()["token"]
        client.headers["authorization"] = f"Bearer {token}"
        for message_id, text in said:
            answer = client.post("/api/messages", json={"id": message_id, "text": text}).raise_for_status().json()
            kinds.append(tuple(str(reply["kind"]) for reply in answer["replies"]))
        actions = _executed(settings, token, said)
        client.delete("/api/conversations")
    return [Told(done, kind) for done, kind in zip(actions, kinds, strict=True)]


def _executed(settings: Settings, token: str, said: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    store = open_conversations(settings, sessions_of(settings))
    turns = {turn.message_id: turn for turn in Tracker(settings.tracker_url).turns(store.find(token).id)}
    return [turns[message_id].actions for message_id, _ in said]
