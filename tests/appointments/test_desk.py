"""A request from its confirmation to its end."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from clinic.appointments.mail.queue_store import MailQueue
from clinic.appointments.model import AppointmentError, Change, Origin, Request
from clinic.appointments.service import AppointmentService
from clinic.appointments.transitions import new_reference, tidy_reference
from clinic.db import Sessions
from tests.appointments.conftest import NOW, SUKI

TIME = datetime(2026, 12, 1, 17, 30, tzinfo=UTC)


def letters(sessions: Sessions) -> list[tuple[str, str, str]]:
    queue, found = MailQueue(sessions), []
    while queued := queue.claim(datetime(2100, 1, 1, tzinfo=UTC)):
        found.append((queued.letter.to, queued.letter.subject, queued.letter.text))
        queue.done(queued.id, NOW)
    return found


def token_in(sessions: Sessions) -> str:
    texts = "".join(text for _, _, text in letters(sessions))
    return re.findall(r"(?<!/staff)/appointments/([\w-]+)", texts)[-1]


def test_a_request_is_stored_as_it_was_confirmed(desk: AppointmentService, request_of_suki: Request) -> None:
    stored = desk.requests.find(request_of_suki.reference)
    assert (stored.status, stored.draft, stored.made) == ("requested", SUKI, NOW)
    assert (stored.consent.version, stored.consent.text, stored.consent.at) == ("2026-11", "Shall I send it?", NOW)


def test_one_confirmation_is_one_request_whatever_is_retried(
    desk: AppointmentService, request_of_suki: Request
) -> None:
    again = desk.take(SUKI, "Shall I send it?", "2026-11", Origin("conversation", "message"))
    assert again.reference == request_of_suki.reference
    assert len(desk.requests.all()) == 1


def test_the_same_confirmation_at_the_same_moment_is_one_request(desk: AppointmentService) -> None:
    made: list[str] = []
    origin = Origin("conversation", "twice")

    def take() -> None:
        made.append(desk.take(SUKI, "Shall I?", "1", origin).reference)

    threads = [threading.Thread(target=take) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(made) == 6
    assert len(set(made)) == 1
    assert len(desk.requests.all()) == 1


def test_a_second_confirmation_in_the_same_chat_is_a_second_request(
    desk: AppointmentService, request_of_suki: Request
) -> None:
    other = desk.take(SUKI, "Shall I?", "1", Origin("conversation", "another message"))
    assert other.reference != request_of_suki.reference


def test_a_reference_can_be_read_aloud_and_typed_carelessly() -> None:
    reference = new_reference()
    assert re.fullmatch(r"A-[A-Z2-9]{4}-[A-Z2-9]{2}", reference)
    assert not set("01OILUV") & set(reference[2:])
    assert tidy_reference(reference.lower().replace("-", "")) == reference


def test_the_clinic_accepts_and_its_history_says_so(desk: AppointmentService, request_of_suki: Request) -> None:
    after = desk.change(request_of_suki, Change("accepted", "staff", TIME))
    assert (after.status, after.time) == ("accepted", TIME)
    assert [(one.status, one.by) for one in desk.requests.history(after.reference)] == [
        ("requested", "visitor"),
        ("accepted", "staff"),
    ]


def test_a_suggested_time_can_be_agreed_to_by_the_visitor(desk: AppointmentService, request_of_suki: Request) -> None:
    suggested = desk.change(request_of_suki, Change("suggested", "staff", TIME))
    assert desk.change(suggested, Change("accepted", "visitor")).time == TIME


@pytest.mark.parametrize("status", ["accepted", "declined", "suggested", "cancelled"])
def test_a_cancelled_request_stays_cancelled(desk: AppointmentService, request_of_suki: Request, status: str) -> None:
    gone = desk.change(request_of_suki, Change("cancelled", "visitor"))
    with pytest.raises(AppointmentError, match="is cancelled"):
        desk.change(gone, Change(status, "staff", TIME))  # type: ignore[arg-type]


def test_a_visitor_cannot_accept_a_request_nobody_answered(desk: AppointmentService, request_of_suki: Request) -> None:
    with pytest.raises(AppointmentError):
        desk.change(request_of_suki, Change("accepted", "visitor", TIME))


def test_of_two_changes_at_once_one_is_told_to_look_again(desk: AppointmentService, request_of_suki: Request) -> None:
    desk.change(request_of_suki, Change("accepted", "staff", TIME))
    with pytest.raises(AppointmentError, match="changed a moment ago"):
        desk.change(request_of_suki, Change("cancelled", "visitor"))


def test_the_visitors_mail_does_not_say_what_it_is_about(
    sessions: Sessions, settings: object, request_of_suki: Request
) -> None:
    by_address = {to: text for to, _, text in letters(sessions)}
    assert "cricket" not in by_address["suki.lam@example.net"]
    assert "cricket" in by_address["hello@example.org"]
    assert request_of_suki.reference in by_address["suki.lam@example.net"]


def test_a_visitor_with_a_phone_only_gets_no_mail(desk: AppointmentService, sessions: Sessions) -> None:
    desk.take(replace(SUKI, email="", phone="07700 900123"), "?", "1", Origin("c", "m"))
    assert [to for to, _, _ in letters(sessions)] == ["hello@example.org"]


def test_the_link_in_a_mail_leads_to_the_request_and_only_its_hash_is_kept(
    desk: AppointmentService, sessions: Sessions, settings: object, request_of_suki: Request
) -> None:
    token = token_in(sessions)
    found = desk.requests.find_by_token(token)
    assert found is not None
    assert found.reference == request_of_suki.reference
    assert desk.requests.find_by_token(token[:-1]) is None
    with sessions() as session:
        dump = "\n".join(session.connection().connection.driver_connection.iterdump())  # type: ignore[union-attr]
    assert token not in dump


def test_erasing_the_chat_erases_its_request_and_tells_the_clinic_without_a_name(
    desk: AppointmentService, sessions: Sessions, request_of_suki: Request
) -> None:
    desk.change(request_of_suki, Change("accepted", "staff", TIME))
    desk.forget("conversation", keep=False)
    assert desk.requests.all(pending=False) == []
    (told,) = letters(sessions)
    assert request_of_suki.reference in told[1]
    with sessions() as session:
        dump = "\n".join(session.connection().connection.driver_connection.iterdump())  # type: ignore[union-attr]
    assert "Suki" not in dump
    assert "suki" not in dump


def test_a_kept_request_no_longer_knows_its_chat(desk: AppointmentService, request_of_suki: Request) -> None:
    desk.forget("conversation", keep=True)
    kept = desk.requests.find(request_of_suki.reference)
    assert (kept.origin, kept.draft) == (Origin("", ""), SUKI)
    assert not desk.is_pending("conversation")


def test_withdrawing_in_the_chat_cancels_what_waits(desk: AppointmentService, request_of_suki: Request) -> None:
    assert desk.is_pending("conversation")
    assert [one.status for one in desk.withdraw("conversation")] == ["cancelled"]
    assert not desk.is_pending("conversation")


def test_details_of_a_form_that_was_left_are_due_within_a_day(desk: AppointmentService) -> None:
    desk.left.touch("left", NOW)
    desk.left.touch("left", NOW, left=True)
    desk.left.touch("silent", NOW)
    desk.left.touch("busy", NOW + timedelta(hours=20))
    assert desk.left.due_scrubs(NOW) == []
    assert desk.left.due_scrubs(NOW + timedelta(hours=1)) == ["left"]
    assert sorted(desk.left.due_scrubs(NOW + timedelta(hours=24))) == ["left", "silent"]
    desk.left.finish("left")
    assert desk.left.due_scrubs(NOW + timedelta(hours=1)) == []


def test_a_request_that_was_made_leaves_nothing_to_blank(desk: AppointmentService) -> None:
    desk.left.touch("conversation", NOW)
    desk.take(SUKI, "?", "1", Origin("conversation", "m"))
    assert desk.left.due_scrubs(NOW + timedelta(days=3)) == []
