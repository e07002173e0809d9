"""Groups of engine, actions, web and worker, each under its own supervisor, as an operator starts them."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bench.processes import BenchFailed
from bench.soak.stores import Postgres, Redis, addresses_of, family, free_port, send

ROOT = Path(__file__).resolve().parents[2]
SECRET = "0" * 32
PARTS = {"engine": "-m engine run", "actions": "-m actions", "web": "clinic web", "worker": "clinic worker"}
PATIENCE_SECONDS = 240.0


@dataclass
class Group:
    """One machine's processes."""

    name: str
    var: Path
    shared: Mapping[str, str]
    port: int = field(default_factory=free_port)
    inner: tuple[int, int] = field(default_factory=lambda: (free_port(), free_port()))
    process: subprocess.Popen[Any] | None = None

    @property
    def address(self) -> str:
        """Where its web listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Its own ports and folder; databases and Redis as all others of the run."""
        engine, actions = map(str, self.inner)
        own = {"POINTE_VAR": str(self.var), "POINTE_PORT": str(self.port), "POINTE_SECRET": SECRET}
        return {**own, "POINTE_ENGINE_PORT": engine, "POINTE_ACTIONS_PORT": actions, **self.shared}

    def start(self) -> None:
        """Start it; `wait_until_ready` says when it answers."""
        self.var.mkdir(exist_ok=True, mode=0o700)
        with (self.var / "output.txt").open("ab") as output:
            self.process = subprocess.Popen(
                [str(ROOT / "bin" / "clinic"), "run"],
                env={**os.environ, **self.environment}, stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip

    def wait_until_ready(self) -> None:
        """Raises BenchFailed where no visitor is answered in time."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            if self.process is None or self.process.poll() is not None:
                break
            try:
                if httpx.get(f"{self.address}/readyz", timeout=6.0, trust_env=False).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.5)
        raise BenchFailed(f"group {self.name} does not answer: {(self.var / 'output.txt').read_text()[-1500:]}")

    def part(self, name: str) -> list[int]:
        """The processes of one part; none while it is being started again."""
        if self.process is None:
            return []
        for pid in family(self.process.pid)[1:]:
            try:
                line = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
            except OSError:
                continue
            if PARTS[name] in line:
                return family(pid)
        return []

    def kill(self) -> None:
        """The supervisor and everything under it, at once."""
        if self.process is not None:
            send(family(self.process.pid), signal.SIGKILL)
            self.process.wait(10)

    def stop(self) -> None:
        """As Ctrl-C does."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()


@dataclass(frozen=True)
class Site:
    """Everything that runs."""

    groups: tuple[Group, ...]
    postgres: Postgres | None = None
    redis: Redis | None = None

    @property
    def tracker_url(self) -> str:
        """The engine's database."""
        first = self.groups[0]
        return first.shared.get("POINTE_TRACKER_URL") or f"sqlite:///{first.var / 'tracker.db'}"


@contextmanager
def one_machine(folder: Path) -> Iterator[Site]:
    """One group on SQLite."""
    site = Site((Group("A", folder / "a", {}),))
    with _running(site):
        yield site


@contextmanager
def two_groups(folder: Path) -> Iterator[Site]:
    """Two groups that share PostgreSQL and Redis."""
    folder.chmod(0o755)
    postgres, redis = Postgres(folder / "postgres"), Redis(folder / "redis")
    try:
        postgres.start()
        redis.start()
        shared = addresses_of(postgres, redis)
        site = Site(tuple(Group(name, folder / name.lower(), shared) for name in "AB"), postgres, redis)
        with _running(site):
            yield site
    finally:
        postgres.kill()
        redis.kill()


@contextmanager
def _running(site: Site) -> Iterator[None]:
    try:
        for group in site.groups:  # One after the other: the first brings the databases into shape.
            group.start()
            group.wait_until_ready()
        yield
    finally:
        for group in site.groups:
            group.stop()
