"""Sends queued mail: over SMTP, or into a folder while mail is switched off."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from email_validator import EmailNotValidError, validate_email

from clinic.appointments.mail.queue_store import MailQueue, Queued
from clinic.settings_operation import MailSettings

log = logging.getLogger(__name__)
SECONDS = 20
# After each failure, until the next attempt; two days in all, then the mail is given up.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240, 480, 720, 1440))


class PermanentFailure(Exception):
    """The mail will never be taken: trying again is of no use."""


class TemporaryFailure(Exception):
    """The mail was not taken this time."""


class MailTransport(Protocol):
    """Something that takes a mail away; raises PermanentFailure or TemporaryFailure when it does not."""

    def deliver(self, message: EmailMessage, name: str) -> None:
        """Take one mail; `name` is unique to it."""


class Smtp:
    """A mail server, encrypted as the settings say; its certificate is always checked."""

    def __init__(self, mail: MailSettings) -> None:
        self._mail = mail

    def deliver(self, message: EmailMessage, name: str) -> None:
        """Hand the mail to the server."""
        try:
            with self._connect() as server:
                if self._mail.username:
                    server.login(self._mail.username, self._mail.password)
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise (PermanentFailure if all(code >= 500 for code in codes) else TemporaryFailure)(
                f"recipient refused: {codes}"
            ) from error
        except smtplib.SMTPAuthenticationError as error:
            raise TemporaryFailure(f"the mail server refused our password: {error.smtp_code}") from error
        except smtplib.SMTPResponseException as error:
            kind = PermanentFailure if error.smtp_code >= 500 else TemporaryFailure
            raise kind(f"the mail server answered {error.smtp_code}") from error
        except ssl.SSLCertVerificationError as error:
            raise TemporaryFailure(f"the mail server's certificate was refused: {error.verify_message}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise TemporaryFailure(f"the mail server was not reached: {type(error).__name__}") from error

    def _connect(self) -> smtplib.SMTP:
        mail = self._mail
        if mail.encryption == "tls":
            return smtplib.SMTP_SSL(mail.host, mail.port, timeout=SECONDS, context=ssl.create_default_context())
        server = smtplib.SMTP(mail.host, mail.port, timeout=SECONDS)
        try:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            elif mail.encryption == "starttls":
                raise TemporaryFailure("the mail server offers no encryption, and the settings ask for it")
            elif mail.username:
                raise TemporaryFailure("the mail server offers no encryption, so the password is not sent to it")
        except BaseException:
            server.close()
            raise
        return server


class Outbox:
    """A folder: one `.eml` a mail, for staff to look at."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, message: EmailMessage, name: str) -> None:
        """Write the mail; the same mail again replaces itself."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / f"{name}.eml").write_bytes(bytes(message))

    def forget(self, reference: str) -> None:
        """Delete every mail about a request."""
        for path in self._folder.glob(f"{reference}_*.eml"):
            path.unlink(missing_ok=True)


def open_transport(mail: MailSettings, outbox: Path) -> MailTransport:
    """SMTP where mail is switched on in the settings, otherwise the outbox."""
    return Smtp(mail) if mail.enabled else Outbox(outbox)


def on_the_wire(address: str) -> str:
    """An address as mail servers take it: an international domain in its ASCII form ("xn--")."""
    try:
        return validate_email(address, check_deliverability=False).ascii_email or address
    except EmailNotValidError:
        return address


def compose(queued: Queued, sender: str, now: datetime) -> EmailMessage:
    """The mail as it travels. Its Message-ID is the same at every attempt."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = on_the_wire(queued.letter.to)
    message["Subject"] = queued.letter.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{queued.id}@{sender.partition('@')[2] or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(queued.letter.text)
    if queued.letter.calendar:
        message.add_attachment(queued.letter.calendar, subtype="calendar", filename="appointment.ics")
        part = list(message.iter_attachments())[-1]
        part.set_param("method", queued.letter.method)
    return message


class MailSender:
    """Sends what is due. All it knows is in the database, so that it may be stopped at any moment."""

    def __init__(self, queue: MailQueue, post: MailTransport, sender: str) -> None:
        self._queue = queue
        self._post = post
        self._sender = sender

    def send_due(self, now: datetime, *, stop: Callable[[], bool] = lambda: False) -> int:
        """Send every mail that is due at `now`; returns how many were taken."""
        sent = 0
        while not stop() and (queued := self._queue.claim(now)):
            sent += self._send(queued, now)
        return sent

    def _send(self, queued: Queued, now: datetime) -> int:
        name = f"{queued.reference}_{queued.id}"
        try:
            self._post.deliver(compose(queued, self._sender, now), name)
        except TemporaryFailure as problem:
            if queued.attempts > len(WAITS):
                log.error(
                    "mail about %s was given up after %d attempts: %s", queued.reference, queued.attempts, problem
                )
                self._queue.give_up(queued.id, str(problem))
            else:
                until = now + WAITS[queued.attempts - 1]
                log.warning("mail about %s is tried again at %s: %s", queued.reference, f"{until:%H:%M}", problem)
                self._queue.put_off(queued.id, until, str(problem))
            return 0
        except (PermanentFailure, ValueError, UnicodeError) as problem:
            log.error("mail about %s was refused: %s", queued.reference, problem)
            self._queue.give_up(queued.id, str(problem))
            return 0
        self._queue.done(queued.id, now)
        return 1
