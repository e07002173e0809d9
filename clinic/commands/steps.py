"""A long step with its name and its time."""

from __future__ import annotations

import time
from collections.abc import Callable

import typer


def take_step(name: str, do: Callable[[], object]) -> None:
    """Do it; what it returns is shown in place of "done"."""
    typer.echo(f"{name} ... ", nl=False)
    began = time.monotonic()
    said = do()
    typer.echo(f"{said or 'done'} ({time.monotonic() - began:.1f} s)")
