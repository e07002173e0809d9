"""CPU time and memory of running processes, read from /proc."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from bench.processes import BenchFailed

TICKS = os.sysconf("SC_CLK_TCK")
MEBIBYTE = 2**20


def need_proc() -> None:
    """Raise BenchFailed where the kernel shows no process's CPU time and memory."""
    if not Path("/proc/self/stat").exists():
        raise BenchFailed("CPU time and memory are read from /proc: run this comparison on Linux.")


def cpu_seconds(pids: Sequence[int]) -> float:
    """CPU seconds of the processes and of those of their children that have ended."""
    return sum(sum(map(int, _stat(pid)[11:15])) for pid in pids) / TICKS


def resident_megabytes(pids: Sequence[int]) -> float:
    """Memory in RAM now, in MB; pages shared between processes count for each."""
    return sum(int(_stat(pid)[21]) for pid in pids) * os.sysconf("SC_PAGE_SIZE") / MEBIBYTE


def proportional_megabytes(pids: Sequence[int]) -> float:
    """Memory in RAM now, in MB, a page that several processes share counted once among them (PSS)."""
    return sum(map(_proportional_kilobytes, pids)) / 1024


def members(leader: int) -> list[int]:
    """Every process of the session that `leader` began."""
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [pid for pid in pids if pid == leader or _session(pid) == leader]


def descendants(leader: int) -> list[int]:
    """The process and all that it and its children began."""
    parents: dict[int, int] = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                parents[int(path.name)] = int(_stat(int(path.name))[1])
            except (OSError, IndexError):
                continue  # it has just ended
    found = [leader]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def program_of(pid: int) -> str:
    """The module that a Python process runs and its first argument, "engine run"; of another its name."""
    words = Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace").split("\0")
    if "-m" not in words:
        return Path(words[0]).name
    at = words.index("-m") + 1
    return " ".join(one for one in words[at : at + 2] if not one.startswith("-"))


def _proportional_kilobytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _stat(pid: int) -> list[str]:
    # The command's name, in brackets, may hold spaces.
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return 0
