"""The encoder's last two layers once more, fine-tuned to tell intents and kinds of turn apart (`bench/layers/`)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from language.onnx_session import open_session

States = npt.NDArray[np.float32]
FOLDER = Path("models/tuned")


class TunedLayersCorrupt(Exception):
    """The layers' files are missing or do not belong together."""


class TunedLayers:
    """Reads the states that the encoder's fourth layer gave a text's tokens; threads may share it."""

    def __init__(self, session: onnxruntime.InferenceSession, hash: str) -> None:
        self._session = session
        self.hash = hash

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> TunedLayers:
        """The layers in `folder`, whose SHA-256 is `hash`. Raises TunedLayersCorrupt, which says what to do."""
        try:
            model = (folder / "model.onnx").read_bytes()
            recorded = json.loads((folder / "tuned.json").read_text("utf-8"))["sha256"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise TunedLayersCorrupt(f"The tuned layers are not in {folder}: bring it back from git.") from error
        found = hashlib.sha256(model).hexdigest()
        if found != recorded:
            raise TunedLayersCorrupt(
                f"{folder / 'model.onnx'} is not the file that tuned.json records: bring both back from git."
            )
        return cls(open_session(model, threads), found)

    def read(self, middle: States) -> States:
        """The states (1, tokens, 384) after these layers, of those of the fourth layer."""
        states: States = np.asarray(self._session.run(["hidden"], {"middle": middle})[0])
        return states
