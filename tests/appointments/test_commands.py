"""Staff answer requests from the command line."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner, Result

from clinic.appointments.model import Request
from clinic.appointments.service import AppointmentService
from clinic.commands.appointments import app
from clinic.settings import Settings
from tests.appointments.conftest import ROOT


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setenv("POINTE_ROOT", str(ROOT))
    monkeypatch.setenv("POINTE_VAR", str(settings.var))


def clinic(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_the_list_says_that_nothing_waits(sessions: object) -> None:
    assert "No request is waiting" in clinic("list").output


def test_a_request_is_listed_shown_and_accepted_at_the_clinics_time(
    desk: AppointmentService, request_of_suki: Request
) -> None:
    reference = request_of_suki.reference
    assert reference in clinic("list").output
    shown = clinic("show", reference.lower()).output
    assert "suki.lam@example.net" in shown
    assert "sore after cricket" in shown
    done = clinic("accept", reference, "--at", "2099-07-01 17:30")
    assert done.exit_code == 0, done.output
    assert "Wednesday 1 July 2099 at 17:30" in done.output
    stored = desk.requests.find(reference)
    assert stored.time is not None
    assert stored.time.hour == 16


def test_errors_say_what_to_do(request_of_suki: Request) -> None:
    reference = request_of_suki.reference
    assert "There is no request A-AAAA-AA" in clinic("show", "A-AAAA-AA").output
    assert "Write it as in 2026-12-01 17:30" in clinic("accept", reference, "--at", "tuesday").output
    assert "has passed already" in clinic("suggest", reference, "--at", "2020-01-01 10:00").output
    assert clinic("decline", reference).exit_code == 0
    again = clinic("decline", reference)
    assert again.exit_code == 1
    assert f"Request {reference} is declined" in again.output
