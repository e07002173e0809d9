"""Intents by their names in the contract, and the finer kinds that the assistant tells apart below some of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# A finer kind: the intents of the contract it may belong to. What it is told apart for: articles seldom answer it.
FINER: Mapping[str, tuple[str, ...]] = {
    "ask_medication": ("ask_treatment", "ask_injection"),
    "ask_exercise_detail": ("ask_treatment",),
    "ask_self_care_detail": ("ask_self_help", "ask_treatment"),
    "ask_procedure_detail": ("ask_surgery", "ask_injection", "ask_imaging", "ask_diagnosis"),
    "ask_return_to_activity": ("ask_recovery_time",),
    "ask_opening_hours": ("ask_clinic_fact",),
    "ask_parking": ("ask_clinic_fact",),
    "ask_insurance": ("ask_other_cost",),
    "ask_nhs": ("ask_clinic_fact", "ask_other_cost", "ask_price"),
    "ask_referral": ("ask_clinic_fact",),
    "ask_reply_time": ("appointment_status",),
    "ask_cancellation_terms": ("ask_other_cost", "ask_clinic_fact"),
    "ask_appointment_length": ("ask_clinic_fact",),
    "ask_first_appointment": ("ask_clinic_fact", "ask_online"),
    "ask_location": ("ask_clinic_fact",),
    "ask_languages": ("language", "ask_clinic_fact"),
    "ask_age_limits": ("ask_clinic_fact",),
    "ask_discounts": ("ask_price",),
    "ask_about_booking": ("book_appointment",),
    "ask_about_article": ("ask_who",),
    "ask_simpler": ("repeat",),
    "request_callback": ("human_handoff",),
    "resume_request": ("book_appointment",),
    "follow_up_why": ("ask_causes",),
    "follow_up_then": ("read_more", "ask_treatment"),
    "tell_detail": ("describe_symptom", "inform"),
    "test_message": ("out_of_scope",),
    "doubt_clinician": ("out_of_scope", "ask_diagnosis"),
    "follow_up_who": ("ask_diagnosis",),
}
Ranking = Sequence[tuple[str, float]]


def in_contract(ranking: Ranking) -> tuple[tuple[tuple[str, float], ...], str]:
    """The ranking with each finer kind counted for the likeliest intent it may belong to, and the first guess's
    finer kind where it had one ("" otherwise).
    """
    shares = dict(ranking)
    first = max(shares, key=shares.__getitem__, default="")
    whole = {name: share for name, share in shares.items() if name not in FINER}
    for name, share in shares.items():
        if name in FINER:
            parent = max(FINER[name], key=lambda one: shares.get(one, 0.0))
            whole[parent] = whole.get(parent, 0.0) + share
    ordered = tuple(sorted(whole.items(), key=lambda one: -one[1]))
    finer = first if ordered and ordered[0][0] in FINER.get(first, ()) else ""
    return ordered, finer
