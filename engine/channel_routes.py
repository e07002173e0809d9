"""What the channel answers beside a visitor's turns: parses, a probe, trial chats, a model to take."""

from __future__ import annotations

import asyncio
import logging

from sanic.request import Request
from sanic.response import HTTPResponse, json

from engine.components.intent_classifier import TRIED
from engine.plain_words import as_plain_words, words_and_metadata
from engine.probe import probe
from engine.publish import take_model
from engine.replies import Replies
from engine.trial import NotTried, Trial, candidate_head, try_turn

logger = logging.getLogger(__name__)


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
    text, metadata = words_and_metadata(sent)
    trial = Trial(**{**sent, "text": text, "metadata": metadata})
    try:
        told = await try_turn(request.app.ctx.agent, trial, output)
    except NotTried as error:
        return json({"error": str(error)}, status=409)
    return json({"replies": output.collected, **told})
