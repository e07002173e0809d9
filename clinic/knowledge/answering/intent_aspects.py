"""Which part of an article an intent asks about."""

from __future__ import annotations

import re
from collections.abc import Mapping

from clinic.knowledge.model import Passage, Section

# intent: (aspects it asks about, facet within them or "")
ASKED: dict[str, tuple[tuple[str, ...], str]] = {
    "ask_definition": (("overview", "anatomy"), ""),
    "ask_anatomy": (("anatomy",), ""),
    "ask_symptoms": (("symptoms",), ""),
    "describe_symptom": (("symptoms",), ""),
    "ask_causes": (("causes",), ""),
    "ask_risk_groups": (("risk_groups",), ""),
    "ask_diagnosis": (("diagnosis",), "examination"),
    "ask_imaging": (("diagnosis",), "imaging"),
    "ask_treatment": (("treatment",), ""),
    "ask_injection": (("treatment",), "injection"),
    "ask_surgery": (("treatment",), "surgery"),
    "ask_recovery_time": (("recovery", "treatment"), "surgery"),
    "ask_self_help": (("treatment",), "self_help"),
    "ask_price": (("service",), ""),
    "ask_who": (("service",), ""),
    "ask_online": (("service",), ""),
    "book_appointment": (("service",), ""),
}
SERVICE = frozenset(intent for intent, (aspects, _) in ASKED.items() if "service" in aspects)
TO_ARTICLES = frozenset(intent for intent in ASKED if intent.startswith("ask_")) - SERVICE
"""Questions that a page on a condition answers."""
OF_CLINIC = frozenset(
    (
        *("ask_opening_hours", "ask_parking", "ask_insurance", "ask_nhs", "ask_referral", "ask_reply_time"),
        *("ask_cancellation_terms", "ask_appointment_length", "ask_first_appointment", "ask_location"),
        *("ask_languages", "ask_age_limits", "ask_discounts", "ask_clinic_fact"),
    )
)
"""Questions about the clinic, which no article answers."""
BEYOND = OF_CLINIC | frozenset(
    (
        *("ask_medication", "ask_exercise_detail", "ask_return_to_activity", "ask_self_care_detail"),
        *("ask_prognosis", "ask_procedure_detail", "ask_other_cost"),
        *("ask_other_condition", "ask_payment", "out_of_scope"),
    )
)


def without_beyond(intents: Mapping[str, float]) -> dict[str, float]:
    """Intents with those left out that say what one article leaves out; the rest sum up to 1 again."""
    kept = {intent: share for intent, share in intents.items() if intent not in BEYOND}
    total = sum(kept.values())
    return {intent: share / total for intent, share in kept.items()} if total > 0 else {}


_FACETS = (
    ("imaging", r"\bmri\b|x-?ray|\bscan|ultrasound scan|imaging"),
    ("injection", r"inject|steroid|cortisone"),
    ("surgery", r"surg|operation|excision|arthroscop"),
    ("self_help", r"\btap(e|ing)\b|insole|orthotic|footwear|brace|strap"),
    ("physiotherapy", r"physio|exercise|massage|mobilis"),
    ("examination", r"examin|assessment|clinical"),
)


def facet_of(passage: Passage) -> str:
    """What a passage is about within its section: as its heading says, or by the words of heading and text."""
    if passage.facet:
        return passage.facet
    for text in (passage.heading, passage.text):
        for facet, pattern in _FACETS:
            if re.search(pattern, text.casefold()):
                return facet
    return ""


def fit(intent: str, section: Section, passage: Passage) -> float:
    """How well a passage fits an intent: 1 its aspect and facet, .5 its aspect alone, 0 neither."""
    if intent not in ASKED:
        return 0.0
    aspects, facet = ASKED[intent]
    if not set(section.aspects) & set(aspects):
        return 0.0
    return 1.0 if not facet or facet_of(passage) == facet else 0.5
