"""Training files read once in a process, and copied cheaply.

Rasa 3.6.21 reads every file of `data/` four times for one training, for its check, its importers and the training
itself, and copies all messages at every merge by Python's general deep copy.
"""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

from rasa.shared.nlu.training_data import loading
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

_LOAD = loading.load_data
_PLAIN = (str, int, float, bool, type(None))


def apply() -> None:
    """Puts the lighter reading in place; may be called again."""
    loading.load_data = load_once
    Message.__deepcopy__ = copy_message


def load_once(resource_name: str, language: str | None = "en") -> TrainingData:
    """What a file holds, read again once it has changed; whoever merges it gets copies, as Rasa's importers do."""
    path = Path(resource_name)
    if not path.is_file():
        return _LOAD(resource_name, language)
    told = path.stat()
    return _read(resource_name, language, (told.st_mtime_ns, told.st_size))


@cache
def _read(resource_name: str, language: str | None, _stamp: tuple[int, int]) -> TrainingData:
    return _LOAD(resource_name, language)


def copy_message(message: Message, memo: dict[int, Any]) -> Message:
    """A message of its own: what is plain in its data is shared, the rest copied."""
    made = Message.__new__(Message)
    made.__dict__.update(message.__dict__)
    made.data = {
        name: value if isinstance(value, _PLAIN) else copy.deepcopy(value, memo) for name, value in message.data.items()
    }
    made.features = copy.deepcopy(message.features, memo) if message.features else []
    made.output_properties = set(message.output_properties)
    return made
