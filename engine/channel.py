"""The one way into the engine: a loopback channel that hears a message and hands back whole replies.

`POST /webhooks/pointe/webhook` takes `{"sender", "text", "message_id", "metadata", "again", "until"}` and answers
`{"replies": [Reply, ...], "parse": {...}}`; `POST /webhooks/pointe/parse` takes `{"texts": [...]}` and answers
`{"parses": [...]}`; `POST /webhooks/pointe/probe` answers `{"kinds": [...]}` of a turn that is stored nowhere;
`POST /webhooks/pointe/try` is a turn of a trial chat (`engine/trial.py`).
All need `Authorization: Bearer <POINTE_SECRET>`; without a secret the engine does not start.
"""

from __future__ import annotations

import asyncio
import gc
import hmac
import logging
import os
from typing import Any, Awaitable, Callable, Dict, List, Optional, Text

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.core.lock_store import LockError
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.exc import SQLAlchemyError

from engine.answered import NobodyWaits, check_waiting
from engine.components.intent_classifier import TRIED
from engine.event_rows import Overtaken
from engine.probe import probe
from engine.publish import take_model
from engine.rasa_patches import apply
from engine.readings import parse_whole
from engine.trial import NotTried, Trial, candidate_head, try_turn
from engine.turns import Turns

logger = logging.getLogger(__name__)

Answer = Callable[[Request], Awaitable[HTTPResponse]]
# Rasa reads a text that begins with a slash as a command that sets any intent or slot.
COMMAND = "/"
PLAIN_SLASH = "\u2215"
# What a turn fails with that will do when it comes again: the database or the conversation is not to be had.
NOT_NOW = (SQLAlchemyError, Overtaken, LockError, asyncio.TimeoutError)


def as_plain_words(text: str) -> str:
    """The text as plain words: a leading slash becomes the look-alike that commands nothing."""
    bare = text.strip()
    return PLAIN_SLASH + bare[1:] if bare.startswith(COMMAND) else bare


class Replies(OutputChannel):
    """Collects what the assistant says, each message whole."""

    def __init__(self) -> None:
        self.collected: List[Dict[str, Any]] = []

    @classmethod
    def name(cls) -> Text:
        """The channel's name in the log."""
        return "pointe"

    async def send_response(self, recipient_id: Text, message: Dict[Text, Any]) -> None:
        """Keep one message: our Reply as it travels in `custom`, or Rasa's own text."""
        custom = message.get("custom")
        if custom:
            self.collected.append(custom)
        elif message.get("text"):
            self.collected.append({"kind": "say", "text": message["text"]})


class PointeInput(InputChannel):
    """Hears what `clinic.web` passes on; nobody else knows the secret."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.turns = Turns()

    @classmethod
    def name(cls) -> Text:
        """The channel's name, part of its address."""
        return "pointe"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> "PointeInput":
        """Take the secret from the environment, so that it is in no file that git keeps."""
        secret = os.environ.get("POINTE_SECRET", "")
        if not secret:
            raise ValueError("POINTE_SECRET is not set: start the engine with `make run` or `bin/rasa run`.")
        apply()
        return cls(secret)

    async def _turn(
        self, app: Sanic, sent: dict[str, Any], on_new_message: Callable[[UserMessage], Awaitable[Any]]
    ) -> dict[str, Any]:
        check_waiting(sent.get("until"))
        message = _message(sent, Replies())
        message.again, message.until = bool(sent.get("again")), sent.get("until")
        # Understood here, so that the parse can go back without reading the conversation again.
        message.parse_data = await parse_whole(app.ctx.agent, message.sender_id, message.text)
        await on_new_message(message)
        return {"replies": message.output_channel.collected, "parse": message.parse_data}

    def is_known(self, request: Request) -> bool:
        """Whether the caller holds the secret."""
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self.secret}".encode())

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's addresses."""
        blueprint = Blueprint("pointe_channel", __name__)
        for name, answer in (
            ("webhook", self._hear(on_new_message)),
            ("parse", parse),
            ("probe", hear_probe),
            ("try", hear_trial),
            ("publish", publish),
        ):
            blueprint.add_route(self._for_known(answer), f"/{name}", methods=["POST"], name=name)
        blueprint.after_server_start(end_without_model)
        blueprint.after_server_start(keep_model)
        return blueprint

    def _for_known(self, answer: Answer) -> Answer:
        """The same address, for callers who hold the secret."""

        async def checked(request: Request) -> HTTPResponse:
            return await answer(request) if self.is_known(request) else json({"error": "unknown caller"}, status=401)

        return checked

    def _hear(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Answer:
        async def hear(request: Request) -> HTTPResponse:
            sent = request.json
            turn = self.turns.take(sent["message_id"], lambda: self._turn(request.app, sent, on_new_message))
            # A turn that has begun goes on though the caller leaves: the same message again gets what it made.
            try:
                return json(await asyncio.shield(turn))
            except NobodyWaits:
                return json({"error": "nobody waits"}, status=503)
            except NOT_NOW as error:
                logger.error("a turn was not kept: %s", type(error).__name__)
                return json({"error": "not now"}, status=503)

        return hear


async def parse(request: Request) -> HTTPResponse:
    """How each of `texts` is understood, and by which model; with `file` and `sha256` by a candidate's intents."""
    agent = request.app.ctx.agent
    mark = TRIED.set(candidate_head(request.json.get("file", ""), request.json.get("sha256", "")))
    try:
        parses = []
        for text in request.json["texts"]:
            parses.append(await agent.parse_message(as_plain_words(text)))
            await asyncio.sleep(0)  # visitors go first
    finally:
        TRIED.reset(mark)
    return json({"parses": parses, "model": agent.model_id})


async def hear_probe(request: Request) -> HTTPResponse:
    """The kinds of reply that a turn gets which is stored nowhere."""
    output = Replies()
    await probe(request.app.ctx.agent, output)
    return json({"kinds": [str(reply.get("kind")) for reply in output.collected]})


async def publish(request: Request) -> HTTPResponse:
    """Take a published model into the running engine; 409 with the reason where it cannot be."""
    try:
        model = await take_model(request.app.ctx.agent, request.json["file"], request.json["sha256"])
    except Exception as error:
        logger.exception("a model was not taken")
        return json({"error": str(error)}, status=409)
    return json({"model": model})


async def hear_trial(request: Request) -> HTTPResponse:
    """A turn of a trial chat; 409 with the reason where it cannot be had."""
    sent, output = request.json, Replies()
    metadata = {**(sent.get("metadata") or {}), "typed": sent["text"]}
    trial = Trial(**{**sent, "text": as_plain_words(sent["text"]), "metadata": metadata})
    try:
        told = await try_turn(request.app.ctx.agent, trial, output)
    except NotTried as error:
        return json({"error": str(error)}, status=409)
    return json({"replies": output.collected, **told})


async def end_without_model(app: Sanic, _loop: Any) -> None:
    """End an engine that could not load its model, so that it is started again and looks anew."""
    agent = getattr(app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        logger.error("The engine has no model (see above), so it hears nothing: it ends and is started again.")
        os._exit(1)


async def keep_model(_app: Sanic, _loop: Any) -> None:
    """Have the garbage collector, which stops everything while it looks, look past what is loaded by now."""
    gc.collect()
    gc.freeze()


def _message(sent: Dict[str, Any], output: Replies) -> UserMessage:
    text = as_plain_words(sent["text"])
    metadata = {**(sent.get("metadata") or {}), "typed": sent["text"]}
    return UserMessage(
        text,
        output,
        sent["sender"],
        input_channel=PointeInput.name(),
        message_id=sent["message_id"],
        metadata=metadata,
    )
