"""Rasa's graph of components run in order, without Dask.

Dask builds and sorts its own graph at every call, for work that is done in a fixed order in one thread.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner

Order = tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]


def run_in_order(
    runner: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
) -> dict[str, Any]:
    """The outputs of the targets, by name; raises GraphRunError as Rasa's own runner does."""
    wanted = tuple(targets or runner._graph_schema.target_names)
    outputs: dict[str, tuple[str, Any]] = {name: (name, value) for name, value in (inputs or {}).items()}
    if clash := outputs.keys() & runner._graph_schema.nodes.keys():
        raise GraphRunError(f"Inputs are named like nodes of the graph: {', '.join(sorted(clash))}.")
    try:
        for name, needs, done_with in _order_of(runner, wanted):
            node = runner._instantiated_nodes[name]
            outputs[name] = node(*(outputs.get(need, need) for need in needs))
            for spent in done_with:  # A training's data is large: what nobody needs any longer goes.
                outputs.pop(spent, None)
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return {name: outputs[name][1] for name in wanted}


def run_only(runner: DaskGraphRunner, inputs: dict[str, Any], chain: tuple[str, ...]) -> Any:
    """What the last of a chain of components makes of the inputs, each given what the one before it made."""
    given = next(iter(inputs.values()))
    for name in chain:
        _, given = runner._instantiated_nodes[name]((runner._graph_schema.nodes[name].needs["messages"], given))
    return given


def _order_of(runner: DaskGraphRunner, targets: tuple[str, ...]) -> Order:
    """The nodes that the targets need, each after what it needs, with what is spent after it; worked out once."""
    known: dict[tuple[str, ...], Order] = runner.__dict__.setdefault("_orders", {})
    if targets not in known:
        schema = runner._graph_schema.minimal_graph_schema(list(targets))
        known[targets] = _with_spent(_sorted_nodes(schema, targets), schema, targets)
    return known[targets]


def _sorted_nodes(schema: GraphSchema, targets: tuple[str, ...]) -> list[str]:
    done: dict[str, None] = {}

    def visit(name: str) -> None:
        if name in done or name not in schema.nodes:
            return
        for need in schema.nodes[name].needs.values():
            visit(need)
        done[name] = None

    for target in targets:
        visit(target)
    for name in schema.nodes:
        visit(name)
    return list(done)


def _with_spent(names: list[str], schema: GraphSchema, targets: tuple[str, ...]) -> Order:
    last = {need: name for name in names for need in schema.nodes[name].needs.values()}
    return tuple(
        (
            name,
            tuple(schema.nodes[name].needs.values()),
            tuple(need for need, user in last.items() if user == name and need not in targets),
        )
        for name in names
    )
