"""The sentence encoder: text to unit vectors whose dot product is their closeness in meaning."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

Vectors = npt.NDArray[np.float32]

DIMENSIONS = 384
RECENT = 16  # texts whose rows are remembered, in memory alone
LONGEST = 256  # tokens; upstream was trained on texts no longer than this


class EncoderMissing(Exception):
    """The encoder has not been built."""


class EncoderCorrupt(Exception):
    """The encoder's files are damaged or do not belong together."""


class Encoder:
    """all-MiniLM-L6-v2 as int8 ONNX. Make one with `Encoder.load`; it may be shared by threads."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, hash: str) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self.hash = hash
        self._recent: OrderedDict[tuple[str, str], Vectors] = OrderedDict()

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> Encoder:
        """The encoder built into `folder` by `python -m engine.encoder`.

        Raises EncoderMissing if it is not there and EncoderCorrupt if its files are not those that were
        built; both say what to do. `hash` is the SHA-256 of the model followed by the tokenizer.
        """
        model, tokenizer, description = (
            _read(folder / name) for name in ("model.onnx", "tokenizer.json", "encoder.json")
        )
        _check(folder, {"model": model, "tokenizer": tokenizer}, description)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        words = Tokenizer.from_str(tokenizer.decode())
        words.no_padding()
        words.enable_truncation(LONGEST)
        return cls(session, words, hashlib.sha256(model + tokenizer).hexdigest())

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit row of 384 for each text (n, 384): the mean of its tokens' states, normalised.

        The same text has the same row whatever stands beside it, so rows may be kept and compared. Texts
        over 256 tokens are cut.
        """
        return self._encode_layers(texts, ["hidden"])

    def encode_wording(self, texts: Sequence[str]) -> Vectors:
        """Rows of 768 (n, 768): `encode`'s unit row, then that of the fourth of the six layers.

        The fourth layer holds more of how a thing is said, and helps to tell kinds of question apart; for
        what a text is about, use `encode`.
        """
        return self._encode_layers(texts, ["hidden", "middle"])

    def _encode_layers(self, texts: Sequence[str], layers: list[str]) -> Vectors:
        rows = np.zeros((len(texts), DIMENSIONS * len(layers)), dtype=np.float32)
        seen: dict[str, int] = {}
        for place, text in enumerate(texts):
            first = seen.setdefault(text, place)
            rows[place] = rows[first] if first != place else self._encode_one(text, layers)
        return rows

    def _encode_one(self, text: str, layers: list[str]) -> Vectors:
        """The row, from memory where the text was among the last few: several components ask about one message."""
        key = (text, layers[-1])
        row = self._recent.pop(key, None)
        if row is None:
            row = self._run(text, layers)
        self._recent[key] = row
        while len(self._recent) > RECENT:
            with suppress(KeyError):  # another thread was first
                self._recent.popitem(last=False)
        return row

    def _run(self, text: str, layers: list[str]) -> Vectors:
        # Alone on purpose: int8 rounding follows the range of the whole batch.
        batch = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        states = self._session.run(layers, {"tokens": batch})
        means: list[Vectors] = [np.asarray(state)[0].mean(axis=0) for state in states]
        return np.concatenate([mean / max(float(np.linalg.norm(mean)), 1e-12) for mean in means])


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EncoderMissing(
            f"The sentence encoder is not in {path.parent} ({path.name} cannot be read): run make setup."
        ) from error


def _check(folder: Path, files: dict[str, bytes], description: bytes) -> None:
    try:
        expected = json.loads(description)
        whole = all(
            hashlib.sha256(content).hexdigest() == expected[f"{name}_sha256"] for name, content in files.items()
        )
    except (ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        raise EncoderCorrupt(f"The sentence encoder in {folder} is damaged: delete that folder and run make setup.")
