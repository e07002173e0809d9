"""all-MiniLM-L6-v2 in plain numpy: slow, and easy to compare with the paper on BERT (Devlin et al. 2019)."""

from __future__ import annotations

import numpy as np
from scipy.special import erf

Tensors = dict[str, np.ndarray]


def encode(tensors: Tensors, tokens: list[int]) -> np.ndarray:
    """The unit mean vector of one sentence's tokens, in float64."""
    words = tensors["embeddings.word_embeddings.weight"][tokens]
    places = tensors["embeddings.position_embeddings.weight"][: len(tokens)]
    segment = tensors["embeddings.token_type_embeddings.weight"][0]
    state = _norm(tensors, "embeddings", words + places + segment)
    for layer in range(6):
        name = f"encoder.layer.{layer}"
        mixed = _attend(tensors, f"{name}.attention.self", state)
        output = f"{name}.attention.output"
        state = _norm(tensors, output, state + _dense(tensors, output, mixed))
        wide = _dense(tensors, f"{name}.intermediate", state)
        active = wide * 0.5 * (1 + erf(wide / np.sqrt(2)))
        state = _norm(tensors, f"{name}.output", state + _dense(tensors, f"{name}.output", active))
    mean = state.mean(axis=0)
    return mean / np.linalg.norm(mean)


def _attend(tensors: Tensors, name: str, state: np.ndarray) -> np.ndarray:
    query, key, value = (_heads(tensors, f"{name}.{part}", state) for part in ("query", "key", "value"))
    scores = query @ key.transpose(0, 2, 1) / np.sqrt(32)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return (weights @ value).transpose(1, 0, 2).reshape(len(state), -1)


def _heads(tensors: Tensors, name: str, state: np.ndarray) -> np.ndarray:
    projected = state @ tensors[f"{name}.weight"].T.astype(np.float64) + tensors[f"{name}.bias"]
    return projected.reshape(len(state), 12, 32).transpose(1, 0, 2)


def _dense(tensors: Tensors, name: str, state: np.ndarray) -> np.ndarray:
    return state @ tensors[f"{name}.dense.weight"].T.astype(np.float64) + tensors[f"{name}.dense.bias"]


def _norm(tensors: Tensors, name: str, state: np.ndarray) -> np.ndarray:
    centred = state - state.mean(axis=-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
    return scaled * tensors[f"{name}.LayerNorm.weight"] + tensors[f"{name}.LayerNorm.bias"]
