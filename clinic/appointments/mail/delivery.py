"""Sends queued mail: over SMTP, or into a folder while mail is switched off."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from clinic.appointments.mail.queue_store import MailQueue, Queued
from clinic.appointments.mail.transport import MailTransport, PermanentFailure, Smtp, TemporaryFailure, on_the_wire
from clinic.settings_operation import MailSettings

log = logging.getLogger(__name__)
# After each failure, until the next attempt; two days in all, then the mail is given up.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240, 480, 720, 1440))


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
