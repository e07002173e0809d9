"""Erasure and retention by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from clinic.appointments.service import open_appointments
from clinic.composition import here, open_conversations, open_erasure, sessions_of
from clinic.conversations.log_reading_store import LogReader
from clinic.db import checkpoint_wal
from clinic.privacy.retention import retire
from clinic.settings import Settings

app = typer.Typer(help="Erase what is older than the settings allow.", no_args_is_help=True)


@app.callback()
def retention() -> None:
    """Erase what is older than the settings allow."""


@app.command("run")
def run_retention() -> None:
    """Erase conversations silent for privacy.retention_days, and requests over for privacy.appointments_days."""
    settings = here()
    conversations = sum(iter(lambda: retire_old(settings), 0))
    requests = sum(iter(lambda: retire_requests(settings), 0))
    typer.echo(f"{conversations} conversations and {requests} appointment requests erased.")


def erase(
    conversation: str,
    keep: Annotated[bool, typer.Option(help="Keep a pending appointment request.")] = False,
) -> None:
    """Erase one conversation for good, as its visitor may."""
    settings = here()
    sessions = sessions_of(settings)
    whole = LogReader(sessions).find(conversation) or conversation
    reference = open_erasure(settings, sessions).erase(whole, keep)
    typer.echo(f"Erased. Reference: {reference}")


def retire_old(settings: Settings) -> int:
    """One batch of retention; how many conversations went."""
    sessions = sessions_of(settings)
    store = open_conversations(settings, sessions)
    erasure = open_erasure(settings, sessions)
    return retire(store.silent_since, erasure, datetime.now(UTC), settings.privacy.retention_days)


def retire_requests(settings: Settings) -> int:
    """One batch of retention of appointment requests; how many went."""
    sessions = sessions_of(settings)
    if done := open_appointments(settings, sessions).retire(settings.privacy.appointments_days):
        checkpoint_wal(sessions)
    return done
