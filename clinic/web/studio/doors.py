"""The running engine as publishing asks it."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from pathlib import Path

import httpx

from clinic.engine.cli import train_model
from clinic.engine.client import EngineResponse
from clinic.engine.events import FALLBACK
from clinic.engine.live_model import parse_with, publish_model
from clinic.engine.parser_process import ParserProcess
from clinic.engine.sender import TRIAL
from clinic.engine.trial import TrialTurn, try_turn
from clinic.settings import Settings
from clinic.teaching.releases import Release


@dataclass(frozen=True, slots=True)
class EngineDoors:
    """Trains with the engine's command line, asks and swaps in the engine that runs."""

    settings: Settings

    def train(self, folder: Path, name: str) -> Path:
        """A whole training; raises TrainingFailed."""
        return train_model(self.settings.root, folder, name)

    def swap(self, release: Release) -> str:
        """Take a published model into the running engine."""
        try:
            publish_model(self.settings, release.file, release.sha256)
        except httpx.HTTPStatusError as error:
            return f"published, and not taken by the running engine: {error.response.text[:200]}"
        except httpx.HTTPError as error:
            return f"published; the engine does not run ({type(error).__name__}), so it answers at the next start"
        return "published: visitors are answered by it from now on"

    def alarms_quick(self, texts: list[str], candidate: Path | None) -> list[bool]:
        """Which texts raise a card; raises EngineUnavailable."""
        model = (candidate.name, _hash(candidate)) if candidate else ("", "")
        return [bool(EngineResponse((), one).red_flag) for one in parse_with(self.settings, texts, model)]

    def guesses(self, texts: list[str], candidate: Path) -> list[str]:
        """What each text is taken for with the candidate's intents; `nlu_fallback` where no guess is trusted."""
        parses = parse_with(self.settings, texts, (candidate.name, _hash(candidate)))
        return [str((one.get("intent") or {}).get("name") or FALLBACK) for one in parses]

    def reply(self, text: str, candidate: Path | None) -> str:
        """What a visitor would be told, from a chat of one message that leaves no trace; raises EngineUnavailable."""
        model = (candidate.name, _hash(candidate)) if candidate else ("", "")
        tried = try_turn(self.settings, TrialTurn(f"{TRIAL}{uuid.uuid4()}", text, model=model))
        return "\n\n".join(str(one.get("text") or "") for one in tried.replies)

    def alarms_whole(self, texts: list[str], candidate: Path | None) -> list[bool]:
        """The same with a wholly trained candidate, in a process of its own."""
        if candidate is None:
            return self.alarms_quick(texts, None)
        with ParserProcess(self.settings.root, candidate) as parser:
            return [bool(EngineResponse((), parser.understand(one)).red_flag) for one in texts]


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
