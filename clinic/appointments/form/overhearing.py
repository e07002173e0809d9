"""What a message gives beside something that was answered first: "I'm 16, does that matter? Kit Fenwick". Pure."""

from __future__ import annotations

from dataclasses import replace

from clinic.appointments.form.draft import merge
from clinic.appointments.form.extraction import read_details
from clinic.appointments.form.introductions import says_name
from clinic.appointments.form.lexicon import words_of
from clinic.appointments.form.speech_acts import is_question, sentences_of
from clinic.appointments.form.turn import FormTurn
from clinic.appointments.model import Draft

BESIDE = 2  # words that may stand beside a name in a clause of its own: "hi it's Karen"


def overhear(draft: Draft, heard: FormTurn) -> Draft:
    """The draft with the name, contact or age that stands beside the question; what it tells else is no detail."""
    if heard.red_flag:
        return draft
    heard = replace(heard, learned=("", 0.0), intent="")  # that it asks is known
    details = read_details(heard, heard.asked, draft)
    if details.broken:
        return draft
    name = details.name if not draft.name and _stands_alone(details.name, heard.text) else ""
    return merge(draft, replace(details, name=name, notes="", times="", rest=""), heard)


def _stands_alone(name: str, text: str) -> bool:
    """Whether a clause that asks nothing is little more than the name, or says that it is one."""
    wanted = words_of(name)
    for clause in sentences_of(text):
        said = words_of(clause)
        if wanted and set(wanted) <= set(said) and not is_question(clause):
            return says_name(clause) or len(said) - len(wanted) <= BESIDE
    return False
