"""Learn what is taught, compare, publish or refuse, and go back: from the command line."""

from __future__ import annotations

import getpass
import time
from pathlib import Path
from typing import Annotated

import httpx
import typer

from clinic.commands.steps import take_step
from clinic.commands.training import train
from clinic.engine.live_model import publish_model
from clinic.engine.trainer import LearningFailed, Trainer
from clinic.settings import Settings
from clinic.settings_file import here
from clinic.teaching.comparison import Comparison, compare, read_labelled
from clinic.teaching.fingerprint import fingerprint
from clinic.teaching.gate import lost, read_emergencies
from clinic.teaching.learning import keep_state, read_state
from clinic.teaching.publishing import WHOLE, how_of
from clinic.teaching.releases import Note, Release, checked_model, go_back, history, publish, published
from clinic.teaching.training import candidates_of, name_of
from clinic.teaching.validation import FEWEST, MOST, validate

app = typer.Typer(help="Published models: what there is, and going back.", no_args_is_help=True)
SHOWN = 12


def learn(
    try_out: Annotated[bool, typer.Option("--try", help="Learn and compare, publish nothing.")] = False,
    why: Annotated[str, typer.Option(help="What changed, for the list of releases.")] = "",
    folds: Annotated[
        int | None,
        typer.Option("--cross-validate", min=FEWEST, max=MOST, help="Only cross-validate, over so many folds."),
    ] = None,
) -> None:
    """Learn what is taught now, compare it with the live model, and publish it without a restart."""
    settings = here()
    if folds:
        _cross_validate(settings, folds)
        return
    release = published(settings.root)
    state = read_state(settings.root)
    how = how_of(settings.root, state, release)
    if release is None or how == WHOLE:
        typer.echo("More than examples changed (or there is no model yet): this takes a whole training.")
        if not try_out:
            train()
        return
    began = time.monotonic()
    candidate = candidates_of(settings.root) / f"{name_of(fingerprint(settings.root))}.tar.gz"
    with Trainer(settings.root, checked_model(settings.root)) as trainer:
        take_step("learning", lambda: f"{trainer.learn(candidate)['utterances']} utterances")
        found = _compare(settings.root, trainer, candidate)
        missed = _missed(settings.root, trainer, candidate)
    _show(found, how, missed)
    if try_out:
        candidate.unlink()
        return
    if missed or not found.may_be_published:
        raise LearningFailed(f"Not published: too much got worse. The candidate stays in {candidate.parent.name}/.")
    note = Note(fingerprint(settings.root), release.whole, getpass.getuser(), why)
    published_now = publish(settings.root, candidate, note)
    keep_state(settings.root, published_now, state)
    _swap(settings, published_now)
    typer.echo(f"done in {time.monotonic() - began:.1f} s; `bin/clinic releases back` undoes it")


@app.command("list")
def list_releases() -> None:
    """Every published model that is still there, the newest first."""
    root = here().root
    current = published(root)
    for one in history(root)[:SHOWN]:
        mark = "*" if current and one.file == current.file and one.at == current.at else " "
        how = "intents alone" if one.base else "whole training"
        typer.echo(f"{mark} {one.at}  {one.file}  {how}  {one.who}  {one.why}".rstrip())


@app.command("back")
def back(model: Annotated[str, typer.Argument(help="The beginning of its file's name.")] = "") -> None:
    """Publish the model before the live one again, or the one named."""
    settings = here()
    release = go_back(settings.root, model, getpass.getuser())
    typer.echo(f"published again: {release.file}")
    _swap(settings, release)


def _cross_validate(settings: Settings, folds: int) -> None:
    """Print how well what is taught is told apart by what the other folds teach."""
    with Trainer(settings.root, checked_model(settings.root)) as trainer:
        found = validate(trainer, folds, typer.echo)
    share = found["right"] / found["measured"]
    typer.echo(f"accuracy {share:.3f}, mean F1 {found['f1']:.3f}; the hardest intents and confusions:")
    typer.echo(f"{'intent':28}{'precision':>10}{'recall':>10}{'F1':>10}{'of':>7}")
    for one in found["scores"][:SHOWN]:
        shares = "".join(f"{one[name]:10.3f}" for name in ("precision", "recall", "f1"))
        typer.echo(f"{one['intent']:28}{shares}{one['total']:7}")
    for one in found["confused"][:SHOWN]:
        texts = "; ".join(repr(line["text"]) for line in one["texts"][:2])
        typer.echo(f"  {one['count']:3} of {one['intent']} taken for {one['taken']}: {texts}")


def _compare(root: Path, trainer: Trainer, candidate: Path) -> Comparison:
    labelled = read_labelled(root / "tests" / "evaluation" / "tuning")
    texts = [one.text for one in labelled]
    before = [ranking[0]["name"] for ranking in trainer.guess(texts)]
    after = [ranking[0]["name"] for ranking in trainer.guess(texts, candidate)]
    return compare(labelled, before, after)


def _missed(root: Path, trainer: Trainer, candidate: Path) -> list[str]:
    """The emergencies that would raise a card no more."""
    emergencies = read_emergencies(root)
    return lost(emergencies, candidate, trainer.raised)


def _show(found: Comparison, how: str, missed: list[str]) -> None:
    typer.echo(f"compared: {found}; learned: {how}")
    for text in missed[:SHOWN]:
        typer.echo(f"  raises no card any more: {text!r}")
    for title, changed in (("better", found.better), ("worse", found.worse)):
        for one in changed[:SHOWN]:
            typer.echo(f"  {title}: {one.text!r}: {one.before} -> {one.after} (should be {one.intent})")


def _swap(settings: Settings, release: Release) -> None:
    try:
        publish_model(settings, release.file, release.sha256)
    except httpx.HTTPStatusError as error:
        typer.echo(f"Published, and not taken by the running engine: {error.response.text[:200]}")
        return
    except httpx.HTTPError as error:
        typer.echo(f"The engine does not run ({type(error).__name__}): the model is live at the next start.")
        return
    typer.echo(f"live: {release.file}")
