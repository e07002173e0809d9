"""Another example of an emergency, or one less, is learned from the support vectors alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.components.red_flags.classifier import RedFlagClassifier
from engine.components.red_flags.detector import Detector
from engine.components.red_flags.refitting import basis_of, files_of, head_of
from engine.components.red_flags.training_file import RedFlagFileError, parse_card_trainings
from engine.learning.fingerprints import load_encoder
from engine.learning.red_flags import RedFlagLearning, told_by
from language.encoder import Encoder
from language.red_flag_file import split_examples

ROOT = Path(__file__).parents[2]
NEW = "the vicar's leg has gone like a barrel since lambing"
FILE = """words:
  CALF: calf, leg
background: []
scopes:
  negation:
    before: [not, no]
    reach: 6
look_alikes: |
  my dance shoes are red
  which stretches are good for the calf
  the studio is far too hot in summer
flags:
- name: dvt
  destination: A&E
  phrases: |
    CALF + swollen
  examples: |
    my calf is swollen and hot
    one leg is red and twice the size
    since the flight my calf is tight and warm
  look_alikes: |
    my calves are stiff after class
- name: fracture
  destination: A&E
  phrases: |
    bone + out
  examples: |
    the bone is sticking out
    something snapped and I cannot stand
    my ankle points the wrong way
"""
EVERYDAY = [
    "what does it cost",
    "why does my heel hurt",
    "do I need a scan",
    "hello there",
    "how long does it take",
] * 2

pytestmark = pytest.mark.skipif(
    not (ROOT / "models/encoder/model.onnx").is_file(), reason="the encoder is not built: run make setup"
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder("models/encoder")


@pytest.fixture(scope="module")
def files(encoder: Encoder) -> dict[str, bytes]:
    """A detector as a model keeps it."""
    detector = Detector(parse_card_trainings(FILE), encoder)
    return files_of(detector.train(EVERYDAY, ["I think I am dying"]), FILE, ["I think I am dying"])


def with_example(text: str) -> str:
    return FILE.replace("    my ankle points the wrong way\n", f"    my ankle points the wrong way\n    {text}\n")


def test_a_new_example_raises_its_card_and_what_was_known_stays_known(
    files: dict[str, bytes], encoder: Encoder
) -> None:
    learning = RedFlagLearning(files, encoder)
    emergencies = ["my calf is swollen and hot", "the bone is sticking out", "I think I am dying"]
    messages = [(text, text, 0.0) for text in (NEW, *emergencies, "what does it cost")]
    before = learning.raised(messages)
    learned = learning.learn(with_example(NEW), ["I think I am dying"])
    after = learning.raised(messages, head_of(learned))
    assert not before[0]
    assert after == [True, *before[1:]]
    assert learning.raised(messages) == before, "the live one is as it was until it is published"


def test_an_example_taken_out_again_is_forgotten(files: dict[str, bytes], encoder: Encoder) -> None:
    learning = RedFlagLearning(files, encoder)
    learning.take(learning.learn(with_example(NEW), ["I think I am dying"]))
    assert learning.raised([(NEW, NEW, 0.0)]) == [True]
    back = learning.learn(FILE, ["I think I am dying"])
    assert learning.raised([(NEW, NEW, 0.0)], head_of(back)) == [False]
    assert NEW not in {text for text, _ in basis_of(back).support}


def test_without_another_example_the_same_is_taught(files: dict[str, bytes]) -> None:
    told = told_by(files)
    assert told.is_of(FILE, ["I think I am dying"])
    assert not told.is_of(with_example(NEW), ["I think I am dying"])
    assert not told.is_of(FILE, ["I think I am dying", NEW])


def test_more_than_an_example_is_not_learned_on_the_quick(files: dict[str, bytes], encoder: Encoder) -> None:
    with pytest.raises(RedFlagFileError, match="whole training"):
        RedFlagLearning(files, encoder).learn(FILE.replace("bone + out", "bone + poking"), [])


def test_a_refitted_head_is_near_to_one_learned_as_a_whole(files: dict[str, bytes], encoder: Encoder) -> None:
    text = with_example(NEW)
    quick = head_of(RedFlagLearning(files, encoder).learn(text, ["I think I am dying"]))
    detector = Detector(parse_card_trainings(text), encoder)
    detector.train(EVERYDAY, ["I think I am dying"])
    texts = [*EVERYDAY[:5], "my calf is swollen and hot", "the bone is sticking out", NEW]
    rows = detector.rows(texts)
    assert isinstance(detector.head, RedFlagClassifier)
    whole = detector.head.scores(rows, texts) + detector.head.threshold
    assert np.abs(quick.scores(rows, texts) + quick.threshold - whole).max() < 0.35


def test_examples_are_told_from_everything_else_by_their_lines() -> None:
    others, examples = split_examples(FILE)
    assert "my calf is swollen and hot" in examples
    assert "my calf is swollen and hot" not in others
    assert "CALF + swollen" in others
    assert split_examples(with_example(NEW))[0] == others
    assert split_examples(FILE.replace("A&E", "999"))[0] != others


def test_a_candidate_that_was_asked_is_not_asked_again_once_it_is_live(
    files: dict[str, bytes], encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    learning = RedFlagLearning(files, encoder)
    messages = [(NEW, NEW, 0.0), ("hello there", "hello there", 0.0), (NEW, NEW, 0.0)]
    assert learning.raised(messages) == [False, False, False]
    learned = learning.learn(with_example(NEW), ())
    by_candidate = learning.raised(messages, head_of(learned))
    assert by_candidate == [True, False, True]
    learning.take(learned)
    monkeypatch.setattr(Detector, "raised_by", lambda *_: pytest.fail("asked again"))
    assert learning.raised(messages) == by_candidate


def test_whether_a_message_raises_any_card_is_what_its_reading_in_full_says(
    files: dict[str, bytes], encoder: Encoder
) -> None:
    detector = Detector(parse_card_trainings(FILE), encoder, head_of(files))
    texts = [
        "my calf is swollen and hot",
        "hello there, the bone is sticking out, thanks",
        "do you open on Sunday",
        NEW,
    ]
    messages = [(text,) for text in texts]
    full = [found is not None for found in detector.detect_all(messages)]
    assert True in full
    assert False in full
    assert detector.raised_by(messages) == full
