"""A process of ours that is asked in JSON lines: started when it is first asked, started again when it has ended."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from clinic.problem import Problem


class NotAnswered(Problem):
    """The process ended before it answered, or answered that it failed."""


class LineProcess:
    """One question at a time, at low priority; whoever asks waits. It may be shared by threads.

    The process ends by itself when nobody asks for a while; the next question starts it again.
    """

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self._command = ["nice", "-n", "10", *command]
        self._folder = folder
        self._environment = dict(environment) if environment is not None else None
        self._process: subprocess.Popen[str] | None = None
        self._lock = Lock()

    def ask(self, request: Mapping[str, Any]) -> Any:
        """What it answers; raises NotAnswered."""
        with self._lock:
            line = self._exchange(json.dumps(request))
        answer = json.loads(line)
        if "failed" in answer:
            raise NotAnswered(str(answer["failed"]))
        return answer["done"]

    def close(self) -> None:
        """End it; the next question starts it again."""
        with self._lock:
            self._end()

    def _exchange(self, request: str) -> str:
        for _ in range(2):  # It may have ended since it was last asked: then it is started once more.
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(request + "\n")
                process.stdin.flush()
                if line := process.stdout.readline():
                    return line
            except OSError:
                pass
            self._end()
        raise NotAnswered("The part that reads articles did not start: look into var/logs.")

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                self._command,
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()
