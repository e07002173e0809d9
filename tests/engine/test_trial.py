"""A trial turn is guessed by the candidate's head and no other message is; a file that was changed is not tried."""

from __future__ import annotations

import asyncio
from contextvars import copy_context

import numpy as np
import pytest

import engine.trial as trial
from engine.components.intent_classifier import TRIED, LinearIntentClassifier
from engine.components.sentence_featurizer import SentenceFeaturizer
from engine.learning.intents import weigh
from engine.learning.logistic_regression import fit_calibrated
from tests.engine.conftest import Trained, message


@pytest.mark.usefixtures("needs_encoder")
def test_a_candidate_answers_its_own_turn_and_nobody_elses(train: Trained) -> None:
    vectors, head = train(SentenceFeaturizer), train(LinearIntentClassifier)

    def guess(text: str) -> str:
        return str(head.process(vectors.process([message(text)]))[0].get("intent")["name"])

    rows = np.stack([vectors.process([message(text)])[0].get_dense_features("text")[1].features[0] for text in "ab"])
    other = fit_calibrated(weigh(rows, 1.0), np.array(["only_this", "or_that"]), (20.0, 0.03), np.array([0, 1]))
    live = guess("what do you charge")

    def within_the_trial() -> str:
        TRIED.set(other)
        return guess("what do you charge")

    assert copy_context().run(within_the_trial) in {"only_this", "or_that"}
    assert guess("what do you charge") == live


def test_a_model_that_is_not_the_one_that_was_learned_is_not_tried() -> None:
    with pytest.raises(trial.NotTried, match="is not the model that was learned"):
        trial.candidate_head("nothing.tar.gz", "0" * 64)


def test_a_visitors_conversation_is_never_a_trial() -> None:
    class Agent:
        processor = object()

    one = trial.Trial("0b6f", "hello", {}, [])
    with pytest.raises(trial.NotTried, match="not a trial chat"):
        asyncio.run(trial.try_turn(Agent(), one, None))  # type: ignore[arg-type]
