"""The model that the running engine answers by: put in its place, named, and asked."""

from __future__ import annotations

from typing import Any

import httpx

from clinic.engine.channel import ask_channel
from clinic.engine.client import EngineUnavailable
from clinic.settings import Settings

TAKEN_WITHIN = 60.0  # seconds: a model trained as a whole is loaded and warmed beside the one that answers


def publish_model(settings: Settings, file: str, sha256: str) -> str:
    """Tell the running engine to answer by a published model; returns the model's id. Raises httpx.HTTPError."""
    answer = ask_channel(settings, "/publish", {"file": file, "sha256": sha256}, TAKEN_WITHIN)
    return str(answer.raise_for_status().json()["model"])


def model_of_engine(settings: Settings) -> str:
    """The id of the model that this machine's engine answers by now; raises httpx.HTTPError."""
    answer = ask_channel(settings, "/parse", {"texts": []}, 2.0)
    return str(answer.raise_for_status().json()["model"])


def parse_with(settings: Settings, texts: list[str], model: tuple[str, str] = ("", "")) -> list[dict[str, Any]]:
    """How the running engine understands texts, by a candidate's intents where its file and hash are named.

    Raises EngineUnavailable.
    """
    body = {"texts": texts, "file": model[0], "sha256": model[1]}
    try:
        answer = ask_channel(settings, "/parse", body, 60.0)
        return list(answer.raise_for_status().json()["parses"])
    except (httpx.HTTPError, ValueError) as error:
        raise EngineUnavailable(f"the engine did not answer: {type(error).__name__}") from error
