"""Encrypted mail, against a real SMTP server on loopback with certificates made here."""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from clinic.appointments.mail.delivery import WAITS, MailSender
from clinic.appointments.mail.queue_store import MailQueue
from clinic.appointments.mail.transport import Smtp
from clinic.appointments.model import Request
from clinic.db import Sessions
from clinic.settings_operation import MailSettings

Start = Callable[..., int]


class Inbox:
    """Takes every mail, and remembers whether it came encrypted and who signed in."""

    def __init__(self) -> None:
        self.encrypted: list[bool] = []
        self.passwords: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.encrypted.append(session.ssl is not None or server.transport.get_extra_info("sslcontext") is not None)
        return "250 OK"

    def sign_in(self, server: Any, session: Any, envelope: Any, mechanism: str, told: Any) -> AuthResult:
        assert isinstance(told, LoginPassword)
        self.passwords.append(told.password)
        return AuthResult(success=True)


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority this machine trusts."""
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return made


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def start(inbox: Inbox) -> Iterator[Start]:
    running: list[Controller] = []

    def begin(**how: Any) -> int:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        running.append(Controller(inbox, hostname="127.0.0.1", port=port, authenticator=inbox.sign_in, **how))
        running[-1].start()
        return port

    yield begin
    for one in running:
        one.stop()


def certified(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    return context


def sent(sessions: Sessions, port: int, encryption: str, username: str = "") -> int:
    password = "a secret of the clinic" if username else ""
    mail = MailSettings(True, "127.0.0.1", port, username, "", encryption, password)
    return MailSender(MailQueue(sessions), Smtp(mail), "hello@example.org").send_due(datetime.now(UTC))


@pytest.mark.parametrize("encryption", ["offered", "starttls"])
def test_mail_is_encrypted_where_the_server_offers_it(
    sessions: Sessions, request_of_suki: Request, authority: trustme.CA, start: Start, inbox: Inbox, encryption: str
) -> None:
    port = start(tls_context=certified(authority, "127.0.0.1"))
    assert sent(sessions, port, encryption) == 2
    assert inbox.encrypted == [True, True]


def test_mail_goes_to_a_server_that_is_encrypted_from_the_first_byte(
    sessions: Sessions, request_of_suki: Request, authority: trustme.CA, start: Start, inbox: Inbox
) -> None:
    port = start(ssl_context=certified(authority, "127.0.0.1"), auth_require_tls=False)
    assert sent(sessions, port, "tls", username="clinic") == 2
    assert inbox.encrypted == [True, True]
    assert inbox.passwords == [b"a secret of the clinic"] * 2


def test_the_password_is_sent_once_the_line_is_encrypted(
    sessions: Sessions, request_of_suki: Request, authority: trustme.CA, start: Start, inbox: Inbox
) -> None:
    port = start(tls_context=certified(authority, "127.0.0.1"), auth_require_tls=True)
    assert sent(sessions, port, "starttls", username="clinic") == 2
    assert inbox.passwords == [b"a secret of the clinic"] * 2


@pytest.mark.parametrize(("encryption", "how"), [("starttls", "tls_context"), ("tls", "ssl_context")])
def test_a_certificate_nobody_vouches_for_is_refused_and_the_log_says_so(
    sessions: Sessions,
    request_of_suki: Request,
    authority: trustme.CA,
    start: Start,
    inbox: Inbox,
    encryption: str,
    how: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    port = start(**{how: certified(trustme.CA(), "127.0.0.1")})
    with caplog.at_level(logging.WARNING):
        assert sent(sessions, port, encryption, username="clinic") == 0
    assert inbox.passwords == []
    assert MailQueue(sessions).waiting() == 2
    assert f"mail about {request_of_suki.reference} is tried again" in caplog.text
    assert "the mail server's certificate was refused: unable to get local issuer certificate" in caplog.text
    assert "suki" not in caplog.text.lower()


def test_a_certificate_of_another_server_is_refused(
    sessions: Sessions,
    request_of_suki: Request,
    authority: trustme.CA,
    start: Start,
    caplog: pytest.LogCaptureFixture,
) -> None:
    port = start(tls_context=certified(authority, "mail.example.org"))
    with caplog.at_level(logging.WARNING):
        assert sent(sessions, port, "offered") == 0
    assert "certificate was refused: IP address mismatch" in caplog.text


def test_mail_that_was_refused_a_certificate_goes_once_it_is_mended(
    sessions: Sessions, request_of_suki: Request, authority: trustme.CA, start: Start, inbox: Inbox
) -> None:
    assert sent(sessions, start(tls_context=certified(trustme.CA(), "127.0.0.1")), "offered") == 0
    mended = MailSettings(True, "127.0.0.1", start(tls_context=certified(authority, "127.0.0.1")))
    due = datetime.now(UTC) + WAITS[0]
    assert MailSender(MailQueue(sessions), Smtp(mended), "hello@example.org").send_due(due) == 2


def test_where_encryption_is_asked_for_nothing_goes_without_it(
    sessions: Sessions,
    request_of_suki: Request,
    authority: trustme.CA,
    start: Start,
    inbox: Inbox,
    caplog: pytest.LogCaptureFixture,
) -> None:
    port = start()
    with caplog.at_level(logging.WARNING):
        assert sent(sessions, port, "starttls") == 0
    assert inbox.encrypted == []
    assert "offers no encryption, and the settings ask for it" in caplog.text
