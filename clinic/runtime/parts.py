"""The parts a visitor's answer needs, and whether each is there now."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

LEAST_FREE_BYTES = 100_000_000


def is_listening(port: int, host: str = "127.0.0.1", seconds: float = 0.5) -> bool:
    """Whether somebody accepts a connection there."""
    try:
        with socket.create_connection((host, port), timeout=seconds):
            return True
    except OSError:
        return False


def has_room(folder: Path, least: int = LEAST_FREE_BYTES) -> bool:
    """Whether the disk under a folder has room for what is still to be said."""
    try:
        return shutil.disk_usage(folder).free >= least
    except OSError:
        return False
