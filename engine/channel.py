"""The one way into the engine: a loopback channel that hears a message and hands back whole replies.

`POST /webhooks/pointe/webhook` takes `{"sender", "text", "message_id", "metadata", "again", "until"}` and answers
`{"replies": [Reply, ...], "parse": {...}}`; `POST /webhooks/pointe/parse` takes `{"texts": [...]}` and answers
`{"parses": [...]}`; `POST /webhooks/pointe/probe` answers `{"kinds": [...]}` of a turn that is stored nowhere;
`POST /webhooks/pointe/try` is a turn of a trial chat (`engine/trial.py`), `POST /webhooks/pointe/publish` takes
`{"file", "sha256"}` of a published model (`engine/publish.py`). The answers of the last four are in
`engine/channel_routes.py`.
All need `Authorization: Bearer <POINTE_SECRET>`; without a secret the engine does not start.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import os
from typing import Any, Awaitable, Callable, Dict, Optional, Text

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.lock_store import LockError
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.exc import SQLAlchemyError

from engine.answered import NobodyWaits, check_waiting
from engine.channel_routes import hear_probe, hear_trial, parse, publish
from engine.event_rows import Overtaken
from engine.plain_words import words_and_metadata
from engine.rasa_patches import apply
from engine.readings import parse_whole
from engine.replies import Replies
from engine.start import end_without_model, keep_model
from engine.turns import Turns

logger = logging.getLogger(__name__)

Answer = Callable[[Request], Awaitable[HTTPResponse]]
# What a turn fails with that will do when it comes again: the database or the conversation is not to be had.
NOT_NOW = (SQLAlchemyError, Overtaken, LockError, asyncio.TimeoutError)


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


def _message(sent: Dict[str, Any], output: Replies) -> UserMessage:
    text, metadata = words_and_metadata(sent)
    return UserMessage(
        text,
        output,
        sent["sender"],
        input_channel=PointeInput.name(),
        message_id=sent["message_id"],
        metadata=metadata,
    )
