"""A copy of the project with its assistant running, and visitors who talk to it, for what a change costs live."""

from __future__ import annotations

import os
import random
import re
import shutil
import socket
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bench.processes import BenchFailed, Program, running
from bench.usage import descendants, program_of, proportional_megabytes

ROOT = Path(__file__).resolve().parents[1]
COPIED = (
    *("actions", "bin", "clinic", "data", "engine", "language", "models", "settings.yml", "config.yml", "domain.yml"),
    *("endpoints.yml", "credentials.yml", "bootstrap", "widget/dist", "tests/evaluation/tuning", "pyproject.toml"),
    ".rasa/vectors",
)
PATIENCE = 420.0
PASSWORD = "four quiet green kettles"
TALK = (
    "what is posterior ankle impingement",
    "how is it treated",
    "how long does it take to get better",
    "what does an appointment cost",
    "hello",
    "do I need a scan for it",
)


@dataclass
class Live:
    """The running copy: its folder, its address, and the supervisor's process."""

    root: Path
    address: str
    environment: dict[str, str]
    leader: int
    secret: str

    def megabytes(self) -> float:
        """Memory of all its processes, in MB (PSS)."""
        return proportional_megabytes(descendants(self.leader))

    def shares(self) -> str:
        """The same by process, the largest first: "engine run 380, actions 260"."""
        told = sorted(
            ((proportional_megabytes([pid]), program_of(pid)) for pid in descendants(self.leader)), reverse=True
        )
        return ", ".join(f"{name} {size:.0f}" for size, name in told)

    @contextmanager
    def visitor(self) -> Iterator[httpx.Client]:
        """A conversation of its own that no rate limit holds up."""
        with httpx.Client(base_url=self.address, timeout=20.0, trust_env=False) as client:
            client.headers["x-pointe-operator"] = self.secret
            client.headers["authorization"] = f"Bearer {client.post('/api/conversations', json={}).json()['token']}"
            yield client


@contextmanager
def live_copy(folder: Path) -> Iterator[Live]:
    """The assistant of a copy of this project, answering; raises BenchFailed."""
    root, var = folder / "project", folder / "var"
    copy_project(root)
    ports = [_free_port() for _ in range(3)]
    names = ("POINTE_PORT", "POINTE_ENGINE_PORT", "POINTE_ACTIONS_PORT")
    environment = {"POINTE_VAR": str(var)} | {name: str(port) for name, port in zip(names, ports, strict=True)}
    program = Program("clinic run", (str(root / "bin/clinic"), "run"), root, environment, folder / "run.log")
    with running(program) as process:
        until = time.monotonic() + PATIENCE
        while "Pointe answers at" not in program.log.read_text("utf-8"):
            if process.poll() is not None or time.monotonic() > until:
                raise BenchFailed(f"The assistant does not answer:\n{program.log.read_text('utf-8')[-1500:]}")
            time.sleep(0.3)
        secret = (var / "secret").read_text("utf-8").strip()
        yield Live(root, f"http://127.0.0.1:{ports[0]}", environment, process.pid, secret)


class Trainer:
    """Somebody in the studio."""

    def __init__(self, live: Live) -> None:
        self._client = httpx.Client(base_url=live.address, timeout=60.0, trust_env=False, follow_redirects=True)
        add = (str(live.root / "bin/clinic"), "users", "add", "trainer-tess", "--role", "trainer", "--stdin")
        given = {**os.environ, **live.environment}
        subprocess.run(add, env=given, input=PASSWORD, text=True, check=True, capture_output=True)
        token = _csrf(self._client.get("/login?next=/studio/publish").text)
        signing_in = {"name": "trainer-tess", "password": PASSWORD, "csrf": token, "next": "/studio/publish"}
        self._page = self._client.post("/login", data=signing_in).text

    def publish(self, kind: str = "publish") -> tuple[str, float]:
        """Learn and publish; the run's page once it has ended, and the seconds that took."""
        began = time.monotonic()
        sent = {"csrf": _csrf(self._client.get("/studio/publish").text), "do": kind, "why": "bench"}
        answer = self._client.post("/studio/publish", data=sent)
        while 'data-state="running"' in answer.text:
            time.sleep(0.1)
            with suppress(httpx.TransportError):  # asked again
                answer = self._client.get(str(answer.url))
        return answer.text, time.monotonic() - began


@dataclass
class Crowd:
    """Visitors who talk until they are stopped; each turn's end, milliseconds and whether it was an error."""

    live: Live
    pause: float
    turns: list[tuple[float, float, bool]] = field(default_factory=list)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def start(self, count: int) -> None:
        """So many begin to talk."""
        for number in range(count):
            threading.Thread(target=self._talk, args=(number,), daemon=True).start()

    def stop(self) -> None:
        """Nobody says more."""
        self._stopped.set()

    def since(self, began: float) -> list[tuple[float, float, bool]]:
        """The turns that ended since then."""
        return [turn for turn in self.turns if turn[0] >= began]

    def _talk(self, number: int) -> None:
        chance = random.Random(number)
        with self.live.visitor() as client:
            # Nobody keeps step with the others: those who do wait for one another.
            while not self._stopped.wait(self.pause * chance.uniform(0.5, 1.5)):
                self.turns.append(ask(client, TALK[number % len(TALK)])[1])
                number += 1


def ask(client: httpx.Client, text: str) -> tuple[str, tuple[float, float, bool]]:
    """What is said to a message, and the turn: its end, its milliseconds, and whether it was an error."""
    began = time.monotonic()
    try:
        replies = client.post("/api/messages", json={"id": str(uuid.uuid4()), "text": text}).json()["replies"]
        failed = not replies or any(one["kind"] == "error" for one in replies)
    except (httpx.HTTPError, KeyError, ValueError):
        replies, failed = [], True
    now = time.monotonic()
    return str(replies), (now, (now - began) * 1000, failed)


def copy_project(root: Path) -> None:
    """What the assistant is made of, with the environments of this project."""
    unwanted = shutil.ignore_patterns(".venv", "__pycache__", "*.part", "candidates")
    for name in COPIED:
        source, target = ROOT / name, root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=unwanted)
        elif source.exists():
            shutil.copy(source, target)
    for name in (".venv", "engine/.venv"):
        (root / name).symlink_to(ROOT / name)


def _csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]*)"', page)
    return found[1] if found else ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
