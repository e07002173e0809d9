"""The only door to the engine: what it hears, what it understands, over loopback with the shared secret."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from clinic.problem import Problem
from clinic.settings import Settings

FALLBACK = "nlu_fallback"
PROBE_SECONDS = 4.5


class EngineUnavailable(Problem):
    """The engine could not be asked, or did not answer in time. The visitor gets an `error` reply."""


@dataclass(frozen=True, slots=True)
class EngineResponse:
    """What the engine made of a message: the replies as they travel, and its parse."""

    replies: tuple[dict[str, Any], ...]
    parse: dict[str, Any]

    @property
    def red_flag(self) -> str:
        """The name of the flag that was raised, or an empty string."""
        for entity in self.parse.get("entities") or []:
            if entity.get("entity") == "red_flag":
                return str(entity.get("value", ""))
        return ""


@dataclass(frozen=True, slots=True)
class UserMessage:
    """What is passed to the engine: who says what, under the widget's own id of it; `again`: not for the first time."""

    sender: str
    message_id: str
    text: str
    metadata: dict[str, Any]
    again: bool = False


class Engine(Protocol):
    """What `clinic.web` needs of an engine; tests pass a fake."""

    async def send(self, utterance: UserMessage, seconds: float) -> EngineResponse:
        """Pass a message on and return the replies; raises EngineUnavailable."""

    async def parse(self, texts: list[str]) -> list[dict[str, Any]]:
        """How each text is understood, in the engine's own format; raises EngineUnavailable."""

    async def is_ready(self) -> bool:
        """Whether a whole turn is answered, actions and all; nothing of it is stored."""


class RasaEngine:
    """The engine behind its loopback channel."""

    def __init__(self, settings: Settings) -> None:
        self._client = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{settings.engine.port}/webhooks/pointe",
            headers={"Authorization": f"Bearer {settings.engine.secret}"},
            timeout=30.0,
            trust_env=False,
        )

    async def send(self, utterance: UserMessage, seconds: float) -> EngineResponse:
        """Pass a message on; raises EngineUnavailable after `seconds` or when the engine is gone."""
        body = {
            "sender": utterance.sender,
            "message_id": utterance.message_id,
            "text": utterance.text,
            "metadata": utterance.metadata,
            "again": utterance.again,
            # By this machine's monotonic clock: a turn that has not begun by then is of no use to anybody.
            "until": time.monotonic() + seconds,
        }
        answer = await self._post("/webhook", body, seconds)
        return EngineResponse(tuple(answer.get("replies") or ()), answer.get("parse") or {})

    async def parse(self, texts: list[str]) -> list[dict[str, Any]]:
        """How each text is understood."""
        answer = await self._post("/parse", {"texts": texts}, 60.0)
        return list(answer["parses"])

    async def is_ready(self) -> bool:
        """A probe turn, answered by the actions within PROBE_SECONDS."""
        try:
            kinds = (await self._post("/probe", {}, PROBE_SECONDS)).get("kinds") or []
        except EngineUnavailable:
            return False
        return bool(kinds) and "error" not in kinds

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()

    async def _post(self, path: str, body: dict[str, Any], seconds: float) -> dict[str, Any]:
        try:
            # httpx's own time-out begins anew with each step and each byte.
            async with asyncio.timeout(seconds):
                answer = await self._client.post(path, json=body, timeout=seconds)
            answer.raise_for_status()
            return dict(answer.json())
        except (httpx.HTTPError, ValueError, TimeoutError) as error:
            raise EngineUnavailable(f"the engine did not answer: {type(error).__name__}") from error


TRIAL = "trial-"
"""How the conversation id of a trial chat begins. What is said in one is kept by nobody but the studio."""


@dataclass(frozen=True, slots=True)
class TrialTurn:
    """A message of a trial chat; `events` is the engine's memory of it, `model` the file and hash of a candidate."""

    sender: str
    text: str
    events: tuple[dict[str, Any], ...] = ()
    article: str = ""
    model: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it: the replies, the parse, and the memory to send with the next message."""

    replies: tuple[dict[str, Any], ...]
    parse: dict[str, Any]
    events: tuple[dict[str, Any], ...]


def try_turn(settings: Settings, turn: TrialTurn) -> Tried:
    """One turn of a trial chat, which leaves no trace in the log; raises EngineUnavailable."""
    body = {
        "sender": turn.sender,
        "text": turn.text,
        "metadata": {"page": {"article": turn.article}},
        "events": list(turn.events),
        "file": turn.model[0],
        "sha256": turn.model[1],
    }
    address = f"http://127.0.0.1:{settings.engine.port}/webhooks/pointe/try"
    head = {"Authorization": f"Bearer {settings.engine.secret}"}
    try:
        answer = httpx.post(address, json=body, headers=head, timeout=10.0, trust_env=False)
        if answer.status_code == 409:
            raise EngineUnavailable(str(answer.json().get("error")))
        told = answer.raise_for_status().json()
    except (httpx.HTTPError, ValueError) as error:
        raise EngineUnavailable(f"the engine did not answer: {type(error).__name__}") from error
    return Tried(tuple(told["replies"]), dict(told["parse"]), tuple(told["events"]))


TAKEN_WITHIN = 60.0  # seconds: a model trained as a whole is loaded and warmed beside the one that answers


def publish_model(settings: Settings, file: str, sha256: str) -> str:
    """Tell the running engine to answer by a published model; returns the model's id. Raises httpx.HTTPError."""
    answer = httpx.post(
        f"http://127.0.0.1:{settings.engine.port}/webhooks/pointe/publish",
        json={"file": file, "sha256": sha256},
        headers={"Authorization": f"Bearer {settings.engine.secret}"},
        timeout=TAKEN_WITHIN,
        trust_env=False,
    )
    return str(answer.raise_for_status().json()["model"])


def model_of_engine(settings: Settings) -> str:
    """The id of the model that this machine's engine answers by now; raises httpx.HTTPError."""
    answer = httpx.post(
        f"http://127.0.0.1:{settings.engine.port}/webhooks/pointe/parse",
        json={"texts": []},
        headers={"Authorization": f"Bearer {settings.engine.secret}"},
        timeout=2.0,
        trust_env=False,
    )
    return str(answer.raise_for_status().json()["model"])


def parse_with(settings: Settings, texts: list[str], model: tuple[str, str] = ("", "")) -> list[dict[str, Any]]:
    """How the running engine understands texts, by a candidate's intents where its file and hash are named.

    Raises EngineUnavailable.
    """
    try:
        answer = httpx.post(
            f"http://127.0.0.1:{settings.engine.port}/webhooks/pointe/parse",
            json={"texts": texts, "file": model[0], "sha256": model[1]},
            headers={"Authorization": f"Bearer {settings.engine.secret}"},
            timeout=60.0,
            trust_env=False,
        )
        return list(answer.raise_for_status().json()["parses"])
    except (httpx.HTTPError, ValueError) as error:
        raise EngineUnavailable(f"the engine did not answer: {type(error).__name__}") from error
