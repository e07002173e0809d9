"""What the intent classifier learns from and keeps: examples, vectors, heads."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from engine.learning.logistic_regression import Fitted, Linear
from language.encoder import DIMENSIONS, WORDING

_HELD = "held_out_"


def weigh(rows: np.ndarray, tuned: float) -> np.ndarray:
    """Rows (n, 768) of those of `encode_tuned`: what a thing is about, and what the tuned layers make of it, the second
    weighted by `tuned`.
    """
    halves = np.hstack([rows[:, :DIMENSIONS], rows[:, WORDING:]])
    shares = np.repeat([1.0, tuned], DIMENSIONS)
    weighed: np.ndarray = (halves * np.sqrt(shares / shares.mean())).astype(np.float32)
    return weighed


def save_heads(path: Path, fitted: Fitted) -> None:
    """Keep a head, with what the next one starts from, as plain arrays."""
    arrays = asdict(fitted.head)
    if fitted.held_out is not None:
        arrays |= {_HELD + name: value for name, value in asdict(fitted.held_out).items()}
    np.savez(path, **arrays)


def load_heads(path: Path) -> Fitted:
    """What `save_heads` kept."""
    with np.load(path, allow_pickle=False) as kept:
        values = {name: kept[name] for name in kept.files}
    held = {name.removeprefix(_HELD): values.pop(name) for name in list(values) if name.startswith(_HELD)}
    return Fitted(_linear(values), _linear(held) if held else None)


def _linear(values: dict[str, np.ndarray]) -> Linear:
    scalars = {name: float(values[name]) for name in ("temperature", "threshold")}
    kept: dict[str, Any] = {**values, **scalars}
    return Linear(**kept)
