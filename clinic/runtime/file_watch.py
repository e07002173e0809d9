"""Files that are read anew while the process runs: looked at aside, taken in one step, refused when they are broken."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

LOOK_SECONDS = 0.4
LOW_PRIORITY = 10
log = logging.getLogger(__name__)
Stamp = tuple[tuple[int, int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class Watched:
    """Files, and what takes them in once one of them has changed; it raises what is wrong, and changes nothing then."""

    name: str
    files: Sequence[Path]
    take: Callable[[], object]


class FileWatch:
    """Looks at files in a thread of low priority, so that no visitor waits for what is made of them."""

    def __init__(self, watched: Sequence[Watched]) -> None:
        self._watched = watched
        self._seen = [stamp_of(one.files) for one in watched]
        self._stopping = threading.Event()

    def start(self) -> None:
        """Look until `stop`."""
        threading.Thread(target=self._keep_looking, name="file watch", daemon=True).start()

    def stop(self) -> None:
        """Look no longer."""
        self._stopping.set()

    def look(self) -> int:
        """Take in what has changed since the last look; how many that were. A broken file is named in the log."""
        taken = 0
        for number, one in enumerate(self._watched):
            stamp = stamp_of(one.files)
            if stamp == self._seen[number]:
                continue
            self._seen[number] = stamp
            try:
                one.take()
            except Exception as error:
                log.error("%s: the last good state goes on: %s", one.name, error)
            else:
                log.info("%s: changed, and live", one.name)
                taken += 1
        return taken

    def _keep_looking(self) -> None:
        be_nice()
        while not self._stopping.wait(LOOK_SECONDS):
            self.look()


def be_nice() -> None:
    """Let this thread work only where others leave time; Linux knows priorities of threads."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOW_PRIORITY)


def stamp_of(files: Sequence[Path]) -> Stamp:
    """What tells one state of files from another: time, size and place on the disk; None for one that is not there."""
    return tuple(map(_stamp, files))


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
