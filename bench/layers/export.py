"""`python -m bench.layers.export FOLDER OUT`: the learned layers as int8 ONNX with their hash (OUT: models/tuned)."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from safetensors.numpy import load_file

from bench.reader.export import PARTS
from engine.encoder.graph import LAYERS, build_layers
from engine.encoder.quantise import quantise


def main() -> None:
    """Writes model.onnx and tuned.json."""
    learned, out = load_file(Path(sys.argv[1]) / "layers.safetensors"), Path(sys.argv[2])
    first = LAYERS - len({name.split(".")[0] for name in learned})
    tensors = {
        f"encoder.layer.{layer}.{part}.{kind}": learned[f"{layer - first}.{part.replace('.', '_')}_{kind}"]
        for layer in range(first, LAYERS)
        for part in PARTS
        for kind in ("weight", "bias")
    }
    out.mkdir(parents=True, exist_ok=True)
    model = quantise(build_layers(tensors, first))
    (out / "model.onnx").write_bytes(model)
    (out / "tuned.json").write_text(json.dumps({"sha256": hashlib.sha256(model).hexdigest()}, indent=2) + "\n")


if __name__ == "__main__":
    main()
