"""What is done beside the conversations: late erasures, retention, mail. A composition root."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do again every `seconds`; it returns how much it did."""

    name: str
    seconds: float
    do: Callable[[], int]


class Worker:
    """Does each job when it is due; one that fails is logged and tried again at its next time."""

    def __init__(self, jobs: list[Job]) -> None:
        self._jobs = jobs
        self._due = dict.fromkeys((job.name for job in jobs), 0.0)
        self._stopping = threading.Event()

    def take(self, jobs: list[Job]) -> None:
        """Do these from now on; one of the same name as before keeps its time."""
        self._jobs = jobs
        self._due = {job.name: self._due.get(job.name, 0.0) for job in jobs}

    def stop(self, *_signal: object) -> None:
        """Ask `run` to return after the job at hand."""
        self._stopping.set()

    def run(self, clock: Callable[[], float]) -> None:
        """Do jobs until told to stop."""
        while not self._stopping.is_set():
            self.do_due(clock())
            self._stopping.wait(0.25)

    def do_due(self, now: float) -> None:
        """Do every job that is due at `now`."""
        for job in self._jobs:
            if now < self._due[job.name]:
                continue
            self._due[job.name] = now + job.seconds
            try:
                done = job.do()
            except Exception:
                log.exception("%s failed; it is tried again in %.0f s", job.name, job.seconds)
                continue
            if done:
                log.info("%s: %d done", job.name, done)
