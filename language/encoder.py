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

from language.onnx_session import open_session
from language.tuned_layers import TunedLayers

Vectors = npt.NDArray[np.float32]
Tokens = npt.NDArray[np.int64]

DIMENSIONS = 384
LAYERS = ("hidden", "middle")
WORDING = DIMENSIONS * len(LAYERS)
TUNED = WORDING + DIMENSIONS
RECENT = 256  # texts whose rows are remembered, in memory alone (0.8 MB): "yes" and "how much is it" come often
LONGEST = 256  # tokens; upstream was trained on texts no longer than this


class EncoderMissing(Exception):
    """The encoder has not been built."""


class EncoderCorrupt(Exception):
    """The encoder's files are damaged or do not belong together."""


class Encoder:
    """all-MiniLM-L6-v2 as int8 ONNX. Make one with `Encoder.load`; it may be shared by threads."""

    def __init__(
        self,
        session: onnxruntime.InferenceSession,
        tokenizer: Tokenizer,
        hash: str,
        layers: TunedLayers | None = None,
    ) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self.hash = hash
        self._layers = layers
        self._recent: OrderedDict[bytes, Vectors] = OrderedDict()

    @classmethod
    def load(cls, folder: Path, threads: int = 1, tuned: Path | None = None) -> Encoder:
        """The encoder built into `folder` by `python -m engine.encoder`, with the `tuned` layers where it is to tell
        intents apart.

        Raises EncoderMissing if it is not there and EncoderCorrupt if its files are not those that were
        built; both say what to do; and what `TunedLayers.load` raises. `hash` is the SHA-256 of the model followed
        by the tokenizer.
        """
        model, tokenizer, description = (
            _read(folder / name) for name in ("model.onnx", "tokenizer.json", "encoder.json")
        )
        _check(folder, {"model": model, "tokenizer": tokenizer}, description)
        session = open_session(model, threads)
        words = Tokenizer.from_str(tokenizer.decode())
        words.no_padding()
        words.enable_truncation(LONGEST)
        layers = TunedLayers.load(tuned, threads) if tuned else None
        return cls(session, words, hashlib.sha256(model + tokenizer).hexdigest(), layers)

    @property
    def tuned_hash(self) -> str:
        """The hash of the encoder and of the tuned layers it was loaded with."""
        return hashlib.sha256(f"{self.hash} {self._layers.hash if self._layers else ''}".encode()).hexdigest()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit row of 384 for each text (n, 384): the mean of its tokens' states, normalised.

        The same text has the same row whatever stands beside it, so rows may be kept and compared. Texts
        over 256 tokens are cut.
        """
        return self.encode_wording(texts)[:, :DIMENSIONS].copy()

    def encode_wording(self, texts: Sequence[str]) -> Vectors:
        """Rows of 768 (n, 768): `encode`'s unit row, then that of the fourth of the six layers.

        The fourth layer holds more of how a thing is said, and helps to tell kinds of question apart; for
        what a text is about, use `encode`.
        """
        return self._encode(texts, WORDING)

    def encode_tuned(self, texts: Sequence[str]) -> Vectors:
        """Rows of 1152 (n, 1152): `encode_wording`'s, then the unit row of the tuned layers, which tell intents apart.

        Raises ValueError where it was loaded without them.
        """
        if self._layers is None:
            raise ValueError("this encoder was loaded without tuned layers")
        return self._encode(texts, TUNED)

    def _encode(self, texts: Sequence[str], width: int) -> Vectors:
        rows = np.zeros((len(texts), width), dtype=np.float32)
        seen: dict[str, int] = {}
        for place, text in enumerate(texts):
            first = seen.setdefault(text, place)
            rows[place] = rows[first] if first != place else self._encode_one(text, width)
        return rows

    def recall(self, text: str) -> Vectors | None:
        """The row (768) that `encode_wording` gave this text lately, as for another process; None where it did not."""
        row = self._recent.get(_digest(self._tokens_of(text)))
        return None if row is None else row[:WORDING]

    def remember(self, text: str, row: Vectors) -> None:
        """Take over the row (768) that another process with the same weights has made of this text."""
        self._keep(_digest(self._tokens_of(text)), row)

    def _encode_one(self, text: str, width: int) -> Vectors:
        """The row, from memory where the text was among the last few: several components ask about one message."""
        tokens = self._tokens_of(text)
        key = _digest(tokens)
        row = self._recent.pop(key, None)
        if row is None or len(row) < width:
            row = self._run(tokens, width)
        self._keep(key, row)
        return row[:width]

    def _keep(self, key: bytes, row: Vectors) -> None:
        self._recent[key] = row
        while len(self._recent) > RECENT:
            with suppress(KeyError):  # another thread was first
                self._recent.popitem(last=False)

    def _tokens_of(self, text: str) -> Tokens:
        return np.array([self._tokenizer.encode(text).ids], dtype=np.int64)

    def _run(self, tokens: Tokens, width: int) -> Vectors:
        # Alone on purpose: int8 rounding follows the range of the whole batch.
        states = [np.asarray(state) for state in self._session.run(list(LAYERS), {"tokens": tokens})]
        if width == TUNED and self._layers is not None:
            states.append(self._layers.read(states[1]))
        means: list[Vectors] = [state[0].mean(axis=0) for state in states]
        return np.concatenate([mean / max(float(np.linalg.norm(mean)), 1e-12) for mean in means])


def _digest(tokens: Tokens) -> bytes:
    """By which a row is found again: what somebody said is not kept in memory."""
    return hashlib.blake2b(tokens.tobytes(), digest_size=16).digest()


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
