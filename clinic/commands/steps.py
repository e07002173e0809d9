"""A long step with its name and its time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import typer

EACH = 20.0  # seconds after which a step that is not done says how long it has taken


def take_step(name: str, do: Callable[[], object]) -> None:
    """Do it; what it returns is shown in place of "done". A long one tells its time meanwhile."""
    typer.echo(f"{name} ... ", nl=False)
    began, done = time.monotonic(), threading.Event()
    threading.Thread(target=_tell_time, args=(began, done), daemon=True).start()
    try:
        said = do()
    finally:
        done.set()
    typer.echo(f"{said or 'done'} ({time.monotonic() - began:.1f} s)")


def _tell_time(began: float, done: threading.Event) -> None:
    while not done.wait(EACH):
        typer.echo(f"{time.monotonic() - began:.0f} s ... ", nl=False)
