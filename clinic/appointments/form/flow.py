"""What comes next in the request, given what it holds, what was asked and what the visitor just said. Pure."""

from __future__ import annotations

from dataclasses import replace

from clinic.appointments.form.adding import removes_notes
from clinic.appointments.form.answering import after_contact, after_summary, gives_times
from clinic.appointments.form.asking import FormAction, next_question
from clinic.appointments.form.confirmation import says_yes
from clinic.appointments.form.draft import LONGEST_NOTES, merge, with_opening
from clinic.appointments.form.extraction import read_details
from clinic.appointments.form.going_back import STEPS
from clinic.appointments.form.leaving import OWN_KINDS, PAUSES, leaves
from clinic.appointments.form.noting import after_notes
from clinic.appointments.form.speech_acts import (
    is_complaint,
    is_question,
    is_question_beside,
    says_nothing_more,
    told_beside,
)
from clinic.appointments.form.stepping_back import kept_after_all, step_back, without_detail
from clinic.appointments.form.swapping import as_callback, rather_rung
from clinic.appointments.form.turn import BEYOND_DOUBT, LEAVING, LIKELY, OWN, SURELY, TALK, FormTurn
from clinic.appointments.model import Asked, Details, Draft

READ_AS: dict[Asked, Asked] = {"phone": "email", "change": "confirm"}
"""How an answer is read that follows one of the rarer questions."""


def next_action(draft: Draft, heard: FormTurn) -> FormAction:
    """The next step of the request. Nothing is confirmed but by a yes to the summary."""
    action = _next(draft, heard)
    return replace(action, draft=with_opening(action.draft))


def _next(draft: Draft, heard: FormTurn) -> FormAction:
    details = read_details(heard, READ_AS.get(heard.asked, heard.asked), draft)
    if heard.red_flag:
        # A contact given beside it is kept for later; nothing else of the message is a detail.
        email, phone = details.email or draft.email, details.phone or draft.phone
        return FormAction("red_flag", replace(draft, email=email, phone=phone), heard.asked)
    if mended := without_detail(draft, heard) or kept_after_all(draft, heard, details):
        return mended
    if not rather_rung(heard.text) and leaves(draft, heard, details):
        return FormAction("stopped", Draft())
    taken = as_callback(merge(draft, details, heard), heard)
    if taken.service != draft.service:
        return next_question(taken)
    return _returned(draft, taken, heard, details) or _go_on(draft, taken, heard, details)


def _returned(draft: Draft, taken: Draft, heard: FormTurn, details: Details) -> FormAction | None:
    """A step back or a pause; None where the message goes on."""
    if details.broken:
        return None  # "kit@example" is asked for once more, and nothing before it
    if heard.asked in STEPS and (returned := step_back(draft, heard, changed=taken != draft)):
        return returned
    surely = SURELY if is_question(heard.text) else LIKELY  # "why is this taking so many steps"
    if heard.does(*PAUSES, least=surely) and taken == draft and not _asks_articles(heard):
        return replace(next_question(taken), asked=heard.asked, wording=PAUSES[heard.learned[0]])
    return None


def _asks_articles(heard: FormTurn) -> bool:
    return heard.trusted and heard.intent.startswith("ask_") and is_question(heard.text)


def _go_on(draft: Draft, taken: Draft, heard: FormTurn, details: Details) -> FormAction:
    if heard.asked and heard.asked != "notes" and removes_notes(heard.text):
        return next_question(replace(taken, notes=""))
    if _interrupts(heard, details):
        if heard.asked == "notes" and (told := told_beside(heard.text)):
            taken = replace(taken, notes=told[:LONGEST_NOTES])
        return FormAction("interrupted", taken, heard.asked)
    if heard.asked == "notes":
        return after_notes(draft, taken, heard, details)
    if heard.asked in ("confirm", "change"):
        return after_summary(draft, taken, heard, details)
    return after_contact(draft, taken, heard, details)


def _interrupts(heard: FormTurn, details: Details) -> bool:
    """Only a question understood for certain interrupts; beside a detail it must be put in so many words."""
    asks = heard.trusted and (heard.intent.startswith("ask_") or heard.intent in TALK)
    if not heard.asked:
        return False
    if details.email or details.phone or details.broken or details.name or details.guardian:
        return asks and not details.broken and is_question_beside(details.rest, details.name)
    question = is_question(heard.text) or (asks and heard.does("asks", least=BEYOND_DOUBT))
    if not question and (heard.does(*OWN_KINDS) or (heard.asked == "notes" and details.times) or gives_times(heard)):
        return False
    if heard.asked == "notes":
        chat = heard.intent in TALK - {"out_of_scope", "language"} and not is_complaint(heard.text)
        asks_on = question and heard.does("asks", least=SURELY)
        return asks_on or (asks and (question or (chat and not says_nothing_more(heard.text))))
    if heard.asked == "confirm" and not question and (says_yes(heard.text) or is_complaint(heard.text)):
        return False
    # A plain question that was not understood is looked up too, rather than taken for a detail that failed.
    return asks or (question and not heard.is_surely(OWN | LEAVING))
