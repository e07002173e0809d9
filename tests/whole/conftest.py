"""The whole assistant on free ports, with a var/ of its own: started once, ended whatever happens."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 420.0


@dataclass
class Whole:
    """The running assistant."""

    port: int
    var: Path
    process: subprocess.Popen[str]
    environment: dict[str, str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        """A visitor with a conversation of their own, whom no rate limit holds up."""
        headers = {"x-pointe-operator": (self.var / "secret").read_text().strip()}
        with httpx.Client(base_url=self.address, timeout=20.0, headers=headers, trust_env=False) as client:
            client.headers["authorization"] = f"Bearer {client.post('/api/conversations', json={}).json()['token']}"
            yield client

    def part(self, command: str) -> int:
        """The process under the supervisor whose command line holds `command`."""
        for entry in Path("/proc").iterdir():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                line = (entry / "cmdline").read_text().replace("\0", " ")
            except (OSError, IndexError):
                continue
            if parent == self.process.pid and command in line:
                return int(entry.name)
        raise AssertionError(f"no process runs {command}")

    def log(self, name: str) -> str:
        """What one of the programs logged."""
        return (self.var / "logs" / f"{name}.log").read_text(encoding="utf-8")

    def clinic(self, *command: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, **self.environment}
        return subprocess.run(
            [str(ROOT / "bin/clinic"), *command],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


def say(client: httpx.Client, words: str) -> list[dict[str, Any]]:
    answer = client.post("/api/messages", json={"id": str(uuid.uuid4()), "text": words})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["replies"])


def kinds(replies: list[dict[str, Any]]) -> list[str]:
    return [reply["kind"] for reply in replies]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    with running(ROOT, tmp_path_factory) as started:
        yield started


@contextmanager
def running(
    root: Path, tmp_path_factory: pytest.TempPathFactory, stores: Mapping[str, str] | None = None
) -> Iterator[Whole]:
    """The assistant of the project in `root`, on SQLite unless `stores` names others."""
    var = tmp_path_factory.mktemp("var")
    shutil.copy(ROOT / "var" / "secret", var / "secret")
    environment = {
        "POINTE_VAR": str(var),
        "POINTE_PORT": str(free_port()),
        "POINTE_ENGINE_PORT": str(free_port()),
        "POINTE_ACTIONS_PORT": str(free_port()),
        **(stores or {}),
    }
    told = tmp_path_factory.mktemp("told") / "output.txt"
    with told.open("w") as output:
        process = subprocess.Popen(
            [str(root / "bin/clinic"), "run"],
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
    try:
        _wait(process, told)
        yield Whole(int(environment["POINTE_PORT"]), var, process, environment)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(process: subprocess.Popen[str], told: Path) -> None:
    said, until = "", time.monotonic() + PATIENCE
    while "Pointe answers at" not in said:
        said = told.read_text()
        assert process.poll() is None, f"the assistant ended: {said}"
        assert time.monotonic() < until, f"the assistant does not answer: {said}"
        time.sleep(0.3)


@pytest.fixture
def visitor(whole: Whole) -> Iterator[httpx.Client]:
    with whole.client() as client:
        yield client
