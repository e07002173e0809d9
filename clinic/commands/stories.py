"""`bin/clinic stories`: the tests' stories, with the real actions, and those that wait to become some."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import httpx
import typer

from clinic.composition import here, open_conversations, sessions_of
from clinic.conversations.story_file import ACCEPTED, FOLDER, StoryFiles
from clinic.engine.tracker_store import Tracker
from clinic.evaluation.stories import Told, play, read_stories
from clinic.problem import Problem
from clinic.runtime.readiness import address
from clinic.settings import Settings
from clinic.web.limits import OPERATOR


def stories(
    file: Annotated[Path | None, typer.Option(help="Only the stories of this file, in Rasa's format.")] = None,
    waiting: Annotated[bool, typer.Option("--waiting", help="Show those made in the console instead.")] = False,
    accept: Annotated[str, typer.Option(help="Take one of those into tests/ instead, by its name.")] = "",
) -> None:
    """Replay the tests' stories through the public API of the running assistant."""
    settings = here()
    if waiting or accept:
        _accept(settings, accept) if accept else _show_waiting(settings)
        return
    told = [story for path in _files(settings, file) for story in read_stories(path)]
    faults: list[str] = []
    for story in told:
        found = play(story, lambda said: _tell(settings, said))
        typer.echo(f"{'FAIL' if found else 'ok  '} {story.name}")
        faults += found
    for fault in faults:
        typer.echo(fault, err=True)
    typer.echo(f"{len(told)} stories, {len(faults)} differences")
    raise typer.Exit(1 if faults else 0)


def _files(settings: Settings, only: Path | None) -> list[Path]:
    tests = settings.root / "tests"
    return [only] if only else [tests / "test_stories.yml", *sorted((tests / ACCEPTED).glob("*.yml"))]


def _show_waiting(settings: Settings) -> None:
    made = StoryFiles(settings.var / FOLDER)
    for name in made.all():
        typer.echo(f"{name}\n{made.read(name)}")
    if not made.all():
        typer.echo("None waits. In the console, “Make a test” beside a message makes one.")


def _accept(settings: Settings, name: str) -> None:
    try:
        place = StoryFiles(settings.var / FOLDER).accept(name, settings.root / "tests")
    except FileNotFoundError:
        raise Problem(f"There is no story {name}. Those there are: bin/clinic stories --waiting") from None
    typer.echo(f"{place.relative_to(settings.root)} is replayed from now on, and its last message is compared on.")
    typer.echo("It holds a visitor's words, and erasure does not reach it: reword what tells who they are.")


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
