"""Of what kind a question without an answer is: about the body, about the clinic, or neither. Pure."""

from __future__ import annotations

CLINIC = frozenset(
    (
        *("ask_clinic_fact", "ask_price", "ask_who", "ask_online", "ask_payment", "ask_other_cost"),
        *("book_appointment", "cancel_appointment", "change_appointment", "appointment_status", "privacy"),
        *("human_handoff", "complaint", "language", "delete_my_data"),
    )
)
CHAT = frozenset(
    (
        *("greet", "goodbye", "thanks", "bot_challenge", "what_can_you_do", "abuse", "feedback_positive"),
        *("feedback_negative", "no_words", "solved", "affirm", "deny", "stop", "repeat", "read_more", "out_of_scope"),
    )
)


def kind_of(intent: str) -> str:
    """`clinic` or `chat` by the intent the question was taken for, otherwise `clinical`."""
    return "clinic" if intent in CLINIC else "chat" if intent in CHAT else "clinical"
