"""Settings that say who the clinic is, what it offers and tells, and how long it keeps things."""

from __future__ import annotations

from dataclasses import dataclass

NATIONS = ("england", "scotland", "wales", "northern_ireland", "outside_uk")


@dataclass(frozen=True, slots=True)
class Clinic:
    """Who the assistant speaks for."""

    name: str
    clinician: str
    phone: str
    email: str
    address: str = ""
    website: str = ""
    time_zone: str = "Europe/London"
    nation: str = "england"


@dataclass(frozen=True, slots=True)
class Service:
    """What is offered after an answer; `price` is in whole units of `currency` with two decimals.

    `minutes` is how long an appointment lasts in calendars.
    """

    name: str
    price: str
    currency: str = "GBP"
    booking_page: str = ""
    minutes: int = 30

    @property
    def price_text(self) -> str:
        """The price as people say it: `£45`, `£45.50` or `45 EUR`."""
        short = self.price.removesuffix(".00")
        return f"£{short}" if self.currency == "GBP" else f"{short} {self.currency}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the clinic tells of itself, a sentence or two each; what is empty is answered with its phone."""

    opening_hours: str = ""
    directions: str = ""
    in_person: str = ""
    parking: str = ""
    insurers: str = ""
    nhs: str = ""
    referral: str = ""
    first_appointment: str = ""
    reply_time: str = ""
    cancellation: str = ""
    languages: str = ""
    age_limits: str = ""
    price_details: str = ""


@dataclass(frozen=True, slots=True)
class Privacy:
    """How long things are kept, in days and hours, and the version of the consent text."""

    retention_days: int = 90
    appointments_days: int = 365
    abandoned_details_hours: int = 24
    consent_version: str = "2026-11"
