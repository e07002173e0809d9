"""Emits all-MiniLM-L6-v2 (a BERT of six layers) as an ONNX graph of fused operators.

The graph reads one sentence, or several of equal length, and has no mask: nothing is ever padded. The int8
model rounds each activation tensor by its own range, so a sentence must not share that tensor with others,
or its vector would depend on its neighbours. `language.encoder` therefore runs sentences one by one.
"""

from __future__ import annotations

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, checker, helper, numpy_helper

LAYERS, HEADS, WIDTH = 6, 12, 384
EPSILON = 1e-12
FUSED = "com.microsoft"
# The last layer is upstream's embedding; the fourth keeps more of the wording, which tells intents apart.
_OUTPUTS = {3: "middle", 5: "hidden"}
Tensors = dict[str, np.ndarray]


class _Graph:
    """Nodes and constants as they are added, in order; the order makes two builds equal byte for byte."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def add(self, kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def fuse(self, kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        return self.add(kind, inputs, output, domain=FUSED, **attributes)


def build_graph(tensors: Tensors, *, small_embeddings: bool) -> ModelProto:
    """The model: `tokens` int64 (n, length) to `hidden` and `middle`, both float32 (n, length, 384).

    With `small_embeddings` the word table is stored as int8, one scale a word, and the graph makes float32
    of the rows it looks up.
    """
    graph = _Graph()
    state = _embed(graph, tensors, small_embeddings)
    for layer in range(LAYERS):
        state = _attend(graph, tensors, layer, state)
        state = _feed_forward(graph, tensors, layer, state)
    tokens = helper.make_tensor_value_info("tokens", TensorProto.INT64, ["n", "length"])
    return _model(graph, tokens, ("hidden", "middle"))


def build_layers(tensors: Tensors, first: int) -> ModelProto:
    """The layers from `first` on alone: `middle`, what comes before them, to `hidden`, both (n, length, 384)."""
    graph = _Graph()
    state = "middle"
    for layer in range(first, LAYERS):
        state = _attend(graph, tensors, layer, state)
        state = _feed_forward(graph, tensors, layer, state)
    return _model(graph, _states("middle"), ("hidden",))


def _model(graph: _Graph, given: ValueInfoProto, outputs: tuple[str, ...]) -> ModelProto:
    body = helper.make_graph(
        graph.nodes, "all-MiniLM-L6-v2", [given], [_states(name) for name in outputs], graph.constants
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
    model = helper.make_model(body, opset_imports=opsets, producer_name="pointe", ir_version=8)
    checker.check_model(model)
    return model


def _states(name: str) -> ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", "length", WIDTH])


def _embed(graph: _Graph, tensors: Tensors, small: bool) -> str:
    words = tensors["embeddings.word_embeddings.weight"]
    if small:
        scale = np.abs(words).max(axis=1, keepdims=True) / 127
        scale = np.maximum(scale, np.finfo(np.float32).tiny).astype(np.float32)
        table = np.clip(np.rint(words / scale), -127, 127).astype(np.int8)
        rows = graph.add("Gather", [graph.constant("words", table), "tokens"], "rows", axis=0)
        scales = graph.add("Gather", [graph.constant("scales", scale), "tokens"], "row_scales", axis=0)
        floats = graph.add("Cast", [rows], "row_floats", to=TensorProto.FLOAT)
        looked_up = graph.add("Mul", [floats, scales], "looked_up")
    else:
        looked_up = graph.add("Gather", [graph.constant("words", words), "tokens"], "looked_up", axis=0)
    positions = _positions(graph, tensors)
    summed = graph.add("Add", [looked_up, positions], "embedded")
    norm = [
        graph.constant("embed.gamma", tensors["embeddings.LayerNorm.weight"]),
        graph.constant("embed.beta", tensors["embeddings.LayerNorm.bias"]),
    ]
    return graph.add("LayerNormalization", [summed, *norm], "embedding", axis=-1, epsilon=EPSILON)


def _positions(graph: _Graph, tensors: Tensors) -> str:
    # One sentence a text, so the segment is always the first and can be added here.
    segment = tensors["embeddings.token_type_embeddings.weight"][0]
    table = graph.constant("places", tensors["embeddings.position_embeddings.weight"] + segment)
    length = graph.add("Shape", ["tokens"], "token_count", start=1, end=2)
    start = graph.constant("zero", np.array([0], dtype=np.int64))
    axis = graph.constant("first_axis", np.array([0], dtype=np.int64))
    return graph.add("Slice", [table, start, length, axis], "positions")


def _attend(graph: _Graph, tensors: Tensors, layer: int, state: str) -> str:
    name = f"layer{layer}"
    source = f"encoder.layer.{layer}.attention"
    parts = ("query", "key", "value")
    weight = np.concatenate([tensors[f"{source}.self.{part}.weight"].T for part in parts], axis=1)
    bias = np.concatenate([tensors[f"{source}.self.{part}.bias"] for part in parts])
    inputs = [state, graph.constant(f"{name}.qkv", weight), graph.constant(f"{name}.qkv_bias", bias)]
    mixed = graph.fuse("Attention", inputs, f"{name}.mixed", num_heads=HEADS)
    dense = graph.constant(f"{name}.out", tensors[f"{source}.output.dense.weight"].T)
    projected = graph.add("MatMul", [mixed, dense], f"{name}.projected")
    return _add_and_norm(graph, tensors, f"{source}.output", [projected, state, f"{name}.attended"])


def _feed_forward(graph: _Graph, tensors: Tensors, layer: int, state: str) -> str:
    name = f"layer{layer}"
    source = f"encoder.layer.{layer}"
    up = graph.constant(f"{name}.up", tensors[f"{source}.intermediate.dense.weight"].T)
    up_bias = graph.constant(f"{name}.up_bias", tensors[f"{source}.intermediate.dense.bias"])
    wide = graph.add("MatMul", [state, up], f"{name}.wide")
    active = graph.fuse("BiasGelu", [wide, up_bias], f"{name}.active")
    down = graph.constant(f"{name}.down", tensors[f"{source}.output.dense.weight"].T)
    narrow = graph.add("MatMul", [active, down], f"{name}.narrow")
    last = _OUTPUTS.get(layer, f"{name}.state")
    return _add_and_norm(graph, tensors, f"{source}.output", [narrow, state, last])


def _add_and_norm(graph: _Graph, tensors: Tensors, source: str, names: list[str]) -> str:
    branch, state, output = names
    constants = [
        graph.constant(f"{output}.gamma", tensors[f"{source}.LayerNorm.weight"]),
        graph.constant(f"{output}.beta", tensors[f"{source}.LayerNorm.bias"]),
        graph.constant(f"{output}.bias", tensors[f"{source}.dense.bias"]),
    ]
    return graph.fuse("SkipLayerNormalization", [branch, state, *constants], output, epsilon=EPSILON)
