"""Intent sets on disk: <name>.train.jsonl, <name>.test.jsonl and, for some, <name>.oos.jsonl."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

Line = dict[str, Any]


@dataclass(frozen=True)
class IntentSet:
    """Examples to train on, to test on, and out of scope (none for some sets)."""

    name: str
    train: list[Line]
    test: list[Line]
    outside: list[Line]


def read_sets(folder: Path) -> list[IntentSet]:
    """The sets of a folder in the order of their names."""
    names = sorted(path.name.removesuffix(".train.jsonl") for path in folder.glob("*.train.jsonl"))
    parts = ("train", "test", "oos")
    return [IntentSet(name, *(_read(folder / f"{name}.{part}.jsonl") for part in parts)) for name in names]


def write_training_data(examples: list[Line], path: Path) -> None:
    """The examples as Rasa's NLU YAML, with their entities."""
    messages = [_message(example) for example in examples]
    path.write_text(TrainingData(messages).nlu_as_yaml(), encoding="utf-8")


def _read(path: Path) -> list[Line]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _message(example: Line) -> Message:
    text = example["text"]
    entities = [{**entity, "value": text[entity["start"] : entity["end"]]} for entity in example.get("entities", [])]
    return Message.build(text=text, intent=example["intent"], entities=entities)
