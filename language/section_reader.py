"""The section reader: reads a question and a section together and says which of its sentences answer, if any."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from language.onnx_session import open_session

Scores = npt.NDArray[np.float32]
LONGEST = 384  # tokens of question and section together
QUESTION = 96
SHARPNESS = 14.0
CLS, SEP = 101, 102


class ReaderCorrupt(Exception):
    """The reader's files do not belong together."""


@dataclass(frozen=True, slots=True)
class Reading:
    """For each sentence by how much it answers rather than nothing does: above 0 where it likelier does."""

    scores: Scores


class SectionReader:
    """Made by `bench/reader/`; learned from `data/reading/`, never from the articles it reads. Threads may share it."""

    def __init__(
        self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, heads: dict[str, npt.NDArray[np.float32]]
    ) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._heads = heads

    @classmethod
    def load(cls, folder: Path, tokenizer: Path) -> SectionReader | None:
        """The reader in `folder`; None where there is none. Raises ReaderCorrupt when a file is another."""
        if not (folder / "reader.json").exists():
            return None
        recorded = json.loads((folder / "reader.json").read_text("utf-8"))
        for name in ("model.onnx", "heads.npz"):
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != recorded["sha256"][name]:
                raise ReaderCorrupt(
                    f"{folder / name} is not the file that reader.json records: bring it back from git."
                )
        session = open_session((folder / "model.onnx").read_bytes())
        words = Tokenizer.from_file(str(tokenizer))
        words.no_padding()
        words.no_truncation()
        with np.load(folder / "heads.npz") as kept:
            return cls(session, words, {name: kept[name] for name in kept.files})

    def read(self, question: str, above: str, sentences: Sequence[str]) -> Reading:
        """Read the sentences of one section; `above` is what stands over them. What is too long is left out."""
        tokens = [CLS, *self._pieces(question)[:QUESTION]]
        spans = [(1, len(tokens))]
        tokens += [SEP, *self._pieces(f"{above} :")]
        for sentence in sentences:
            if len(tokens) >= LONGEST - 1:
                break
            more = self._pieces(sentence)[: LONGEST - 1 - len(tokens)]
            spans.append((len(tokens), len(tokens) + max(1, len(more))))
            tokens += more or [SEP]
        batch = np.array([[*tokens, SEP]], dtype=np.int64)
        state = np.asarray(self._session.run(["hidden"], {"tokens": batch})[0])[0]
        means = np.stack([state[first:last].mean(axis=0) for first, last in spans])
        scores = np.full(len(sentences), -SHARPNESS, dtype=np.float32)
        scores[: len(means) - 1] = self._score(state[0], means)
        return Reading(scores)

    def _pieces(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def _score(self, first: Scores, means: Scores) -> Scores:
        asked, said = means[0], means[1:]
        norms = np.linalg.norm(said, axis=1) * np.linalg.norm(asked)
        both = np.broadcast_to(asked, said.shape)
        signs = np.concatenate([said, both, said * both, np.abs(said - both)], axis=1)
        close = SHARPNESS * (said @ asked) / np.maximum(norms, 1e-8) + self._head("sentence", signs)[:, 0]
        null = self._head("null", np.concatenate([first, asked])[None, :])[0, 0]
        scores: Scores = (close - null).astype(np.float32)
        return scores

    def _head(self, name: str, signs: Scores) -> Scores:
        wide = signs @ self._heads[f"{name}.0.weight"].T + self._heads[f"{name}.0.bias"]
        gelu = 0.5 * wide * (1 + np.tanh(0.7978845608 * (wide + 0.044715 * wide**3)))
        out: Scores = gelu @ self._heads[f"{name}.2.weight"].T + self._heads[f"{name}.2.bias"]
        return out
