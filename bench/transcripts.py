"""Conversations to read: `python -m bench.transcripts [--kill-engine]`, with the assistant running, writes
`results/transcripts.md`.

With `--kill-engine` the engine of the assistant at hand is killed while a visitor types, to see it come back.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from clinic.composition import here, open_conversations, open_erasure, sessions_of
from clinic.privacy.retention import retire
from clinic.runtime.readiness import address
from clinic.settings import Settings
from clinic.web.limits import OPERATOR

PATIENCE_SECONDS = 180.0
QUESTION = "what is posterior ankle impingement"

RED_FLAG = ("I'd like to book an appointment", "Imogen Clarke", "imogen@example.org, oh and my calf is suddenly "
            "swollen, hot and sore since the flight", "is that serious", "let's go on with the booking", "dancer, sore "
            "on pointe", "no")  # fmt: skip
CORRECTIONS = ("how is posterior ankle impingement treated", "book me in please", "Imogen Clarke",
               "imogen.clarke@example.com", "it hurts on every jump", "no, it's .org", "my name is spelt Clark",
               "and it is worse on stairs", "yes, send it")  # fmt: skip
ERASURE = ("my heel hurts on pointe, what causes it", "I'm Imogen, 07700 900123", "please delete my data", "yes")


@dataclass
class Transcript:
    """What was said in one scene, as it is written down."""

    title: str
    lines: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        """Something that happened beside the conversation."""
        self.lines.append(f"*{text}*\n")

    def turn(self, typed: str, replies: list[dict[str, Any]], seconds: float) -> None:
        """One message and its replies."""
        self.lines.append(f"**Visitor:** {typed}\n")
        for reply in replies:
            shown = reply["text"].replace("\n", "\n> ")
            label = " ".join(str(one) for one in (reply["kind"], reply.get("destination")) if one)
            self.lines.append(f"> `{label}` {shown}\n")
        self.lines.append(f"({seconds:.1f} s)\n")


@dataclass
class Visitor:
    """A visitor whose conversation is written down."""

    client: httpx.Client
    token: str
    to: Transcript

    def say(self, typed: str) -> list[dict[str, Any]]:
        """Say something and write down what comes."""
        began = time.monotonic()
        answer = self.client.post("/api/messages", json={"id": str(uuid.uuid4()), "text": typed}).raise_for_status()
        replies: list[dict[str, Any]] = answer.json()["replies"]
        self.to.turn(typed, replies, time.monotonic() - began)
        return replies


@contextmanager
def visiting(settings: Settings, title: str) -> Iterator[Visitor]:
    """A new conversation of the running assistant."""
    headers = {OPERATOR: settings.engine.secret}
    with httpx.Client(base_url=address(settings), timeout=15.0, trust_env=False, headers=headers) as client:
        token = client.post("/api/conversations", json={}).raise_for_status().json()["token"]
        client.headers["authorization"] = f"Bearer {token}"
        yield Visitor(client, token, Transcript(title))


def tell(settings: Settings, title: str, messages: tuple[str, ...]) -> Transcript:
    """A conversation from its first message to its last."""
    with visiting(settings, title) as visitor:
        for one in messages:
            visitor.say(one)
        if visitor.client.get("/api/messages").status_code == 401:
            visitor.to.note("The conversation is gone: its token opens nothing any more.")
    return visitor.to


def kill_engine(settings: Settings) -> Transcript:
    """The engine dies while a visitor types; it is started again and the visitor is answered."""
    with visiting(settings, "The engine is killed while somebody types") as visitor:
        visitor.say(QUESTION)
        os.kill(_engine(settings), signal.SIGKILL)
        visitor.to.note("The engine is killed here.")
        visitor.say("and how is it treated")
        began = time.monotonic()
        while visitor.client.get("/readyz").status_code != 200 and time.monotonic() - began < PATIENCE_SECONDS:
            time.sleep(1)
        visitor.to.note(f"Ready again after {time.monotonic() - began:.0f} s, by itself.")
        visitor.say("and how is it treated")
        kept = [one for one in visitor.client.get("/api/messages").json()["messages"] if one["from"] == "visitor"]
        visitor.to.note(f"Kept of the visitor's words: {', '.join(one['text'] for one in kept)}.")
    return visitor.to


def retire_old(settings: Settings) -> Transcript:
    """A conversation a year later: the clock of retention is put forward for it alone."""
    with visiting(settings, "A year-old conversation is retired") as visitor:
        visitor.say(QUESTION)
        sessions = sessions_of(settings)
        store = open_conversations(settings, sessions)
        mine = store.find(visitor.token).id
        in_a_year = datetime.now(UTC) + timedelta(days=365)
        gone = retire(lambda *_: [mine], open_erasure(settings, sessions), in_a_year, settings.privacy.retention_days)
        visitor.to.note(f"A year passes; retention erases {gone} conversation.")
        status = visitor.client.get("/api/messages").status_code
        visitor.to.note(f"The visitor comes back: {status}, the widget begins a new conversation.")
    return visitor.to


def _engine(settings: Settings) -> int:
    wanted = f"-p {settings.engine.port} "
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and entry.stat().st_uid == os.getuid():
            line = (entry / "cmdline").read_text().replace("\0", " ")
            if "-m engine run" in line and wanted in line:
                return int(entry.name)
    raise SystemExit(f"No engine listens on {settings.engine.port}.")


def main() -> None:
    """Write every scene."""
    settings = here()
    told = [
        tell(settings, "A red flag inside the form", RED_FLAG),
        tell(settings, "A booking with three corrections", CORRECTIONS),
        tell(settings, "Erasure in the middle", ERASURE),
        retire_old(settings),
    ]
    if "--kill-engine" in sys.argv:
        told.append(kill_engine(settings))
    path = settings.root / "results" / "transcripts.md"
    path.parent.mkdir(exist_ok=True)
    parts = [f"## {one.title}\n\n" + "\n".join(one.lines) for one in told]
    path.write_text(f"# Transcripts, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC\n\n" + "\n".join(parts), encoding="utf-8")
    print(f"{len(told)} transcripts are in {path.relative_to(settings.root)}.")


if __name__ == "__main__":
    main()
