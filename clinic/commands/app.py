"""All commands in one place, as `bin/clinic --help` shows them. A command's own code is imported when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperGroup


class Entry(NamedTuple):
    """Where a command stands (`module:name` under `clinic.commands`) and what `--help` says of it."""

    place: str
    help: str
    hidden: bool = False


COMMANDS = {
    "run": Entry("running:run", "Start the whole assistant and keep it running until Ctrl-C."),
    "web": Entry("serving:web", "The web alone, under the supervisor.", hidden=True),
    "worker": Entry("working:work", "The worker alone, under the supervisor.", hidden=True),
    "migrate": Entry("training:migrate", "Bring the databases to the newest shape."),
    "train": Entry("training:train", "Train and publish a model, if what it is made of has changed."),
    "learn": Entry("learning:learn", "Learn what is taught, compare, and publish it without a restart."),
    "releases": Entry("learning:app", "Published models: what there is, and going back."),
    "ask": Entry("asking:ask", "Ask the running assistant and print its replies as JSON."),
    "parse": Entry("asking:parse", "How lines from standard input are understood, as JSON."),
    "explain": Entry("explaining:explain_text", "Why a message is answered as it is: each step, as JSON."),
    "reader": Entry("explaining:reader", "Reads articles for the studio.", hidden=True),
    "check": Entry("checking:check", "Check everything that is taught, with file and line."),
    "evaluate": Entry("evaluating:evaluate", "Measure the running assistant on the held-out sets."),
    "evaluate-articles": Entry(
        "evaluating_articles:evaluate_articles", "Measure how a folder of pages is answered from."
    ),
    "compare": Entry("evaluating:compare", "Compare two measurements line by line."),
    "stories": Entry("stories:stories", "Replay the tests' stories through the running assistant; take new ones in."),
    "erase": Entry("privacy:erase", "Erase one conversation for good, as its visitor may."),
    "off": Entry("switching:off", "Switch the assistant off: visitors get the clinic's phone."),
    "on": Entry("switching:on", "Switch the assistant on again."),
    "appointments": Entry("appointments:app", "The appointment requests."),
    "articles": Entry("articles:app", "The articles the assistant answers from."),
    "conversations": Entry("conversations:app", "Read what visitors asked and what was answered."),
    "demo": Entry("demo:demo", "Fill an empty database with a made-up month, to look at the console."),
    "users": Entry("users:app", "Who may sign in to the staff console and the studio."),
    "retention": Entry("privacy:app", "Erase what is older than the settings allow."),
}


class LazyGroup(TyperGroup):
    """A group that knows its commands by name and imports one when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """All names, in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command itself; None for a name that is none."""
        return load_command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list for `--help`, from the table alone."""
        shown = [(name, entry.help) for name, entry in COMMANDS.items() if not entry.hidden]
        with formatter.section("Commands"):
            formatter.write_dl(shown)


def load_command(name: str) -> Any:
    """Import a command; raises KeyError for an unknown name."""
    module, attribute = COMMANDS[name].place.split(":")
    found = getattr(import_module(f"clinic.commands.{module}"), attribute)
    if isinstance(found, typer.Typer):
        command = typer.main.get_command(found)
    else:
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(name)(found)
        command = typer.main.get_command(alone)
    command.name, command.hidden = name, COMMANDS[name].hidden
    return command


app = typer.Typer(
    cls=LazyGroup,
    help="Pointe, the assistant on a clinic's website.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def main() -> None:
    """Pointe, the assistant on a clinic's website."""
