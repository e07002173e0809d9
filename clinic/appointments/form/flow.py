"""What comes next in the request, given what it holds, what was asked and what the visitor just said. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from clinic.appointments.form.adding import changed_notes, notes_from_question
from clinic.appointments.form.confirmation import is_bare_yes, is_finished, says_no, says_wrong, says_yes
from clinic.appointments.form.draft import LONGEST_NOTES, merge
from clinic.appointments.form.extraction import read_details
from clinic.appointments.form.going_back import BEFORE, STEPS, detail_in, is_bare_no, names_detail, renamed
from clinic.appointments.form.lexicon import words_of
from clinic.appointments.form.speech_acts import (
    is_complaint,
    is_question,
    is_question_beside,
    is_small_talk,
    says_nothing_more,
    wants_stop,
)
from clinic.appointments.form.turn import LEAVING, OWN, TALK, FormTurn
from clinic.appointments.model import Asked, Details, Draft

READ_AS: dict[Asked, Asked] = {"phone": "email", "change": "confirm"}
"""How an answer is read that follows one of the rarer questions."""
SURELY = 0.6  # how sure a learned kind must be to end the request, or to speak against a word that ends it
OWN_KINDS = ("agrees", "nothing", "describes", "gives_times", "corrects", "goes_back", "disagrees")
"""The kinds of turn that belong to the request itself and never interrupt it."""
STAYING = (*OWN_KINDS, "waits", "asks")
"""The kinds that leave nothing."""
Outcome = Literal["ask", "interrupted", "red_flag", "stopped", "confirmed"]


@dataclass(frozen=True, slots=True)
class FormAction:
    """What to do, what the form holds now, what is asked next and in which words (names in responses.yml)."""

    outcome: Outcome
    draft: Draft
    asked: Asked = ""
    wording: str = ""


def next_action(draft: Draft, heard: FormTurn) -> FormAction:
    """The next step of the request. Nothing is confirmed but by a yes to the summary."""
    details = read_details(heard, READ_AS.get(heard.asked, heard.asked), draft)
    if heard.red_flag:
        # A contact given beside it is kept for later; nothing else of the message is a detail.
        email, phone = details.email or draft.email, details.phone or draft.phone
        return FormAction("red_flag", replace(draft, email=email, phone=phone), heard.asked)
    if _leaves(draft, heard, details):
        return FormAction("stopped", Draft())
    taken = merge(draft, details, heard)
    if heard.asked in STEPS and (returned := step_back(draft, heard, changed=taken != draft)):
        return returned
    if heard.does("waits") and taken == draft and not is_question(heard.text):
        return replace(next_question(taken), asked=heard.asked, wording="ask_wait")
    if _interrupts(heard, details):
        if heard.asked == "notes" and (told := notes_from_question(heard.text)):
            taken = replace(taken, notes=told[:LONGEST_NOTES])
        return FormAction("interrupted", taken, heard.asked)
    if heard.asked == "notes":
        return _after_notes(draft, taken, heard, details)
    if heard.asked in ("confirm", "change"):
        return _after_summary(draft, taken, heard, details)
    return _after_contact(draft, taken, heard, details)


def next_question(draft: Draft) -> FormAction:
    """What is still missing, and how it is asked for."""
    if draft.service == "callback":
        return _next_of_callback(draft)
    if draft.minor == "child" and not draft.name:
        return FormAction("ask", draft, "name", "ask_guardian")
    if draft.minor == "self" and not draft.has_contact:
        return FormAction("ask", draft, "email", "minor_parent_contact")
    if not draft.name:
        return FormAction("ask", draft, "name", "ask_name")
    if not draft.has_contact:
        return FormAction("ask", draft, "email", "ask_contact")
    if draft.notes is None:
        return FormAction("ask", draft, "notes", "ask_notes")
    return FormAction("ask", draft, "confirm", "ask_confirm")


def _next_of_callback(draft: Draft) -> FormAction:
    if not draft.name:
        return FormAction("ask", draft, "name", "ask_name_callback")
    if not draft.has_contact:
        return FormAction("ask", draft, "phone", "ask_phone")
    if draft.notes is None and not draft.times:
        return FormAction("ask", draft, "notes", "ask_when")
    return FormAction("ask", draft, "confirm", "ask_confirm_callback")


def _leaves(draft: Draft, heard: FormTurn, details: Details) -> bool:
    if details.email or details.phone or details.broken:
        return False
    if not heard.asked:
        return wants_stop(heard.text)
    if heard.asked == "notes" and (says_nothing_more(heard.text) or heard.does("nothing", "gives_times")):
        return False
    if wants_stop(heard.text) or heard.does("stops", least=SURELY):
        return not heard.does(*STAYING, least=SURELY)
    if heard.asked == "confirm" and is_bare_no(heard.text):
        return False
    if is_complaint(heard.text) or is_question(heard.text) or details.name or says_yes(heard.text):
        return False
    if heard.does(*STAYING):
        return False
    if heard.is_surely(LEAVING):
        return True
    refused = says_no(heard.text) or (heard.is_surely(frozenset({"deny"})) and not says_wrong(heard.text))
    if not refused or heard.asked == "notes":
        return False
    return heard.asked != "confirm" or not (
        says_wrong(heard.text) or _adds(details) or _names_detail(heard.text, draft)
    )


def _interrupts(heard: FormTurn, details: Details) -> bool:
    """Only a question understood for certain interrupts; beside a detail it must be put in so many words."""
    asks = heard.trusted and (heard.intent.startswith("ask_") or heard.intent in TALK)
    if not heard.asked:
        return False
    if details.email or details.phone or details.broken or details.name or details.guardian:
        return asks and not details.broken and is_question_beside(details.rest, details.name)
    question = is_question(heard.text)
    if not question and heard.does(*OWN_KINDS):
        return False
    if heard.asked == "notes":
        chat = heard.intent in TALK - {"out_of_scope", "language"} and not is_complaint(heard.text)
        return asks and (question or (chat and not says_nothing_more(heard.text)))
    if heard.asked == "confirm" and not question and (says_yes(heard.text) or is_complaint(heard.text)):
        return False
    # A plain question that was not understood is looked up too, rather than taken for a detail that failed.
    return asks or (question and not heard.is_surely(OWN | LEAVING))


def _after_contact(draft: Draft, taken: Draft, heard: FormTurn, details: Details) -> FormAction:
    """After the first message, a name or a contact."""
    following = next_question(taken)
    if details.broken and not taken.has_contact:
        asked: Asked = "phone" if draft.service == "callback" else "email"
        return replace(following, asked=asked, wording=f"ask_again_{details.broken}") if taken.name else following
    polite = is_small_talk(heard.text) or heard.agrees()
    if following.wording == "minor_parent_contact":
        return following
    if not heard.asked or taken != draft or following.asked != heard.asked or polite:
        return following
    return replace(following, wording="ask_again_name" if heard.asked == "name" else "ask_again_contact")


def _after_notes(draft: Draft, taken: Draft, heard: FormTurn, details: Details) -> FormAction:
    if details.broken:
        return FormAction("ask", taken, "email", f"ask_again_{details.broken}")
    if taken.notes is not None:
        return next_question(taken)
    if heard.does("describes", "gives_times", least=SURELY) and not taken.times:
        return next_question(replace(taken, notes=details.rest[:LONGEST_NOTES]))
    if (
        says_nothing_more(heard.text)
        or is_finished(heard.text)
        or heard.does("nothing")
        or (heard.is_surely(frozenset({"deny"})) and not is_complaint(heard.text))
    ):
        return next_question(replace(taken, notes=""))
    if taken.times != draft.times and not is_complaint(details.rest):  # "evenings only": the summary comes next
        return next_question(replace(taken, notes=""))
    polite = is_small_talk(heard.text) or is_bare_yes(heard.text) or not words_of(heard.text)
    polite = polite or (heard.is_surely(frozenset({"affirm"})) and not is_complaint(heard.text))
    if polite or (taken != draft and not is_complaint(details.rest)):
        return next_question(taken)
    return next_question(replace(taken, notes=details.rest[:LONGEST_NOTES]))


def _after_summary(draft: Draft, taken: Draft, heard: FormTurn, details: Details) -> FormAction:
    if details.broken:
        return FormAction("ask", taken, "email", f"ask_again_{details.broken}")
    if taken != draft:
        return next_question(taken)
    if heard.asked == "confirm" and heard.agrees():
        return FormAction("confirmed", taken)
    if heard.asked == "confirm" and (is_bare_no(heard.text) or heard.does("disagrees", "corrects", least=SURELY)):
        notes = changed_notes(taken.notes or "", details.rest) if heard.does("corrects") else None
        return next_question(replace(taken, notes=notes)) if notes else FormAction("ask", taken, "change", "ask_change")
    if heard.asked == "change" and says_yes(heard.text):
        return next_question(taken)
    if (notes := changed_notes(taken.notes or "", details.rest)) is not None:
        return next_question(replace(taken, notes=notes))
    wording = "ask_change" if heard.asked == "change" else "ask_again_confirm"
    return FormAction("ask", taken, heard.asked, wording)


def step_back(draft: Draft, heard: FormTurn, *, changed: bool) -> FormAction | None:
    """The step before, or the one whose detail is said to be wrong, asked for again; None where neither is said."""
    if heard.asked == "email" and not changed and (name := renamed(heard.text, draft.name)):
        return next_question(replace(draft, name=name))
    wanted = names_detail(heard.text, heard.asked) or _step_meant(heard)
    if not wanted or changed:
        return None
    if wanted == "name":
        return FormAction("ask", replace(draft, name=""), "name", "ask_name_again")
    if wanted == "notes":
        return FormAction("ask", replace(draft, notes=None), "notes", "ask_notes_again")
    contact: Asked = "phone" if draft.service == "callback" else "email"
    return FormAction("ask", replace(draft, email="", phone=""), contact, "ask_contact_again")


def _step_meant(heard: FormTurn) -> str:
    """The detail to ask for again where the visitor goes back or says that something is wrong, in any words."""
    if heard.does("goes_back"):
        return detail_in(heard.text) or BEFORE.get(heard.asked, "")
    if not heard.does("corrects"):
        return ""
    only = BEFORE[heard.asked] if heard.asked in ("email", "phone") else ""  # nothing else was given yet
    return detail_in(heard.text) or only


def _adds(details: Details) -> bool:
    return bool(details.any or details.minor)


def _names_detail(text: str, draft: Draft) -> bool:
    """Whether a "no" speaks of a detail of the summary: "no e in Clarke"."""
    known = {one for one in words_of(f"{draft.name} {draft.email}") if len(one) > 1}
    return not known.isdisjoint(words_of(text))
