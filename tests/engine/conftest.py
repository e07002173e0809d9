"""A small assistant's training data, and components run without Rasa's graph around them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.formats import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

ENCODER = Path("models/encoder")

EXAMPLES = """
version: "3.1"
nlu:
- intent: ask_injection
  examples: |
    - would a [steroid jab]{"entity": "treatment", "value": "steroid injection"} help
    - what does the [cortisone](treatment) do
    - is an injection worth it for my [ankle](body_part)
    - do injections hurt
- intent: ask_price
  examples: |
    - how much is it
    - what does the appointment cost
    - price please
    - is it expensive to see you
- intent: greet
  examples: |
    - hello
    - hi there
    - good morning
    - hey
- synonym: steroid injection
  examples: |
    - cortisone
- synonym: posterior ankle impingement
  examples: |
    - dancer's heel
    - PAI
- lookup: condition
  examples: |
    - posterior ankle impingement
    - Achilles tendinopathy
"""

Trained = Callable[..., GraphComponent]


@pytest.fixture
def training_data() -> TrainingData:
    return RasaYAMLReader().reads(EXAMPLES)


@pytest.fixture
def train(tmp_path: Path, training_data: TrainingData) -> Trained:
    """Trains a component on the examples, then loads it from what it kept, as Rasa does."""

    def run(kind: Any, data: TrainingData = training_data, **config: Any) -> GraphComponent:
        storage = LocalModelStorage.create(tmp_path)
        context = ExecutionContext(GraphSchema({}), node_name=kind.__name__)
        given = ({**kind.get_default_config(), **config}, storage, Resource(kind.__name__), context)
        trained = kind.create(*given)
        trained.train(data)
        loaded: GraphComponent = kind.load(*given)
        if hasattr(loaded, "process_training_data"):
            loaded.process_training_data(data)
        return loaded

    return run


@pytest.fixture
def needs_encoder() -> None:
    if not (ENCODER / "encoder.json").exists():
        pytest.skip("the sentence encoder is not built: run make setup")


def message(text: str) -> Message:
    return Message.build(text=text)
