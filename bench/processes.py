"""Other processes: started, measured, and ended every one, also on Ctrl-C."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DIE_WITH_PARENT = 1
PATIENCE_SECONDS = 5.0


class BenchFailed(Exception):
    """The comparison cannot be made; the message says why and what to do."""


@dataclass(frozen=True)
class Program:
    """A command, where it runs, and what its environment holds beside ours; its output goes to `log`."""

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    log: Path


@dataclass(frozen=True)
class Spent:
    """What a command cost: CPU seconds and, of its largest process, memory in MB (2^20 bytes)."""

    cpu_seconds: float
    megabytes: float


def need_free(port: int) -> None:
    """Raise BenchFailed when something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise BenchFailed(f"Port {port} is taken: stop what listens there, then measure again.") from None


def run_measured(program: Program) -> Spent:
    """Run a program to its end; raises BenchFailed with its last words when it fails."""
    with running(program) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise BenchFailed(f"{program.name} failed:\n{last_words(program)}")
    return Spent(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


@contextmanager
def running(program: Program) -> Iterator[subprocess.Popen[Any]]:
    """The program while the block runs; it and all it started are ended with it."""
    with program.log.open("wb") as log:
        process = subprocess.Popen(
            program.command,
            cwd=program.folder,
            env={**os.environ, **program.environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
    try:
        yield process
    finally:
        _end(process)


def last_words(program: Program) -> str:
    """The end of what a program wrote."""
    return program.log.read_text(encoding="utf-8", errors="replace")[-1500:].strip() or "(it said nothing)"


def _end(process: subprocess.Popen[Any]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        deadline = time.monotonic() + PATIENCE_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)


def _die_with_parent() -> None:
    """Where the comparison itself is killed, the kernel ends its children."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)
