"""What `config.yml` says of the intent classifier."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Options:
    """Its parameters in the pipeline, as far as they are needed without Rasa."""

    strength: float = 30.0
    given_up: float = 0.03
    tuned: float = 1.0
    reluctant: tuple[str, ...] = ()
    reluctance: float = 1.0

    @classmethod
    def load(cls, config: Path) -> Options:
        """From the pipeline in `config.yml`."""
        pipeline = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
        told = next(dict(part) for part in pipeline if "IntentClassifier" in str(part.get("name")))
        given = {name: told[name] for name in ("strength", "given_up", "tuned", "reluctance") if name in told}
        return cls(**given, reluctant=tuple(told.get("reluctant") or ()))
