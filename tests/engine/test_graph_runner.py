"""The graph's nodes run each once, after what they need; what is wrong is refused as Rasa refuses it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema, SchemaNode

from engine.graph_runner import run_in_order


def runner_of(log: list[str]) -> Any:
    needs = {"read": {"text": "__message__"}, "split": {"text": "read"}, "count": {"parts": "split", "text": "read"}}
    schema = GraphSchema(
        {
            name: SchemaNode(needs=given, uses=object, fn="run", constructor_name="load", config={})  # type: ignore[arg-type]
            for name, given in needs.items()
        }
    )

    def node(name: str, work: Any) -> Any:
        def run(*given: tuple[str, Any]) -> tuple[str, Any]:
            log.append(name)
            return name, work(*(value for _, value in given))

        return run

    nodes = {
        "read": node("read", str.strip),
        "split": node("split", str.split),
        "count": node("count", lambda parts, text: (len(parts), text)),
    }
    return SimpleNamespace(_graph_schema=schema, _instantiated_nodes=nodes)


def test_each_node_runs_once_after_what_it_needs() -> None:
    log: list[str] = []
    runner = runner_of(log)
    assert run_in_order(runner, {"__message__": " my heel hurts "}, ["count"]) == {"count": (3, "my heel hurts")}
    assert log == ["read", "split", "count"]


def test_only_what_is_asked_for_runs() -> None:
    log: list[str] = []
    assert run_in_order(runner_of(log), {"__message__": "heel pain"}, ["split"]) == {"split": ["heel", "pain"]}
    assert log == ["read", "split"]


def test_an_input_named_like_a_node_is_refused() -> None:
    with pytest.raises(GraphRunError, match="read"):
        run_in_order(runner_of([]), {"read": "x"}, ["read"])
