"""How a mail leaves: SMTP, and what may go wrong."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from typing import Protocol

from email_validator import EmailNotValidError, validate_email

from clinic.settings_operation import MailSettings

SECONDS = 20


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


def on_the_wire(address: str) -> str:
    """An address as mail servers take it: an international domain in its ASCII form ("xn--")."""
    try:
        return validate_email(address, check_deliverability=False).ascii_email or address
    except EmailNotValidError:
        return address
