"""What a run found by intent: every number leads to its utterances; two people publish where the clinic wants it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from clinic.accounts.model import Role
from clinic.db import Sessions
from clinic.settings import Settings
from clinic.settings_operation import Teaching
from clinic.teaching.comparison import Labelled
from clinic.teaching.confusion import told_by_intent
from clinic.teaching.runs_store import Runs
from tests.staff.conftest import csrf_of
from tests.studio.core.test_lists import post

SignIn = Callable[[Role], TestClient]
MEASURED = [
    Labelled("how come", "ask_causes"),
    Labelled("why me", "ask_causes"),
    Labelled("who gets it", "ask_risk_groups"),
]


def guesses(*names: str) -> list[list[dict[str, object]]]:
    return [[{"name": name, "confidence": 0.9}] for name in names]


@pytest.fixture
def run(sessions: Sessions) -> int:
    before = guesses("ask_causes", "ask_risk_groups", "ask_risk_groups")
    after = guesses("ask_causes", "ask_causes", "ask_causes")
    found = {"total": 3, "before": 2, "after": 2, "better": [], "worse": [], "other": [], "lost": []}
    runs = Runs(sessions)
    begun = runs.begin("try", "b-trainer", "why me")
    assert begun
    runs.end(begun.number, "done", {**found, **told_by_intent(MEASURED, before, after)})
    return begun.number


def test_each_intent_is_counted_and_a_cell_leads_to_its_utterances(sign_in: SignIn, run: int) -> None:
    client = sign_in("trainer")
    assert f"/studio/runs/{run}/intents" in client.get(f"/studio/runs/{run}").text
    page = client.get(f"/studio/runs/{run}/intents").text
    assert "1 of ask_risk_groups taken for ask_causes" in page
    assert "ask_causes taken for" not in page
    assert "80 to 100%" in page
    place = f"/studio/runs/{run}/taken?intent=ask_risk_groups&as=ask_causes"
    assert place.replace("&", "&amp;") in page
    assert "who gets it" in client.get(place).text
    assert client.get(f"/studio/runs/{run}/taken?intent=ask_causes&as=greet").status_code == 404
    assert "2 → 2 of 3" in client.get("/studio/runs").text


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, teaching=Teaching(publish_by_two=True))


def test_whoever_saved_the_last_change_does_not_publish_alone(sign_in: SignIn) -> None:
    client = sign_in("trainer")
    post(client, "/studio/add", intent="ask_causes", text="is it cos of my wonky arches")
    page = client.get("/studio/publish").text
    assert "somebody else has to look at the changes" in page
    assert 'value="publish"' not in page
    answer = client.post("/studio/publish", data={"csrf": csrf_of(client), "do": "publish"})
    assert (answer.status_code, "Somebody else has to look" in answer.text) == (409, True)
    other = sign_in("admin")
    assert 'value="publish"' in other.get("/studio/publish").text
    post(other, "/studio/add", intent="ask_causes", text="is it cos of my wonkier arches")
    assert 'value="publish"' in client.get("/studio/publish").text
