"""Questions about the clinic itself, answered from `settings.yml`; what is not set there is answered with the phone."""

from __future__ import annotations

from enum import Enum

from clinic.dialogue.reply import Reply, say
from clinic.dialogue.responses import Responses
from clinic.settings import Settings


class ClinicFact(Enum):
    """What is asked; the value is the name of its setting."""

    HOURS = "opening_hours"
    PARKING = "parking"
    INSURERS = "insurers"
    NHS = "nhs"
    REFERRAL = "referral"
    REPLY_TIME = "reply_time"
    CANCELLATION = "cancellation"
    LENGTH = "length"
    FIRST = "first_appointment"
    ADDRESS = "address"
    LANGUAGES = "languages"
    AGE = "age_limits"
    PRICE_DETAILS = "price_details"


LENGTH = "ask_appointment_length"
TERMS = "ask_cancellation_terms"
LASTING = frozenset({"ask_prognosis", "ask_recovery_time", "nlu_fallback"})
"""What "how long does it last" looks like where it is not said of what."""
FACT_INTENTS = {
    "ask_opening_hours": ClinicFact.HOURS,
    "ask_parking": ClinicFact.PARKING,
    "ask_insurance": ClinicFact.INSURERS,
    "ask_nhs": ClinicFact.NHS,
    "ask_referral": ClinicFact.REFERRAL,
    "ask_reply_time": ClinicFact.REPLY_TIME,
    TERMS: ClinicFact.CANCELLATION,
    LENGTH: ClinicFact.LENGTH,
    "ask_first_appointment": ClinicFact.FIRST,
    "ask_location": ClinicFact.ADDRESS,
    "ask_languages": ClinicFact.LANGUAGES,
    "ask_age_limits": ClinicFact.AGE,
    "ask_discounts": ClinicFact.PRICE_DETAILS,
}
"""The intents that ask for a fact of `settings.yml`, taught in data/nlu/clinic.yml."""


def fact_reply(fact: ClinicFact, settings: Settings, responses: Responses) -> Reply:
    """The fact where it is set; otherwise who can tell."""
    if fact is ClinicFact.LENGTH:
        return say(responses.render("fact_length", minutes=settings.service.minutes))
    if fact is ClinicFact.ADDRESS:
        told = " ".join(one for one in (settings.clinic.address, settings.told.directions) if one)
    else:
        told = str(getattr(settings.told, fact.value))
    if told:
        return say(told)
    if fact is ClinicFact.ADDRESS:
        return say(responses.render("fact_online"))
    return say(responses.render(f"fact_{fact.value}"))
