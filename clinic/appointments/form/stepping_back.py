"""The step before, or a detail that is wrong, once more; and what is taken out, or stands after all. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from clinic.appointments.form.adding import dictates_notes
from clinic.appointments.form.asking import FormAction, next_question
from clinic.appointments.form.draft import merge
from clinic.appointments.form.going_back import BEFORE, detail_in, names_detail, removed_detail, renamed
from clinic.appointments.form.name_correction import names_another
from clinic.appointments.form.speech_acts import is_question
from clinic.appointments.form.turn import BEYOND_DOUBT, SURELY, FormTurn
from clinic.appointments.model import Asked, Details, Draft

_STAYS = re.compile(r"\b(?:leave|keep)\b.*\b(?:as (?:it|they|is|are|was)|alone|same)\b", re.IGNORECASE)


def step_back(draft: Draft, heard: FormTurn, *, changed: bool) -> FormAction | None:
    """The step before, or the one whose detail is said to be wrong, asked for again; None where neither is said."""
    if heard.asked == "email" and not changed and (name := renamed(heard.text, draft.name)):
        return next_question(replace(draft, name=name))
    wanted = names_detail(heard.text, heard.asked) or _step_meant(heard)
    given = names_another(heard.text) if wanted == "name" else wanted == "notes" and dictates_notes(heard.text)
    if not wanted or changed or given:
        return None
    return again(draft, wanted)


def again(draft: Draft, wanted: str) -> FormAction:
    """The detail `wanted` (`name`, `email` for any contact, `notes`) asked for anew; what it was is kept beside."""
    if wanted == "name":
        return FormAction("ask", replace(draft, name="", former=draft.name), "name", "ask_name_again")
    if wanted == "notes":
        return FormAction("ask", replace(draft, notes=None, former=draft.notes or ""), "notes", "ask_notes_again")
    contact: Asked = "phone" if draft.service == "callback" else "email"
    former = f"{draft.email} {draft.phone}".strip()
    return FormAction("ask", replace(draft, email="", phone="", former=former), contact, "ask_contact_again")


def kept_after_all(draft: Draft, heard: FormTurn, details: Details) -> FormAction | None:
    """The detail that was asked for anew, as it was, or all of it: "no, leave it, it's right"; None where that is not
    said.
    """
    given = details.email or details.phone
    if heard.asked == "name" and draft.former and given and not details.name:
        return next_question(merge(_restored(draft, "name"), details, heard))  # the contact that was asked for before
    if given or details.broken or is_question(heard.text):
        return None
    leaves = heard.does("leaves_it", least=SURELY)
    if heard.asked == "change" and leaves:
        return next_question(draft)
    if not draft.former or not (heard.agrees() or leaves):
        return None
    return next_question(replace(_restored(draft, heard.asked), former=""))


def _restored(draft: Draft, asked: Asked) -> Draft:
    if asked == "name":
        return replace(draft, name=draft.former)
    if asked == "notes":
        return replace(draft, notes=draft.former)
    email = next((one for one in draft.former.split() if "@" in one), "")
    return replace(draft, email=email, phone=draft.former.removeprefix(email).strip())


def without_detail(draft: Draft, heard: FormTurn) -> FormAction | None:
    """The request without the address or number that is to be taken out; asked for anew where no other is left."""
    taken_out = removed_detail(heard.text) if heard.asked else ""
    if not taken_out or not getattr(draft, taken_out):
        return None
    left = replace(draft, email="") if taken_out == "email" else replace(draft, phone="")
    return next_question(left) if left.has_contact else again(draft, "email")


def _step_meant(heard: FormTurn) -> str:
    """The detail to ask for again where the visitor goes back or says that something is wrong, in any words."""
    if _STAYS.search(heard.text):
        return ""
    if is_question(heard.text) and not heard.does("corrects", "goes_back", least=BEYOND_DOUBT):
        return ""
    if heard.does("goes_back"):
        return detail_in(heard.text) or BEFORE.get(heard.asked, "")
    if not heard.does("corrects"):
        return ""
    alone = heard.asked in ("email", "phone") and heard.does("corrects", least=SURELY)  # nothing else was given yet
    return detail_in(heard.text) or (BEFORE[heard.asked] if alone else "")
