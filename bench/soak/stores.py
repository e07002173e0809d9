"""A PostgreSQL and a Redis of the run's own, on loopback, that can be killed, hung and started again."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from bench.processes import BenchFailed

PATIENCE_SECONDS = 30.0


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def family(pid: int) -> list[int]:
    """A process and everything it started, and what those started."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def send(pids: list[int], number: signal.Signals) -> None:
    """The signal to each of them that is still there."""
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


class Store:
    """A server that keeps running until it is killed; its folder survives it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[Any] | None = None

    def command(self) -> tuple[list[str], str | None]:
        """What starts it, and as which user."""
        raise NotImplementedError

    def start(self) -> None:
        """Start it and wait until it listens; raises BenchFailed."""
        command, user = self.command()
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, user=user, group=user, extra_groups=[] if user else None,
                start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise BenchFailed(f"{command[0]} did not start: see {log.name}")

    def signal(self, number: signal.Signals) -> None:
        """To the server and all its processes."""
        if self._process is not None:
            send(family(self._process.pid), number)

    def kill(self) -> None:
        """As when the power fails."""
        if self._process is not None:
            self.signal(signal.SIGKILL)
            self._process.wait(10)


class Postgres(Store):
    """Databases of ours and of the engine's."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._programs = _postgres_programs()
        self._user = "postgres" if os.geteuid() == 0 else None  # It refuses to run as root.
        folder.mkdir()
        if self._user:
            shutil.chown(folder, self._user)
        options = ["-D", str(folder / "data"), "-U", "pointe", "-A", "trust"]
        subprocess.run(
            [str(self._programs / "initdb"), *options],
            check=True, capture_output=True, user=self._user, group=self._user, cwd="/",
        )  # fmt: skip

    def command(self) -> tuple[list[str], str | None]:
        """The server itself, without pg_ctl."""
        where = ["-D", str(self.folder / "data"), "-p", str(self.port)]
        only = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.folder}"]
        # The machine goes on when the server is killed, so what the kernel was given is there: no wait for the disk.
        return [str(self._programs / "postgres"), *where, *only, "-c", "fsync=off"], self._user

    def make_database(self, name: str) -> str:
        """The address of a new database."""
        create = [str(self._programs / "createdb"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "pointe", name]
        for _ in range(50):
            if subprocess.run(create, check=False, capture_output=True).returncode == 0:
                return f"postgresql://pointe@127.0.0.1:{self.port}/{name}"
            time.sleep(0.2)
        raise BenchFailed(f"PostgreSQL made no database {name}")


class Redis(Store):
    """Locks and limits."""

    def command(self) -> tuple[list[str], str | None]:
        """Nothing is kept on the disk."""
        program = shutil.which("redis-server")
        if program is None:
            raise BenchFailed("Redis is not here: apt-get install redis-server")
        self.folder.mkdir(exist_ok=True)
        only = ["--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        return [program, "--port", str(self.port), *only], None


def addresses_of(postgres: Postgres, redis: Redis) -> dict[str, str]:
    """What the environment of a group says of two running servers; makes both databases."""
    return {
        "POINTE_DATABASE_URL": postgres.make_database("pointe"),
        "POINTE_TRACKER_URL": postgres.make_database("tracker"),
        "POINTE_REDIS_URL": f"redis://127.0.0.1:{redis.port}/0",
        "POINTE_REDIS_HOST": "127.0.0.1",
        "POINTE_REDIS_PORT": str(redis.port),
        "POINTE_REDIS_DB": "1",
        "POINTE_REDIS_PASSWORD": "",
    }


def _postgres_programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    named = shutil.which("initdb")
    if not found and not named:
        raise BenchFailed("PostgreSQL is not here: apt-get install postgresql")
    return found[-1].parent if found else Path(str(named)).parent
