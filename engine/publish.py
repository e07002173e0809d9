"""A newly learned head taken into the running engine between two messages; the rest of the model stays as it is."""

from __future__ import annotations

import dataclasses
import hashlib
import io
from pathlib import Path

from rasa.core.agent import Agent

from engine.components.intent_classifier import LinearIntentClassifier
from engine.learning.archive import model_id_of, read_head
from engine.learning.fingerprints import ROOT
from engine.learning.intents import load_heads


class NotPublished(Exception):
    """The model was not taken; the one before goes on."""


def take_head(agent: Agent, file: str, sha256: str) -> str:
    """Answer by the head of `models/file` from the next message on; returns the model's id. Raises NotPublished."""
    path = ROOT / "models" / Path(file).name
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise NotPublished(f"models/{Path(file).name} is not the file that was published.")
    fitted = load_heads(io.BytesIO(read_head(path)))  # type: ignore[arg-type]
    classifier = _classifier_of(agent)
    model_id = model_id_of(path)
    classifier.use(fitted)
    processor = agent.processor
    if processor is not None:
        processor.model_metadata = dataclasses.replace(processor.model_metadata, model_id=model_id)
    return model_id


def _classifier_of(agent: Agent) -> LinearIntentClassifier:
    nodes = agent.processor.graph_runner._instantiated_nodes.values() if agent.processor else ()
    for node in nodes:
        if isinstance(node._component, LinearIntentClassifier):
            return node._component
    raise NotPublished("the running engine has no intent classifier of ours: restart it.")
