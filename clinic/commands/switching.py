"""The off switch."""

from __future__ import annotations

import typer

from clinic.conversations.switch_store import Switch
from clinic.db import sessions_of
from clinic.settings_file import here


def off(reason: str) -> None:
    """Answer every visitor with the clinic's phone and the urgent line, from now on; REASON is kept."""
    Switch(sessions_of(here())).turn(off=True, reason=reason)
    typer.echo("The assistant is off. `bin/clinic on` turns it on again.")


def on() -> None:
    """Answer again."""
    Switch(sessions_of(here())).turn(off=False)
    typer.echo("The assistant is on.")
