from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.whole.conftest import Whole, say

LOCAL = {"0100007F", "00000000", "00000000000000000000000001000000", "00000000000000000000000000000000"}
LOCAL |= {"0000000000000000FFFF00000100007F"}
LISTENING = "0A"

pytestmark = pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="needs Linux's /proc")


def _descendants(pid: int) -> set[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
    found, new = {pid}, {pid}
    while new:
        new = {one for one, parent in parents.items() if parent in new} - found
        found |= new
    return found


def _sockets(pids: set[int]) -> set[str]:
    inodes = set()
    for pid in pids:
        try:
            for name in os.listdir(f"/proc/{pid}/fd"):
                target = os.readlink(f"/proc/{pid}/fd/{name}")
                if target.startswith("socket:["):
                    inodes.add(target[8:-1])
        except OSError:
            continue
    return inodes


def _lines() -> Iterator[list[str]]:
    for name in ("tcp", "tcp6"):
        yield from (line.split() for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:])


def test_nothing_connects_to_the_outside_and_nothing_listens_there(whole: Whole, visitor: httpx.Client) -> None:
    outside: set[str] = set()
    for question in ("what causes posterior ankle impingement", "hello", "how much is it", "who is james"):
        say(visitor, question)
        mine = _sockets(_descendants(whole.process.pid))
        for fields in _lines():
            local, remote, state, inode = fields[1], fields[2], fields[3], fields[9]
            if inode not in mine:
                continue
            address = local if state == LISTENING else remote
            if address.split(":")[0] not in LOCAL - ({"00000000", "0" * 32} if state == LISTENING else set()):
                outside.add(f"{local} -> {remote} ({state})")
    assert outside == set()
