"""Whether a message gives the request up."""

from __future__ import annotations

from clinic.appointments.form.adding import removes_notes
from clinic.appointments.form.confirmation import says_no, says_wrong, says_yes
from clinic.appointments.form.going_back import is_bare_no
from clinic.appointments.form.lexicon import words_of
from clinic.appointments.form.speech_acts import is_complaint, is_question, says_nothing_more, wants_stop
from clinic.appointments.form.turn import BEYOND_DOUBT, LEAVING, LIKELY, SURELY, FormTurn
from clinic.appointments.model import Details, Draft

OWN_KINDS = ("agrees", "nothing", "describes", "gives_times", "corrects", "goes_back", "disagrees")
"""The kinds of turn that belong to the request itself and never interrupt it."""
PAUSES = {"waits": "ask_wait", "grumbles": "ask_grumble", "no_email": "ask_no_contact", "no_name": "ask_no_name"}
"""The kinds that neither answer nor leave what was asked, and in which words the form stays where it is."""
STAYING = (*OWN_KINDS, *PAUSES)
"""The kinds that leave nothing; nor does a question, which is seen by its words too."""


def leaves(draft: Draft, heard: FormTurn, details: Details) -> bool:
    """Whether the request is given up; never with a contact, and not by a doubtful word."""
    if details.email or details.phone or details.broken:
        return False
    if not heard.asked:
        return wants_stop(heard.text)
    if _without_notes(heard):
        return False
    surely = BEYOND_DOUBT if is_question(heard.text) else SURELY  # a cross question is no farewell
    learned = heard.does("stops", least=surely) and not _tells_pain(heard)
    if wants_stop(heard.text) or learned:
        return not heard.does(*STAYING, least=SURELY) and not (heard.does("asks") and is_question(heard.text))
    if heard.asked == "confirm" and (is_bare_no(heard.text) or heard.does("agrees")):
        return False  # "no that will do" neither sends the request nor loses it
    if is_complaint(heard.text) or is_question(heard.text) or details.name or says_yes(heard.text):
        return False
    if heard.does(*STAYING, "asks"):
        return False
    if heard.is_surely(LEAVING):
        return True
    denies = heard.is_surely(frozenset({"deny"})) and heard.confidence >= LIKELY
    guessed = heard.asked != "confirm" and denies and not says_wrong(heard.text)
    refused = says_no(heard.text) or guessed  # a summary is not lost to a "no" that may find nothing wrong
    if not refused or heard.asked == "notes":
        return False
    return heard.asked != "confirm" or not (
        says_wrong(heard.text) or _adds(details) or _names_detail(heard.text, draft)
    )


def _without_notes(heard: FormTurn) -> bool:
    """Whether there is nothing to add, or what was added goes: "no notes thanks"."""
    if heard.asked == "notes":
        return says_nothing_more(heard.text) or heard.does("nothing", "gives_times")
    return bool(heard.asked) and removes_notes(heard.text)


def _tells_pain(heard: FormTurn) -> bool:
    """Whether it was understood as what hurts, where that is asked for: "it's killing me on the stairs"."""
    return heard.asked == "notes" and heard.trusted and heard.intent == "describe_symptom"


def _adds(details: Details) -> bool:
    return bool(details.any or details.minor)


def _names_detail(text: str, draft: Draft) -> bool:
    """Whether a "no" speaks of a detail of the summary: "no e in Clarke"."""
    known = {one for one in words_of(f"{draft.name} {draft.email}") if len(one) > 1}
    return not known.isdisjoint(words_of(text))
