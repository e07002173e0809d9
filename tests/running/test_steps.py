"""Whoever waits for a start is told what is done and how long it has taken."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from clinic.commands import steps
from clinic.commands.running import why_train
from clinic.commands.steps import take_step


def test_a_long_step_tells_its_time_while_it_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(steps, "EACH", 0.05)
    take_step("training", lambda: time.sleep(0.3))
    told = capsys.readouterr().out
    assert told.startswith("training ... ")
    assert told.count(" s ... ") >= 2
    assert told.rstrip().endswith("s)")


def test_a_short_or_failed_step_tells_no_time(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(steps, "EACH", 0.05)
    take_step("database", lambda: "as it was")
    with pytest.raises(ZeroDivisionError):
        take_step("training", lambda: 1 / 0)
    capsys.readouterr()
    time.sleep(0.2)
    assert capsys.readouterr().out == ""


def test_the_first_training_is_no_change_of_what_was_taught(tmp_path: Path) -> None:
    assert "no model yet" in why_train(tmp_path)
