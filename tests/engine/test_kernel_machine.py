"""Fitted piece by piece, the machine is the one that the whole kernel gives."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.svm import SVC

from engine.components.red_flags import kernel_machine
from engine.components.red_flags.kernel_machine import EVERYDAY, EXAMPLE, LOOK_ALIKE, TaughtRows, fit_machine

EVERY = np.arange(900)


@pytest.fixture
def taught(monkeypatch: pytest.MonkeyPatch) -> TaughtRows:
    """Examples in a ring of look-alikes, everyday rows all around; more than are fitted at once."""
    monkeypatch.setattr(kernel_machine, "_FEW", 200)
    chance = np.random.default_rng(2)
    groups = np.repeat([EXAMPLE, LOOK_ALIKE, EVERYDAY], 300)
    wide = np.array([1.0, 2.0, 4.0])[groups][:, None]
    rows = (chance.normal(size=(900, 4)) * wide).astype(np.float32)
    terms = csr_matrix((chance.random((900, 30)) < 0.1).astype(np.float32))
    return TaughtRows(rows, terms, groups)


def test_the_scores_are_those_of_the_whole_kernel(taught: TaughtRows) -> None:
    whole = SVC(C=1.0, kernel="precomputed")
    weights = np.where(taught.groups == EVERYDAY, 1.0, 3.0)
    kernel = taught.kernel(EVERY, EVERY)
    whole.fit(kernel, taught.groups == EXAMPLE, sample_weight=weights)
    machine = fit_machine(taught, EVERY)
    assert np.abs(machine.scores(taught, EVERY) - whole.decision_function(kernel)).max() < 0.05
    assert set(machine.support) <= set(EVERY)


def test_only_what_is_to_be_learned_is(taught: TaughtRows) -> None:
    machine = fit_machine(taught, EVERY[::2], EVERY[:400:2])
    assert not set(machine.support) & set(EVERY[1::2])
