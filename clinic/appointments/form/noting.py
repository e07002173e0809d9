"""What follows the question for notes: the notes, the times that suit, or nothing to add. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from clinic.appointments.form.asking import FormAction, next_question
from clinic.appointments.form.confirmation import is_bare_yes, is_finished
from clinic.appointments.form.draft import LONGEST_NOTES
from clinic.appointments.form.lexicon import words_of
from clinic.appointments.form.speech_acts import is_complaint, is_small_talk, says_nothing_more
from clinic.appointments.form.times import named_times, tidy_times, without_times
from clinic.appointments.form.turn import FEW, SURELY, FormTurn
from clinic.appointments.model import Details, Draft
from language.sub_questions import sentences_of

_TELLS = re.compile(
    r"^\W*(?:(?:please|only|just|and)\s+)*(?:tell|mention|note|let (?:him|her|them) know|that)\s+(?!you|me\b)\w",
    re.IGNORECASE,
)


_SOMETHING = re.compile(
    r"(?:yes|yeah|yep|aye|yup)?[\s,]*(?:there is|there's|i have|i do|i've got)"
    r"(?: (?:something|one thing|a thing|a bit))?\W*",
    re.IGNORECASE,
)


def after_notes(draft: Draft, taken: Draft, heard: FormTurn, details: Details) -> FormAction:
    """After the question for notes: whatever is left of the message is the notes, or the times that suit."""
    if details.broken:
        return FormAction("ask", taken, "email", f"ask_again_{details.broken}")
    if taken.notes is not None:
        return next_question(taken)
    if _SOMETHING.fullmatch(heard.text.strip()):
        return next_question(taken)  # "yes there is": it is still to be told
    if heard.does("gives_times", least=SURELY) and not draft.service and not is_complaint(details.rest):
        times = taken.times or tidy_times(details.rest)
        return next_question(replace(taken, notes=_beside_times(details.rest, times), times=times))
    if _mends_contact(draft, taken) and not is_complaint(details.rest):
        following = next_question(taken)
        return replace(following, mended=following.asked == "notes")  # the summary shows it anyhow
    if heard.does("describes", "gives_times", least=SURELY) and not taken.times:
        return next_question(_described(taken, details.rest))
    if (
        says_nothing_more(heard.text)
        or is_finished(heard.text)
        or (_adds_nothing(heard) and not is_complaint(heard.text) and not named_times(heard.text))
    ):
        return next_question(replace(taken, notes=""))
    if taken.times != draft.times and not is_complaint(details.rest):  # "evenings only": the summary comes next
        return next_question(replace(taken, notes=_beside_times(details.rest, taken.times)))
    polite = is_small_talk(heard.text) or is_bare_yes(heard.text) or not words_of(heard.text)
    polite = polite or (heard.is_surely(frozenset({"affirm"})) and not is_complaint(heard.text))
    if polite or (taken != draft and not is_complaint(details.rest)):
        return next_question(taken)
    return next_question(_described(taken, details.rest))


def _described(taken: Draft, rest: str) -> Draft:
    """The request with what is told of the complaint, and the times that only stand beside it."""
    notes, times = without_times(rest) if not taken.service and not taken.times else (rest, taken.times)
    return replace(taken, notes=notes[:LONGEST_NOTES], times=times)


def _beside_times(rest: str, times: str) -> str:
    """The sentences that stand beside those that give the times: "Had it injected in 2019. Afternoons only"."""
    beside = [one.rstrip(".;") for one in sentences_of(rest) if times not in one and one.strip(".;") not in times]
    told = [one for one in beside if len(one.split()) >= FEW and not (is_small_talk(one) or says_nothing_more(one))]
    return ". ".join(told)[:LONGEST_NOTES]


def _mends_contact(draft: Draft, taken: Draft) -> bool:
    return (draft.email, draft.phone) != (taken.email, taken.phone)


def _adds_nothing(heard: FormTurn) -> bool:
    """Whether it was learned as nothing to add; what is to be told is kept: "tell him of the plate"."""
    told = len(heard.text.split()) > FEW and _TELLS.search(heard.text)
    return not told and (heard.does("nothing") or heard.is_surely(frozenset({"deny"})))
