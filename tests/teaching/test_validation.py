"""What is taught, guessed by what the other folds teach: counted by intent, kept, stopped, and never published."""

from __future__ import annotations

import pytest

from clinic.teaching.run_thread import Refused
from clinic.teaching.runs_store import Run
from clinic.teaching.validation import CrossValidation, told_of
from tests.teaching.test_publishing import World, live_file
from tests.teaching.test_publishing import world as world  # the fixture

GUESSED = [
    ("what causes it", "ask_causes", "ask_causes"),
    ("how come", "ask_causes", "ask_causes"),
    ("who gets it", "ask_risk_groups", "ask_causes"),
    ("is it common in dancers", "ask_risk_groups", "ask_risk_groups"),
    ("hello", "greet", "ask_causes"),
]


@pytest.fixture
def validation(world: World) -> CrossValidation:
    return CrossValidation(world.desk, world.runs)


def begun(validation: CrossValidation, folds: int = 2) -> Run:
    run = validation.start("a-trainer", folds)
    assert run
    return run


def test_each_intent_has_its_precision_recall_and_f1() -> None:
    found = told_of(GUESSED)
    by_intent = {one["intent"]: (one["precision"], one["recall"], one["f1"], one["total"]) for one in found["scores"]}
    assert by_intent["ask_causes"] == (0.5, 1.0, pytest.approx(2 / 3), 2)
    assert by_intent["ask_risk_groups"] == (1.0, 0.5, pytest.approx(2 / 3), 2)
    assert by_intent["greet"] == (0.0, 0.0, 0.0, 1)
    assert (found["right"], found["measured"], found["f1"]) == (3, 5, pytest.approx(4 / 9))
    assert found["scores"][0]["intent"] == "greet"


def test_every_confusion_leads_to_its_utterances() -> None:
    pairs = {
        (one["intent"], one["taken"]): [line["text"] for line in one["texts"]] for one in told_of(GUESSED)["confused"]
    }
    assert pairs == {("greet", "ask_causes"): ["hello"], ("ask_risk_groups", "ask_causes"): ["who gets it"]}


def test_a_run_is_kept_with_its_steps_and_publishes_nothing(world: World, validation: CrossValidation) -> None:
    run = world.ended(begun(validation).number)
    assert (run.kind, run.state, run.release) == ("validate", "done", "")
    assert (run.result["right"], run.result["measured"], run.result["folds"]) == (1, 2, 2)
    assert [step.partition(": ")[2] for step in run.steps][-1] == "fold 2 of 2: 1 of 2 understood so far"
    assert (live_file(world), world.swapped) == ("first.tar.gz", [])


def test_it_can_be_cancelled_and_publishing_goes_on_afterwards(world: World, validation: CrossValidation) -> None:
    world.pause.clear()
    run = begun(validation)
    assert validation.start("b-trainer", 2) is None
    assert world.publishing.cancel(run.number)
    ended = world.ended(run.number)
    assert (ended.state, ended.result.get("scores")) == ("cancelled", None)
    assert world.run("try").state == "done"


@pytest.mark.parametrize("folds", [-1, 0, 1, 11, 10**9])
def test_a_number_of_folds_that_is_none_is_refused(validation: CrossValidation, folds: int) -> None:
    with pytest.raises(Refused, match="2 to 10 folds"):
        validation.start("a-trainer", folds)
