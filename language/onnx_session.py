"""How every network of ours is run: on the processor, with as many threads as are asked for, and quietly."""

from __future__ import annotations

import onnxruntime


def open_session(model: bytes, threads: int = 1) -> onnxruntime.InferenceSession:
    """A session on an ONNX model; several threads may use it at once."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
