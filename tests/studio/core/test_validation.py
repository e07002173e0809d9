"""Cross-validating from the page of runs: what it costs, how far it is, and the utterances behind each confusion."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from clinic.accounts.model import Role
from clinic.db import Sessions
from clinic.teaching.learning_desk import LearningDesk
from clinic.teaching.releases import Note, publish
from clinic.teaching.runs_store import Runs
from clinic.teaching.validation import CrossValidation
from tests.staff.conftest import csrf_of
from tests.studio.core.test_lists import post

SignIn = Callable[[Role], TestClient]


class FakeLearner:
    """Takes the second utterance of what is taught for something else."""

    def warm(self) -> int:
        return 2

    def split(self, folds: int) -> dict[str, int]:
        return {"utterances": 2, "groups": 2}

    def fold(self, at: int) -> list[tuple[str, str, str]]:
        taught = [
            ("what causes <i>it</i>", "ask_causes", "ask_causes"),
            ("who gets <b>it</b>", "ask_risk_groups", "ask_causes"),
        ]
        return taught[at : at + 1]

    def is_alive(self) -> bool:
        return True

    def stop(self) -> None:
        """There is no process to end."""


@pytest.fixture
def client(sign_in: SignIn, project: Path, sessions: Sessions) -> TestClient:
    (project / "models" / "candidates").mkdir()
    live = project / "models" / "candidates" / "first.tar.gz"
    live.write_text("a model")
    publish(project, live, Note("then"))
    found = sign_in("trainer")
    start: Any = lambda *_: FakeLearner()  # noqa: E731
    desk = LearningDesk(project, start)
    app: Any = found.app
    app.state.studio = replace(app.state.studio, validation=CrossValidation(desk, Runs(sessions)))
    return found


def ended(client: TestClient, place: str) -> str:
    for _ in range(500):
        page = client.get(place).text
        if 'data-state="running"' not in page:
            return page
        time.sleep(0.01)
    raise AssertionError("it did not end")


def test_from_its_cost_to_the_utterances_behind_a_confusion(client: TestClient) -> None:
    assert "5 folds: about " in client.get("/studio/runs").text
    place = post(client, "/studio/validate", folds="2")
    page = ended(client, place)
    assert "1 of 2 utterances that are taught (50.0%) are understood" in page
    by_intent = client.get(f"{place}/intents").text
    assert "1 of ask_risk_groups taken for ask_causes" in by_intent
    assert "<td>0.50</td><td>1.00</td><td>0.67</td><td>1</td>" in by_intent
    taken = client.get(f"{place}/taken?intent=ask_risk_groups&as=ask_causes").text
    assert "who gets &lt;b&gt;it&lt;/b&gt;" in taken
    assert "/studio?q=who%20gets" in taken
    assert "never teach one word for word" not in taken
    assert "1 of 2" in client.get("/studio/runs").text
    assert "Cross-validated" in client.get("/studio/publish").text


@pytest.mark.parametrize("folds", ["", "1", "99", "²", "-2", "5; rm"])
def test_a_number_of_folds_that_is_none_is_said_on_a_page(client: TestClient, folds: str) -> None:
    answer = client.post("/studio/validate", data={"csrf": csrf_of(client), "folds": folds})
    assert (answer.status_code, "2 to 10 folds" in answer.text) == (400, True)


def test_staff_do_not_cross_validate(sign_in: SignIn) -> None:
    client = sign_in("staff")
    assert client.post("/studio/validate", data={"csrf": csrf_of(client), "folds": "5"}).status_code == 403
