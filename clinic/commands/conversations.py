"""The conversation log, for staff."""

from __future__ import annotations

import unicodedata
from typing import Annotated

import typer

from clinic.composition import here, open_history, open_log, sessions_of
from clinic.conversations.followup_store import FollowUps
from clinic.conversations.history import WORDS, History
from clinic.conversations.log_filter import Filter
from clinic.conversations.log_reading_store import LogReader
from clinic.engine.prediction import LoggedTurn
from clinic.privacy.masking import mask

app = typer.Typer(help="Read what visitors asked and what was answered.", no_args_is_help=True)


def _log() -> History:
    settings = here()
    return open_history(settings, sessions_of(settings))


@app.command("list")
def list_conversations(
    limit: Annotated[int, typer.Option(help="How many, the newest first.")] = 20,
    words: Annotated[str, typer.Option(help="Only those with these words.")] = "",
    flag: Annotated[bool, typer.Option("--red-flags", help="Only those with a red flag.")] = False,
    missed: Annotated[bool, typer.Option("--not-covered", help="Only those with a question not covered.")] = False,
) -> None:
    """The newest conversations: when, how many messages, what was answered, the first words."""
    settings = here()
    sessions = sessions_of(settings)
    open_log(settings, sessions).catch_up()
    wanted = Filter(q=words, flag="any" if flag else "", covered="no" if missed else "")
    lines = LogReader(sessions).page(wanted, limit)
    if not lines:
        typer.echo("No conversation is found. Open the demo page and ask something.")
    for one in lines:
        thumbs = f" +{one.helpful}/-{one.unhelpful}" if one.helpful or one.unhelpful else ""
        danger = f" red flag {one.red_flag}" if one.red_flag else ""
        said = _plain(mask(one.first_words[:WORDS]).text)
        typer.echo(
            f"{one.id[:8]}  {one.last:%Y-%m-%d %H:%M}  {one.turns:3d}  [{','.join(one.kinds)}]{thumbs}{danger}  {said}"
        )


def _plain(words: str) -> str:
    """Words without what a terminal would take for an order, on one line."""
    return "".join("�" if unicodedata.category(one) in ("Cc", "Cf") and one != "\u200d" else one for one in words)


@app.command("show")
def show(conversation: str) -> None:
    """One conversation, turn by turn: the question, what it was taken for, what was answered from where."""
    log = _log()
    conversation = LogReader(sessions_of(here())).find(conversation) or conversation
    turns = log.turns(conversation)
    if not turns:
        typer.echo("No such conversation, or nothing was said in it. `bin/clinic conversations list` shows them.")
        raise typer.Exit(1)
    thoughts = {one.reply_id: one for one in log.feedback(conversation)}
    for turn in turns:
        typer.echo(f"\n{turn.at:%Y-%m-%d %H:%M:%S}  visitor: {_plain(mask(turn.text).text)}")
        typer.echo(f"  taken for: {_guesses(turn)}")
        for reply in turn.replies:
            places = "; ".join(f"{one['title']}, {one['section']}" for one in reply.get("sources") or [])
            typer.echo(f"  {reply['kind']}{f' ({places})' if places else ''}: {_plain(mask(str(reply['text'])).text)}")
            thought = thoughts.get(reply.get("id", ""))
            if thought:
                verdict = "helped" if thought.helpful else "did not help"
                typer.echo(
                    f"    visitor: {verdict}{f': {_plain(mask(thought.comment).text)}' if thought.comment else ''}"
                )


def _guesses(turn: LoggedTurn) -> str:
    trusted = "" if turn.intent != "nlu_fallback" else "not trusted; "
    named = ", ".join(f"{name} {confidence:.2f}" for name, confidence in turn.guesses[:2])
    flag = f"red flag {turn.red_flag}; " if turn.red_flag else ""
    return f"{flag}{trusted}{named or turn.intent}"


@app.command("follow-up")
def follow_up(done: Annotated[int, typer.Option(help="Mark this number as done.")] = 0) -> None:
    """What must be followed up: complaints and answers that did not help."""
    follow_ups = FollowUps(sessions_of(here()))
    if done:
        closed = follow_ups.close(done)
        typer.echo(f"{done} is done." if closed else f"There is no open number {done}.")
        raise typer.Exit(0 if closed else 1)
    waiting = follow_ups.open()
    if not waiting:
        typer.echo("Nothing to follow up.")
    for one in waiting:
        typer.echo(f"{one.number:5d}  {one.at:%Y-%m-%d %H:%M}  {one.reason:18}  {one.conversation_id[:8]}")
