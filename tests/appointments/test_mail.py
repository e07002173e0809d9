"""Mail about requests, against a real SMTP server on loopback."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import policy
from pathlib import Path
from typing import Any

import icalendar
import pytest
from aiosmtpd.controller import Controller

from clinic.appointments.mail.delivery import WAITS, MailSender
from clinic.appointments.mail.messages import MailTextError, MailTexts
from clinic.appointments.mail.queue_store import MailQueue
from clinic.appointments.mail.transport import Smtp, on_the_wire
from clinic.appointments.model import Change, Request
from clinic.appointments.service import AppointmentService, open_mail_sender
from clinic.db import Sessions, open_sessions
from clinic.settings import Settings
from clinic.settings_operation import MailSettings
from language.contacts.email_address import is_email
from tests.appointments.conftest import ROOT

TIME = datetime(2026, 7, 1, 16, 30, tzinfo=UTC)
LATER = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass
class Server:
    """A mail server that answers as it is told."""

    answer: str = "250 OK"
    port: int = 0
    taken: list[Any] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def server() -> Iterator[Server]:
    handler = Server()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        handler.port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


def dispatch(sessions: Sessions, server: Any) -> MailSender:
    return MailSender(MailQueue(sessions), Smtp(MailSettings(True, "127.0.0.1", server.port)), "hello@example.org")


def test_visitor_and_clinic_get_their_mails(sessions: Sessions, server: Server, request_of_suki: Request) -> None:
    assert dispatch(sessions, server).send_due(LATER) == 2
    assert sorted(one["To"] for one in server.taken) == ["hello@example.org", "suki.lam@example.net"]
    assert all(request_of_suki.reference in one["Subject"] for one in server.taken)
    assert dispatch(sessions, server).send_due(LATER) == 0


def test_mail_that_was_sent_leaves_no_words_behind(
    sessions: Sessions, server: Server, request_of_suki: Request
) -> None:
    dispatch(sessions, server).send_due(LATER)
    with sessions() as session:
        rows = session.connection().exec_driver_sql("select recipient, text, calendar from outgoing_mail").all()
    assert rows == [("", "", ""), ("", "", "")]


def test_a_server_that_is_busy_is_tried_again_later_even_after_a_restart(
    settings: Settings, sessions: Sessions, server: Server, request_of_suki: Request
) -> None:
    server.answer = "451 try again later"
    due = datetime.now(UTC)
    assert dispatch(sessions, server).send_due(due) == 0
    server.answer = "250 OK"
    restarted = dispatch(open_sessions(settings.database_url), server)
    assert restarted.send_due(due + timedelta(seconds=30)) == 0
    assert restarted.send_due(due + WAITS[0]) == 2
    assert len({one["Message-ID"] for one in server.taken}) == 2


def test_a_server_that_is_not_there_is_tried_again(
    sessions: Sessions, server: Server, request_of_suki: Request
) -> None:
    nowhere = MailSender(MailQueue(sessions), Smtp(MailSettings(True, "127.0.0.1", 1)), "hello@example.org")
    assert nowhere.send_due(datetime.now(UTC)) == 0
    assert MailQueue(sessions).waiting() == 2


def test_an_address_that_is_refused_for_good_is_given_up_and_told(
    sessions: Sessions, server: Server, request_of_suki: Request
) -> None:
    server.answer = "550 no such person"
    dispatch(sessions, server).send_due(LATER)
    assert MailQueue(sessions).waiting() == 0
    assert MailQueue(sessions).problems()[0] == (request_of_suki.reference, "recipient refused: [550]")


def test_a_server_that_never_answers_well_is_given_up_in_the_end(
    sessions: Sessions, server: Server, request_of_suki: Request
) -> None:
    server.answer = "451 try again later"
    now = datetime.now(UTC)
    for _ in range(len(WAITS) + 1):
        dispatch(sessions, server).send_due(now)
        now += timedelta(days=2)
    assert MailQueue(sessions).waiting() == 0


def test_a_worker_that_died_while_sending_leaves_the_mail_to_the_next(
    sessions: Sessions, server: Server, request_of_suki: Request
) -> None:
    now = datetime.now(UTC)
    MailQueue(sessions).claim(now)
    assert dispatch(sessions, server).send_due(now) == 1
    assert dispatch(sessions, server).send_due(now + timedelta(minutes=6)) == 1


def test_a_password_is_never_sent_without_encryption(
    sessions: Sessions, server: Server, request_of_suki: Request
) -> None:
    mail = MailSettings(True, "127.0.0.1", server.port, "clinic", "", "secret")
    assert MailSender(MailQueue(sessions), Smtp(mail), "hello@example.org").send_due(LATER) == 0
    assert server.taken == []


def test_while_mail_is_off_it_is_written_to_the_outbox(
    settings: Settings, sessions: Sessions, request_of_suki: Request
) -> None:
    assert open_mail_sender(settings, sessions).send_due(LATER) == 2
    files = list((settings.var / "outbox").glob("*.eml"))
    assert len(files) == 2
    assert all(path.name.startswith(request_of_suki.reference) for path in files)


def test_erasing_a_request_erases_its_mails_in_the_outbox(
    desk: AppointmentService, settings: Settings, sessions: Sessions, request_of_suki: Request
) -> None:
    open_mail_sender(settings, sessions).send_due(LATER)
    desk.forget("conversation", keep=False)
    assert list((settings.var / "outbox").glob("*.eml")) == []


def calendars(server: Server) -> list[Any]:
    parts = [part for one in server.taken for part in one.walk() if part.get_content_type() == "text/calendar"]
    return [icalendar.Calendar.from_ical(part.get_content()) for part in parts]


def test_an_accepted_request_comes_with_a_calendar_entry_in_the_clinics_time(
    desk: AppointmentService, sessions: Sessions, server: Server, request_of_suki: Request
) -> None:
    accepted = desk.change(request_of_suki, Change("accepted", "staff", TIME))
    desk.change(accepted, Change("cancelled", "visitor"))
    dispatch(sessions, server).send_due(LATER)
    found = {str(one["method"]): next(iter(one.walk("VEVENT"))) for one in calendars(server)}
    start = found["REQUEST"]["dtstart"].dt
    assert (start, start.tzinfo.key, start.hour) == (TIME, "Europe/London", 17)
    assert found["REQUEST"]["uid"] == found["CANCEL"]["uid"]
    assert found["CANCEL"]["sequence"] > found["REQUEST"]["sequence"]
    assert "cricket" not in str(found["REQUEST"].to_ical())
    subjects = [str(one["Subject"]).strip() for one in server.taken]
    assert "Your appointment with Flawless Physio on Wednesday 1 July 2026 at 17:30" in subjects


def test_a_mail_text_with_an_unknown_bracket_is_refused_by_name(tmp_path: Path) -> None:
    text = (ROOT / "data" / "mails.yml").read_text(encoding="utf-8")
    broken = tmp_path / "mails.yml"
    broken.write_text(text.replace("Hello {name}", "Hello {nmae}", 1), encoding="utf-8")
    with pytest.raises(MailTextError, match=r"\{nmae\} may not be used in requested_visitor"):
        MailTexts.load(broken)


def test_mails_to_visitors_may_not_hold_the_details(tmp_path: Path) -> None:
    text = (ROOT / "data" / "mails.yml").read_text(encoding="utf-8")
    broken = tmp_path / "mails.yml"
    broken.write_text(text.replace("Hello {name}", "Hello {name} {details}", 1), encoding="utf-8")
    with pytest.raises(MailTextError, match="details"):
        MailTexts.load(broken)


def test_an_international_domain_is_written_as_mail_servers_take_it() -> None:
    assert on_the_wire("zoe@exämple.org") == "zoe@xn--exmple-cua.org"
    assert on_the_wire("nell@example.org") == "nell@example.org"
    assert is_email("zoe@exämple.org")
    assert not is_email("zoë@example.org")
