"""What an appointment request is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Status = Literal["requested", "accepted", "declined", "suggested", "cancelled", "done"]
Asked = Literal["", "name", "email", "phone", "notes", "confirm", "change"]
"""What the visitor was asked for last; "" when nothing was. `email` means an e-mail address or a phone number."""
ServiceKind = Literal["", "callback"]
"""What is asked for: the appointment ("") or only to be rung back."""
UNNAMED = "parent"  # a guardian whose contact came without a name
Minor = Literal["", "self", "child"]
"""Who is under 18: nobody as far as we were told, the visitor, or somebody the visitor asks for."""
By = Literal["visitor", "staff"]
PENDING: tuple[Status, ...] = ("requested", "suggested", "accepted")


class AppointmentError(Exception):
    """Something that cannot be done with a request; the message says why, in words for staff and visitors."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form holds so far. `notes` is None until asked, and empty when the visitor added none; `former` is the
    detail that is asked for anew, as it was, `opening` the few words on the matter in the wish itself ("for my ankle"):
    they are no answer to the question what it is about, and stand before it.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    notes: str | None = None
    times: str = ""
    minor: Minor = ""
    guardian: str = ""
    service: ServiceKind = ""
    former: str = ""
    opening: str = ""

    @property
    def has_contact(self) -> bool:
        """Whether the clinic could answer."""
        return bool(self.phone or (self.email and self.service != "callback"))


@dataclass(frozen=True, slots=True)
class Details:
    """What one message says about a request; empty where it says nothing.

    `broken` names a detail that was attempted and cannot be used: `email` or `phone`. `rest` is the message
    without the details that were read from it.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    notes: str = ""
    times: str = ""
    minor: Minor = ""
    guardian: str = ""
    broken: Literal["", "email", "phone"] = ""
    rest: str = ""

    @property
    def any(self) -> bool:
        """Whether something was given that the form keeps."""
        return any((self.name, self.email, self.phone, self.notes, self.times, self.guardian))


@dataclass(frozen=True, slots=True)
class Found:
    """A detail that was found, where it stood, and whether it can be used."""

    value: str
    span: tuple[int, int]
    usable: bool = True


@dataclass(frozen=True, slots=True)
class Consent:
    """What the visitor agreed to, word for word, and when."""

    version: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Origin:
    """The message that confirmed a request; the conversation is empty once it was erased."""

    conversation_id: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Request:
    """One appointment request. `time` is the agreed or the suggested start; `revision` counts its changes."""

    reference: str
    status: Status
    draft: Draft
    consent: Consent
    origin: Origin
    made: datetime
    time: datetime | None = None
    reason: str = ""
    revision: int = 0

    @property
    def pending(self) -> bool:
        """Whether it still waits for something, or for its day."""
        return self.status in PENDING


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody wants done with a request: the status it gets, the time and the reason that go with it."""

    status: Status
    by: By
    time: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One line of a request's history."""

    at: datetime
    status: Status
    by: By
    time: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MailMessage:
    """A mail to be sent: plain text, and a calendar entry (ICS) where there is one."""

    to: str
    subject: str
    text: str
    calendar: str = ""
    method: str = ""
