"""What is done before the assistant starts: databases and model."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from clinic.commands.steps import take_step
from clinic.engine.cli import train_model
from clinic.settings import Settings
from clinic.settings_file import here
from clinic.teaching.learning import keep_state, read_state
from clinic.teaching.nlu_examples import read_examples
from clinic.teaching.releases import published_or_none
from clinic.teaching.training import needs_training, train_and_publish


def migrate() -> None:
    """Bring the databases to the newest shape."""
    from clinic.migrations.upgrade import upgrade

    upgrade(here())


def train(force: Annotated[bool, typer.Option(help="Train even when nothing changed.")] = False) -> None:
    """Train and publish a model, if what it is made of has changed."""
    settings = here()
    if not force and not needs_training(settings.root):
        typer.echo("The published model is made of what is taught now: nothing to train.")
        return
    take_step("training", lambda: _train(settings))


def _train(settings: Settings) -> None:
    # A broken line is named here with its file; the engine's own words for it are many.
    read_examples(settings.data / "nlu")
    state = read_state(settings.root)
    # Before the first model nobody is served, and every core may work.
    cores = 1 if published_or_none(settings.root) else os.cpu_count() or 1
    release = train_and_publish(settings.root, lambda folder, name: train_model(settings.root, folder, name, cores))
    keep_state(settings.root, release, state)
