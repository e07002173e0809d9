"""A published model is taken between two messages, or refused with a sentence while the one before goes on."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import tarfile
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import engine.publish as publishing
from engine.components.intent_classifier import LinearIntentClassifier
from engine.components.red_flags.component import RedFlagDetector
from engine.learning.archive import take_apart, write_model
from engine.learning.intents import save_heads
from engine.learning.logistic_regression import Fitted, Linear
from engine.publish import NotPublished, take_model

HEAD = "components/train_LinearIntentClassifier4/head.npz"


@dataclass
class Metadata:
    model_id: str


@dataclass
class Agent:
    """An agent as far as publishing knows it."""

    processor: Any
    loaded: list[str] = field(default_factory=list)

    @property
    def model_id(self) -> str:
        return str(self.processor.model_metadata.model_id)


def head(bias: float) -> bytes:
    kept = io.BytesIO()
    labels = np.array(["a", "b"])
    save_heads(kept, Fitted(Linear(labels, np.zeros(2), np.zeros((2, 2)), np.array([bias, 0.0]))))  # type: ignore[arg-type]
    return kept.getvalue()


def archive(path: Path, model_id: str, bias: float) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        files = {HEAD: head(bias), "metadata.json": json.dumps({"model_id": model_id}).encode()}
        for name, content in files.items():
            told = tarfile.TarInfo(name)
            told.size = len(content)
            tar.addfile(told, io.BytesIO(content))
    return path


def hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Agent:
    (tmp_path / "models").mkdir()
    monkeypatch.setattr(publishing, "ROOT", tmp_path)
    live = archive(tmp_path / "models" / "live.tar.gz", "live", 1.0)
    parts = (
        LinearIntentClassifier(LinearIntentClassifier.get_default_config(), None, None),  # type: ignore[arg-type]
        RedFlagDetector(RedFlagDetector.get_default_config(), None, None),  # type: ignore[arg-type]
    )
    nodes = {str(at): SimpleNamespace(_component=one) for at, one in enumerate(parts)}
    runner = SimpleNamespace(_instantiated_nodes=nodes)
    return Agent(SimpleNamespace(model_path=live, model_metadata=Metadata("live"), graph_runner=runner))


def bias_of(agent: Agent) -> float:
    classifier = agent.processor.graph_runner._instantiated_nodes["0"]._component
    return float(classifier._head.bias[0])


def test_a_model_learned_on_from_the_running_one_gives_its_heads(agent: Agent, tmp_path: Path) -> None:
    made = tmp_path / "models" / "made.tar.gz"
    write_model(take_apart(agent.processor.model_path), head(7.0), made)
    processor = agent.processor
    taken = asyncio.run(take_model(agent, "made.tar.gz", hash_of(made)))  # type: ignore[arg-type]
    assert (agent.processor, bias_of(agent), agent.model_id) == (processor, 7.0, taken)
    assert taken != "live"
    live = agent.processor.model_path
    assert asyncio.run(take_model(agent, "live.tar.gz", hash_of(live))) == "live", "and back"  # type: ignore[arg-type]
    assert bias_of(agent) == 1.0


def test_another_whole_model_is_loaded_beside_and_takes_the_place(
    agent: Agent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = archive(tmp_path / "models" / "other.tar.gz", "other", 2.0)
    asked: list[str] = []

    class Processor:
        def __init__(self, path: Path, *_: Any, **__: Any) -> None:
            self.model_path, self.model_metadata, self.domain = path, Metadata("other"), SimpleNamespace(responses={})

        async def parse_message(self, message: Any) -> dict[str, Any]:
            asked.append(message.text)
            return {}

    monkeypatch.setattr(publishing, "MessageProcessor", Processor)
    forgotten: list[bool] = []
    store = SimpleNamespace(domain=None, forget=lambda: forgotten.append(True))
    for name, value in {"tracker_store": store, "lock_store": None, "nlg": None, "action_endpoint": None}.items():
        setattr(agent, name, value)
    agent.http_interpreter = None  # type: ignore[attr-defined]
    assert asyncio.run(take_model(agent, "other.tar.gz", hash_of(other))) == "other"  # type: ignore[arg-type]
    assert (len(asked), forgotten) == (1, [True]), "warmed before it answers; kept trackers are of the old domain"
    assert store.domain is agent.processor.domain
    monkeypatch.setattr(publishing, "_began_with", "older code")
    third = archive(tmp_path / "models" / "third.tar.gz", "third", 3.0)
    with pytest.raises(NotPublished, match="newer code"):
        asyncio.run(take_model(agent, "third.tar.gz", hash_of(third)))  # type: ignore[arg-type]
    assert agent.model_id == "other"


@pytest.mark.parametrize("damage", ["cut off", "no archive", "another file", "missing"])
def test_a_damaged_archive_is_refused_and_the_model_before_goes_on(agent: Agent, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "models" / "made.tar.gz"
    write_model(take_apart(agent.processor.model_path), head(7.0), path)
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes({"cut off": whole[:300], "no archive": b"nothing", "another file": whole + b"x"}[damage])
    sha256 = hash_of(path) if damage in ("cut off", "no archive") else hashlib.sha256(whole).hexdigest()
    with pytest.raises(NotPublished, match=r"made\.tar\.gz"):
        asyncio.run(take_model(agent, "made.tar.gz", sha256))  # type: ignore[arg-type]
    assert agent.model_id == "live"
