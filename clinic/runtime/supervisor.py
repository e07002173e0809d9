"""Keeps the assistant's processes running: starts, watches, starts again, and ends every one of them."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from logging import Logger
from typing import IO

from clinic.problem import Problem

PATIENCE_SECONDS = 3.0
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0
DIE_WITH_PARENT = 1


class PortTaken(Problem):
    """Something else listens where the assistant should; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Program:
    """One process to keep running; its output goes to `log`, masked."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]
    log: Logger


@dataclass(slots=True)
class _Running:
    program: Program
    process: subprocess.Popen[str] | None = None
    since: float = 0.0
    due: float = 0.0
    failures: int = 0
    readers: list[threading.Thread] = field(default_factory=list)


def check_ports(host: str, ports: dict[str, int]) -> None:
    """Raise PortTaken when one of the named ports cannot be listened on."""
    for name, port in ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise PortTaken(
                    f"Port {port}, where {name} should listen, is taken ({error.strerror}). Is Pointe running "
                    f"already? Stop it, or choose another port in settings.yml."
                ) from None


class Supervisor:
    """Runs programs until told to stop. A program that ends is started again, later each time it ends soon."""

    def __init__(self, programs: list[Program], tell: Callable[[str], None]) -> None:
        self._running = [_Running(program) for program in programs]
        self._tell = tell
        self._stopping = threading.Event()

    def stop(self, *_signal: object) -> None:
        """Ask `run` to end every process and return."""
        self._stopping.set()

    def run(self) -> None:
        """Start everything, watch it, and end it when `stop` is called."""
        try:
            while not self._stopping.is_set():
                for one in self._running:
                    self._look_after(one)
                self._stopping.wait(0.2)
        finally:
            self._end_all()

    def _look_after(self, one: _Running) -> None:
        now = time.monotonic()
        if one.process is None:
            if now >= one.due:
                self._start(one)
            return
        code = one.process.poll()
        if code is None:
            return
        _signal_group(one.process, signal.SIGKILL)  # What it started itself would keep its port.
        one.failures = 0 if now - one.since > STEADY_SECONDS else one.failures + 1
        pause = min(2.0**one.failures / 2, LONGEST_PAUSE)
        self._tell(f"{one.program.name} ended ({code}); starting it again in {pause:.0f} s. See its log.")
        one.program.log.error("ended with %s", code)
        one.process, one.due = None, now + pause

    def _start(self, one: _Running) -> None:
        program = one.program
        one.process = subprocess.Popen(
            program.command,
            env={**os.environ, **program.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
        one.since = time.monotonic()
        reader = threading.Thread(target=_keep_output, args=(one.process.stdout, program.log), daemon=True)
        reader.start()
        one.readers.append(reader)

    def _end_all(self) -> None:
        alive = [one.process for one in self._running if one.process and one.process.poll() is None]
        for process in alive:
            _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_SECONDS
        for process in alive:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal_group(process, signal.SIGKILL)
                process.wait()
            _signal_group(process, signal.SIGKILL)


def _signal_group(process: subprocess.Popen[str], number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        return


def _die_with_parent() -> None:
    """Where the supervisor itself is killed, the kernel ends its children."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def _keep_output(output: IO[str] | None, log: Logger) -> None:
    if output is None:
        return
    with output:  # A pipe left to the collector is a warning.
        for line in output:
            log.info("%s", line.rstrip())
