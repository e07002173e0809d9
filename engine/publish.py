"""A published model taken into the running engine: made ready in a thread of its own, put in between two messages.

One that differs from what runs in the intents and red flags alone gives its heads; any other is loaded as a whole and
warmed by a question beside the one that answers.
"""

from __future__ import annotations

import asyncio
import dataclasses
import gc
import hashlib
import io
import json
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor

from engine.components.intent_classifier import LinearIntentClassifier
from engine.components.red_flags.component import RedFlagDetector
from engine.components.red_flags.refitting import head_of
from engine.learning.archive import read_flags, read_head, read_member
from engine.learning.fingerprints import ROOT, hash_files
from engine.learning.intents import load_heads
from engine.probe import QUESTION

Swap = Callable[[], None]
Part = TypeVar("Part")
_OFTEN = 0.0005  # seconds after which a thread lets others go on, while a model is made ready beside visitors
_CODE = (
    *("engine/components", "engine/components/red_flags", "engine/learning", "language", "engine/requirements.lock"),
    *("models/encoder/encoder.json", "models/tuned/tuned.json"),
)
_began_with = hash_files(*_CODE)


class NotPublished(Exception):
    """The model was not taken; the one before goes on."""


async def take_model(agent: Agent, file: str, sha256: str) -> str:
    """Answer by `models/file` from the next message on; returns the model's id. Raises NotPublished."""
    swap = await asyncio.get_running_loop().run_in_executor(None, _make_ready, agent, file, sha256)
    swap()
    return str(agent.model_id)


def _make_ready(agent: Agent, file: str, sha256: str) -> Swap:
    path = ROOT / "models" / Path(file).name
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise NotPublished(f"models/{path.name} is not the file that was published.")
    with _letting_others_go_on():
        try:
            metadata = json.loads(read_member(path, "metadata.json"))
            if agent.processor is not None and _whole_of(metadata) == _running(agent.processor):
                return _parts_of(agent.processor, path, metadata)
            return _whole_beside(agent, path, metadata)
        except (tarfile.TarError, KeyError, ValueError, EOFError, OSError) as error:
            raise NotPublished(f"models/{path.name} cannot be read: {error}") from error


def _parts_of(processor: MessageProcessor, path: Path, metadata: dict[str, Any]) -> Swap:
    fitted = load_heads(io.BytesIO(read_head(path)))  # type: ignore[arg-type]
    flags = read_flags(path)
    head = head_of(flags) if flags else None
    renewed = dataclasses.replace(processor.model_metadata, model_id=metadata["model_id"])
    classifier, detector = _part(processor, LinearIntentClassifier), _part(processor, RedFlagDetector)

    def swap() -> None:
        classifier.use(fitted)
        if head is not None:
            detector.use(head)
        processor.model_metadata = renewed

    return swap


def _whole_beside(agent: Agent, path: Path, metadata: dict[str, Any]) -> Swap:
    if hash_files(*_CODE) != _began_with:
        raise NotPublished(f"models/{path.name} was made by newer code than the running engine's: restart it.")
    processor = MessageProcessor(
        path,
        agent.tracker_store,
        agent.lock_store,
        agent.nlg,
        agent.action_endpoint,
        http_interpreter=agent.http_interpreter,
    )
    asyncio.run(processor.parse_message(UserMessage(QUESTION)))
    _remember(processor, metadata)

    def swap() -> None:
        agent.processor, agent.domain = processor, processor.domain
        agent.tracker_store.domain = processor.domain
        if hasattr(agent.tracker_store, "forget"):
            agent.tracker_store.forget()  # kept trackers have the slots of the domain before
        if hasattr(agent.nlg, "responses"):
            agent.nlg.responses = processor.domain.responses
        gc.unfreeze()  # Or what was loaded first would never go.
        gc.collect()
        gc.freeze()

    return swap


def _running(processor: MessageProcessor) -> str:
    """The id of the wholly trained model that a processor was loaded from."""
    if not hasattr(processor, "pointe_whole"):
        _remember(processor, json.loads(read_member(Path(processor.model_path), "metadata.json")))
    return str(processor.pointe_whole)


def _remember(processor: MessageProcessor, metadata: dict[str, Any]) -> None:
    processor.pointe_whole = _whole_of(metadata)


def _whole_of(metadata: dict[str, Any]) -> str:
    return str(metadata.get("whole") or metadata["model_id"])


def _part(processor: MessageProcessor, kind: type[Part]) -> Part:
    for node in processor.graph_runner._instantiated_nodes.values():
        if isinstance(node._component, kind):
            return node._component
    raise NotPublished(f"the running engine has no {kind.__name__}: restart it.")


@contextmanager
def _letting_others_go_on() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(_OFTEN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
