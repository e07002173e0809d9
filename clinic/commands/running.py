"""Starts the assistant. What only the steps before it need is done by commands of their own and not kept in memory."""

from __future__ import annotations

import secrets
import signal
import subprocess
import threading
from pathlib import Path

import typer

from clinic.commands.steps import take_step
from clinic.commands.warnings import warnings_of
from clinic.problem import Problem
from clinic.runtime.processes import programs_of
from clinic.runtime.readiness import announce_when_ready
from clinic.runtime.supervisor import Supervisor, check_ports
from clinic.settings import Settings
from clinic.settings_file import here
from clinic.teaching.releases import checked_model, published_or_none
from clinic.teaching.training import needs_training


class StepFailed(Problem):
    """A step before the start failed; its own sentence was shown."""


def run() -> None:
    """Start the whole assistant and keep it running until Ctrl-C."""
    settings = _with_secret(here())
    _check_ports(settings)
    take_step("database", lambda: _clinic(settings, "migrate"))
    take_step("articles", lambda: _clinic(settings, "articles", "sync", "--start"))
    if needs_training(settings.root):
        typer.echo(why_train(settings.root))
        _clinic(settings, "train")
    for warning in warnings_of(settings):
        typer.echo(f"note: {warning}")
    supervisor = Supervisor(programs_of(settings, checked_model(settings.root)), typer.echo)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, supervisor.stop)
    threading.Thread(target=announce_when_ready, args=(settings, typer.echo), daemon=True).start()
    supervisor.run()
    typer.echo("Stopped; nothing is left running.")


def why_train(root: Path) -> str:
    """Why a model is trained before the start, and what to expect."""
    if published_or_none(root) is None:
        return "no model yet: the first training takes some minutes, later starts none"
    return "what it was taught has changed:"


def _with_secret(settings: Settings) -> Settings:
    """Settings with the engine's shared secret, made now where set-up made it for another folder than `POINTE_VAR`."""
    if settings.engine.secret:
        return settings
    settings.var.mkdir(parents=True, exist_ok=True)
    path = settings.var / "secret"
    path.touch(mode=0o600)
    path.write_text(secrets.token_urlsafe(32), "utf-8")
    return here()


def _clinic(settings: Settings, *command: str) -> None:
    done = subprocess.run([str(settings.root / "bin" / "clinic"), *command], check=False)
    if done.returncode:
        raise StepFailed(f"`bin/clinic {' '.join(command)}` failed (see above); nothing was started.")


def _check_ports(settings: Settings) -> None:
    check_ports(settings.web.host, {"the website": settings.web.port})
    inner = {"the engine": settings.engine.port, "the action server": settings.engine.actions_port}
    check_ports("127.0.0.1", inner)
