"""All commands in one place, as `bin/clinic --help` shows them."""

from __future__ import annotations

import typer

from clinic.commands import (
    appointments,
    articles,
    asking,
    checking,
    conversations,
    evaluating,
    privacy,
    running,
    stories,
    switching,
)

app = typer.Typer(
    help="Pointe, the assistant on a clinic's website.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(running.run)
app.command("web", hidden=True)(running.web)
app.command("worker", hidden=True)(running.work)
app.command("migrate")(running.migrate)
app.command("train")(running.train)
app.command("ask")(asking.ask)
app.command("parse")(asking.parse)
app.command("check")(checking.check)
app.command("evaluate")(evaluating.evaluate)
app.command("compare")(evaluating.compare)
app.command("stories")(stories.stories)
app.command("erase")(privacy.erase)
app.command("off")(switching.off)
app.command("on")(switching.on)
app.add_typer(appointments.app, name="appointments")
app.add_typer(articles.app, name="articles")
app.add_typer(conversations.app, name="conversations")
app.add_typer(privacy.app, name="retention")
