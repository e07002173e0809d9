"""`python -m engine.encoder OUT` builds the encoder into the folder OUT (normally models/encoder)."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from pathlib import Path

from engine.encoder.graph import WIDTH, build_graph
from engine.encoder.quantise import quantise
from engine.encoder.weights import (
    LICENCE,
    TOKENIZER_SHA256,
    UPSTREAM,
    WEIGHTS_SHA256,
    WeightsChanged,
    WeightsMissing,
    read_weights,
)


def build_encoder(weights: Path, out: Path) -> None:
    """Writes model.onnx, tokenizer.json and encoder.json into `out`; a file is there whole or not at all.

    encoder.json comes last: it holds the hashes by which a reader knows the others are complete.
    """
    read = read_weights(weights)
    model = quantise(build_graph(read.tensors, small_embeddings=True))
    out.mkdir(parents=True, exist_ok=True)
    _write(out / "model.onnx", model)
    _write(out / "tokenizer.json", read.tokenizer)
    _write(out / "encoder.json", json.dumps(_describe(model), indent=2).encode() + b"\n")


def _describe(model: bytes) -> dict[str, object]:
    return {
        "upstream": UPSTREAM,
        "licence": LICENCE,
        "changes": "weights rounded to int8, stored as ONNX",
        "dimensions": WIDTH,
        "upstream_weights_sha256": WEIGHTS_SHA256,
        "model_sha256": hashlib.sha256(model).hexdigest(),
        "tokenizer_sha256": TOKENIZER_SHA256,
    }


def _write(path: Path, content: bytes) -> None:
    partial = path.with_suffix(f".{os.getpid()}.partial")
    partial.write_bytes(content)
    os.replace(partial, path)


def main() -> int:
    """Builds, or says in one sentence why not."""
    parser = argparse.ArgumentParser(prog="python -m engine.encoder", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--weights", type=Path, default=Path("build/weights"))
    options = parser.parse_args()
    try:
        build_encoder(options.weights, options.out)
    except (WeightsMissing, WeightsChanged, OSError) as error:
        print(f"The sentence encoder was not built. {error}", file=sys.stderr)
        return 1
    print(f"The sentence encoder is in {options.out}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
