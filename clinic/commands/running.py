"""Starts the assistant and its parts."""

from __future__ import annotations

import signal
import threading
import time
from datetime import UTC, datetime
from typing import Annotated

import typer
import uvicorn

from clinic.appointments.service import open_mail_sender
from clinic.commands.privacy import retire_old, retire_requests
from clinic.commands.warnings import warnings_of
from clinic.composition import here, open_erasure, redact_left_forms, sessions_of, sync_articles
from clinic.engine.cli import train_model
from clinic.knowledge.service import Synced
from clinic.migrations.upgrade import upgrade
from clinic.runtime.logging import log_to_output
from clinic.runtime.processes import programs_of
from clinic.runtime.readiness import announce_when_ready
from clinic.runtime.scheduler import Job, Worker
from clinic.runtime.supervisor import Supervisor, check_ports
from clinic.settings import Settings
from clinic.teaching.nlu_examples import read_examples
from clinic.teaching.releases import checked_model
from clinic.teaching.training import needs_training, train_and_publish
from clinic.web.app import create_app


def run() -> None:
    """Start the whole assistant and keep it running until Ctrl-C."""
    settings = here()
    _check_ports(settings)
    _step("database", lambda: upgrade(settings))
    _step("articles", lambda: _say_synced(sync_articles(settings)))
    if needs_training(settings.root):
        _step("training (what it was taught has changed)", lambda: _train(settings))
    for warning in warnings_of(settings):
        typer.echo(f"note: {warning}")
    supervisor = Supervisor(programs_of(settings, checked_model(settings.root)), typer.echo)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, supervisor.stop)
    threading.Thread(target=announce_when_ready, args=(settings, typer.echo), daemon=True).start()
    supervisor.run()
    typer.echo("Stopped; nothing is left running.")


def web() -> None:
    """The web alone, under the supervisor."""
    log_to_output()
    settings = here()
    trusted = ",".join(settings.web.trusted_proxies)
    uvicorn.run(
        create_app(settings),
        host=settings.web.host,
        port=settings.web.port,
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=trusted or None,
        timeout_graceful_shutdown=5,
    )


def work() -> None:
    """The worker alone, under the supervisor."""
    log_to_output()
    settings = here()
    sessions = sessions_of(settings)
    erasure, dispatch = open_erasure(settings, sessions), open_mail_sender(settings, sessions)
    jobs = [
        Job("late erasures", 60.0, erasure.sweep),
        Job("mail", 10.0, lambda: dispatch.send_due(datetime.now(UTC))),
        Job("details of forms that were left", 600.0, lambda: redact_left_forms(settings, sessions)),
        Job("retention", 3600.0, lambda: retire_old(settings)),
        Job("retention of appointment requests", 3600.0, lambda: retire_requests(settings)),
    ]
    worker = Worker(jobs)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, worker.stop)
    worker.run(time.monotonic)


def migrate() -> None:
    """Bring the databases to the newest shape."""
    upgrade(here())


def train(force: Annotated[bool, typer.Option(help="Train even when nothing changed.")] = False) -> None:
    """Train and publish a model, if what it is made of has changed."""
    settings = here()
    if not force and not needs_training(settings.root):
        typer.echo("The published model is made of what is taught now: nothing to train.")
        return
    _step("training", lambda: _train(settings))


def _say_synced(synced: Synced) -> str:
    for sentence in synced.problems:
        typer.echo(f"\n  left as it was: {sentence}", err=True)
    changes = synced.changes
    counted = {"new": changes.new, "changed": changes.changed, "removed": changes.removed}
    said = ", ".join(f"{len(slugs)} {name}" for name, slugs in counted.items() if slugs)
    return said or f"{len(changes.unchanged)} unchanged"


def _train(settings: Settings) -> None:
    # A broken line is named here with its file; the engine's own words for it are many.
    read_examples(settings.data / "nlu")
    train_and_publish(settings.root, lambda folder, name: train_model(settings.root, folder, name))


def _check_ports(settings: Settings) -> None:
    check_ports(settings.web.host, {"the website": settings.web.port})
    inner = {"the engine": settings.engine.port, "the action server": settings.engine.actions_port}
    check_ports("127.0.0.1", inner)


def _step(name: str, do: object) -> None:
    assert callable(do)
    typer.echo(f"{name} ... ", nl=False)
    began = time.monotonic()
    said = do()
    typer.echo(f"{said or 'done'} ({time.monotonic() - began:.1f} s)")
