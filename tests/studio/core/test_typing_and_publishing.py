"""What is said while a trainer types, and the pages of trying, publishing and going back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from clinic.accounts.model import Role
from clinic.db import Sessions
from clinic.teaching.releases import Note, publish
from clinic.teaching.runs_store import Runs
from tests.staff.conftest import csrf_of

SignIn = Callable[[Role], TestClient]


@pytest.fixture
def measured(project: Path) -> None:
    folder = project / "tests" / "evaluation"
    folder.mkdir(parents=True)
    (folder / "sets.jsonl").write_text(json.dumps({"text": "is a lamp post why it hurts"}) + "\n")


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("So what is it, then?", "The same words are taught already: ask_definition, data/nlu/questions.yml"),
        ("my name is jo@example.org", "somebody’s details"),
        ("Is a lamp post why it hurts?", "there to measure what was not taught"),
        ("x" * 500, "400 letters at most"),
    ],
)
def test_what_speaks_against_a_line_is_said_before_it_is_added(
    sign_in: SignIn, measured: None, text: str, warning: str
) -> None:
    client = sign_in("trainer")
    page = client.get("/studio/typing", params={"text": text, "intent": "ask_causes"}).text
    part = client.get("/studio/typing", params={"text": text}, headers={"x-fragment": "1"}).text
    for said in (page, part):
        assert warning.replace("’", "&#39;") in said
    assert "<nav" in page
    assert "<nav" not in part


def test_a_line_with_nothing_against_it_can_be_added_without_javascript(sign_in: SignIn) -> None:
    page = sign_in("trainer").get("/studio/typing?text=is+it+cos+of+my+wonky+arches&intent=ask_causes").text
    assert "Add to ask_causes" in page
    assert "The same words" not in page


def test_without_a_model_publishing_says_what_to_do(sign_in: SignIn) -> None:
    client = sign_in("trainer")
    assert "There is no published model yet" in client.get("/studio/publish").text
    assert "Nothing was published yet" in client.get("/studio/history").text
    answer = client.post("/studio/back", data={"csrf": csrf_of(client)})
    assert (answer.status_code, "no earlier model" in answer.text) == (409, True)


def test_the_history_names_who_when_and_why_and_goes_back(sign_in: SignIn, project: Path) -> None:
    for name, why in (("first", "at the beginning"), ("second", "wonky arches")):
        made = project / "models" / "candidates" / f"{name}.tar.gz"
        made.parent.mkdir(exist_ok=True)
        made.write_text(name)
        publish(project, made, Note("x", who="a-trainer", why=why))
    client = sign_in("trainer")
    assert "a-trainer: wonky arches" in client.get("/studio/history").text
    answer = client.post("/studio/back", data={"csrf": csrf_of(client), "model": "first.tar.gz"})
    assert answer.headers["location"] == "/studio/history?said=start"
    assert json.loads((project / "models" / "published.json").read_text())["file"] == "first.tar.gz"
    assert "Gone back." in client.get("/studio/history?said=start").text


def refused(sessions: Sessions) -> int:
    runs = Runs(sessions)
    run = runs.begin("publish", "a-trainer", "chests")
    assert run
    found = {"total": 2, "before": 2, "after": 1, "better": [], "other": [], "emergencies": 2, "lost": ["my chest"]}
    worse = [{"text": "how come", "intent": "ask_causes", "before": "ask_causes", "after": "greet"}]
    runs.end(run.number, "refused", {**found, "worse": worse, "reasons": ["1 emergency"], "said": "Not published."})
    return run.number


def test_a_refused_run_names_the_emergency_and_only_an_admin_may_override(sign_in: SignIn, sessions: Sessions) -> None:
    number = refused(sessions)
    page = sign_in("trainer").get(f"/studio/runs/{number}").text
    assert "my chest" in page
    assert "how come" in page
    assert "Publish all the same" not in page
    assert "Publish all the same" in sign_in("admin").get(f"/studio/runs/{number}").text
    for role, why, status in (("trainer", "because", 403), ("admin", "", 403), ("admin", "because", 303)):
        client = sign_in(role)  # type: ignore[arg-type]
        answer = client.post("/studio/publish", data={"csrf": csrf_of(client), "do": "override", "why": why})
        assert answer.status_code == status, (role, why)


def test_a_run_is_followed_in_a_part_of_the_page_and_can_be_cancelled(sign_in: SignIn, sessions: Sessions) -> None:
    runs = Runs(sessions)
    run = runs.begin("try", "b-trainer", "")
    assert run
    runs.tell(run.number, "1.0 s: learning")
    client = sign_in("trainer")
    part = client.get(f"/studio/runs/{run.number}", headers={"x-fragment": "1"}).text
    assert "At work" in part
    assert "1.0 s: learning" in part
    again = client.post("/studio/publish", data={"csrf": csrf_of(client), "do": "try"})
    assert (again.status_code, "Somebody is trying" in again.text) == (409, True)
    client.post(f"/studio/runs/{run.number}/cancel", data={"csrf": csrf_of(client)})
    assert "Cancelled." in client.get(f"/studio/runs/{run.number}").text
