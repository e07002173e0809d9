"""A guess comes with a confidence, and says when it is not to be trusted."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.components.intent_classifier import LinearIntentClassifier
from engine.components.nlu_fallback import ConfidenceFallback
from engine.components.sentence_featurizer import EncoderChanged, SentenceFeaturizer
from engine.learning.logistic_regression import fit, fit_calibrated, fold_of, softmax
from tests.engine.conftest import ENCODER, Trained, message

Parse = Callable[[str], Message]

pytestmark = pytest.mark.usefixtures("needs_encoder")


@pytest.fixture
def parse(train: Trained) -> Parse:
    vectors = train(SentenceFeaturizer)
    head = train(LinearIntentClassifier, given_up=0.0)

    def run(text: str) -> Message:
        return ConfidenceFallback({"certain": {}}).process(head.process(vectors.process([message(text)])))[0]

    return run


@pytest.mark.parametrize(
    ("text", "intent"),
    [("do jabs work", "ask_injection"), ("what do you charge", "ask_price"), ("hi!", "greet")],
)
def test_a_new_wording_has_the_intent_of_its_examples(parse: Parse, text: str, intent: str) -> None:
    parsed = parse(text)
    assert parsed.get("intent_ranking")[-3:][0]["name"] == intent
    assert sum(one["confidence"] for one in parsed.get("intent_ranking")[-3:]) == pytest.approx(1)


def test_a_guess_that_is_not_trusted_stands_second_with_its_own_confidence(parse: Parse) -> None:
    parsed = parse("zebras in the rain forest of Peru")
    first, second = parsed.get("intent_ranking")[:2]
    assert not parsed.get("trusted")
    assert parsed.get("intent") == first
    assert first["name"] == "nlu_fallback"
    assert first["confidence"] == pytest.approx(1 - second["confidence"])
    assert second["name"] in {"ask_injection", "ask_price", "greet"}


def test_a_trusted_guess_stands_first(parse: Parse) -> None:
    parsed = parse("how much is it")
    assert parsed.get("trusted")
    assert parsed.get("intent") == parsed.get("intent_ranking")[0]
    assert parsed.get("intent")["name"] == "ask_price"


def test_an_empty_message_is_not_trusted_and_nothing_breaks(parse: Parse) -> None:
    parsed = parse("")
    assert parsed.get("intent")["name"] == "nlu_fallback"


def test_a_head_trained_on_nothing_trusts_nothing(train: Trained) -> None:
    head = train(LinearIntentClassifier, TrainingData())
    assert head.process([message("hello")])[0].get("trusted") is False


def test_the_model_keeps_no_pickled_objects(train: Trained, tmp_path: Path) -> None:
    train(SentenceFeaturizer)
    train(LinearIntentClassifier)
    kept = next(tmp_path.rglob("head.npz"))
    with np.load(kept, allow_pickle=False) as arrays:
        assert {arrays[name].dtype.kind for name in arrays.files} <= {"f", "U"}


def test_a_model_trained_with_another_encoder_says_so(train: Trained, tmp_path: Path) -> None:
    train(SentenceFeaturizer)
    next(tmp_path.rglob("encoder.hash")).write_text("0" * 64)
    with pytest.raises(EncoderChanged, match="train again"):
        _reload(tmp_path)


def _reload(folder: Path) -> None:
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource

    config = SentenceFeaturizer.get_default_config()
    context = ExecutionContext(GraphSchema({}), node_name="SentenceFeaturizer")
    SentenceFeaturizer.load(config, LocalModelStorage(folder), Resource("SentenceFeaturizer"), context)


def test_the_fingerprint_follows_the_encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.learning.fingerprints.ROOT", tmp_path)
    folder = Path(shutil.copytree(ENCODER, tmp_path / ENCODER))
    before = SentenceFeaturizer.fingerprint_addon({"encoder": str(ENCODER)})
    (folder / "encoder.json").write_text("{}")
    assert SentenceFeaturizer.fingerprint_addon({"encoder": str(ENCODER)}) != before


def test_two_labels_and_one_label_can_be_learnt() -> None:
    rows = np.array([[0.0, 1], [0, 1.1], [1, 0], [1.1, 0]], dtype=np.float32)
    folds = np.array([0, 1, 0, 1])
    two = fit_calibrated(rows, np.array(["a", "a", "b", "b"]), (20, 0.0), folds).head
    assert two.labels[two.logits(rows).argmax(axis=1)].tolist() == ["a", "a", "b", "b"]
    one = fit_calibrated(rows, np.array(["a"] * 4), (20, 0.0), folds).head
    assert softmax(one.logits(rows)).tolist() == [[1.0]] * 4


def test_a_label_with_one_example_does_not_stop_training() -> None:
    rows = np.eye(5, dtype=np.float32)
    folds = np.array([0, 1, 0, 1, 0])
    assert len(fit_calibrated(rows, np.array(["a", "a", "b", "b", "c"]), (20, 0.0), folds).head.labels) == 3


def test_giving_up_more_right_guesses_trusts_less() -> None:
    random = np.random.default_rng(1)
    rows = np.concatenate([random.normal(place, 1, (40, 3)) for place in (-2, 0, 2)])
    labels = np.repeat(["a", "b", "c"], 40)
    folds = np.arange(120) % 4
    few, many = (fit_calibrated(rows, labels, (1, share), folds).head.threshold for share in (0.01, 0.3))
    assert few < many
    assert fit(rows, labels, 1).threshold < few


def test_learning_on_from_a_head_ends_where_learning_from_nothing_does() -> None:
    random = np.random.default_rng(2)
    rows = np.concatenate([random.normal(place, 1, (60, 8)) for place in (-1, 0, 1)]).astype(np.float32)
    labels, folds = np.repeat(["a", "b", "c"], 60), np.arange(180) % 4
    before = fit_calibrated(rows[1:], labels[1:], (5, 0.03), folds[1:])
    anew, on = fit_calibrated(rows, labels, (5, 0.03), folds), fit_calibrated(rows, labels, (5, 0.03), folds, before)
    new = random.normal(0, 1.5, (500, 8)).astype(np.float32)
    assert (anew.head.logits(new).argmax(axis=1) == on.head.logits(new).argmax(axis=1)).mean() >= 0.995
    assert on.head.temperature == pytest.approx(anew.head.temperature, rel=0.1)


def test_a_new_example_moves_no_other_into_another_fold() -> None:
    assert [fold_of(text) for text in ("hello", "what is it")] == [fold_of("hello"), fold_of("what is it")]
    assert {fold_of(f"example {number}") for number in range(100)} == set(range(8))
