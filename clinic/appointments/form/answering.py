"""What follows an answer to each question of the form: to the name or contact, the notes, the summary. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from clinic.appointments.form.adding import changed_notes, corrected_notes
from clinic.appointments.form.asking import FormAction, next_question
from clinic.appointments.form.confirmation import is_bare_yes, is_finished, says_yes
from clinic.appointments.form.draft import LONGEST_NOTES
from clinic.appointments.form.going_back import is_bare_no
from clinic.appointments.form.lexicon import words_of
from clinic.appointments.form.speech_acts import is_complaint, is_small_talk, says_nothing_more
from clinic.appointments.form.swapping import with_swap
from clinic.appointments.form.times import named_times, tidy_times, without_times
from clinic.appointments.form.turn import BEYOND_DOUBT, FEW, LIKELY, SURELY, FormTurn
from clinic.appointments.model import Asked, Details, Draft


def after_contact(draft: Draft, taken: Draft, heard: FormTurn, details: Details) -> FormAction:
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


def after_notes(draft: Draft, taken: Draft, heard: FormTurn, details: Details) -> FormAction:
    """After the question for notes: whatever is left of the message is the notes, or the times that suit."""
    if details.broken:
        return FormAction("ask", taken, "email", f"ask_again_{details.broken}")
    if taken.notes is not None:
        return next_question(taken)
    if heard.does("gives_times", least=SURELY) and not draft.service and not is_complaint(details.rest):
        times = taken.times or tidy_times(details.rest)
        return next_question(replace(taken, notes=_beside_times(details.rest, times), times=times))
    if _mends_contact(draft, taken) and not is_complaint(details.rest):
        return next_question(taken)
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
    beside = [one.strip() for one in re.split(r"(?<=[.!?;])\s+|\n+", rest)]
    beside = [one.rstrip(".;") for one in beside if one and times not in one and one.strip(".;") not in times]
    told = [one for one in beside if len(one.split()) >= FEW and not (is_small_talk(one) or says_nothing_more(one))]
    return ". ".join(told)[:LONGEST_NOTES]


def _mends_contact(draft: Draft, taken: Draft) -> bool:
    return (draft.email, draft.phone) != (taken.email, taken.phone)


_TELLS = re.compile(
    r"^\W*(?:(?:please|only|just|and)\s+)*(?:tell|mention|note|let (?:him|her|them) know|that)\s+(?!you|me\b)\w",
    re.IGNORECASE,
)


def _adds_nothing(heard: FormTurn) -> bool:
    """Whether it was learned as nothing to add; what is to be told is kept: "tell him of the plate"."""
    told = len(heard.text.split()) > FEW and _TELLS.search(heard.text)
    return not told and (heard.does("nothing") or heard.is_surely(frozenset({"deny"})))


def after_summary(draft: Draft, taken: Draft, heard: FormTurn, details: Details) -> FormAction:
    """After the summary: confirmed by a yes, shown anew once changed, else asked what to change."""
    if details.broken:
        return FormAction("ask", taken, "email", f"ask_again_{details.broken}")
    if (swapped := with_swap(draft, details.rest)) is not None:
        return next_question(swapped)
    if taken != draft:
        return next_question(taken)
    if gives_times(heard):
        return next_question(replace(taken, times=tidy_times(details.rest, sure=True)))
    if heard.asked == "confirm" and heard.agrees():
        return FormAction("confirmed", taken)
    if heard.asked == "confirm" and (is_bare_no(heard.text) or heard.does("disagrees", "corrects", least=SURELY)):
        changed = _corrected(taken, details.rest, heard) if heard.does("corrects") else None
        return next_question(changed) if changed else FormAction("ask", taken, "change", "ask_change")
    if heard.asked == "change" and says_yes(heard.text):
        # Where it is to be sent in so many words, the summary that was shown stands.
        return FormAction("confirmed", taken) if is_finished(heard.text) else next_question(taken)
    if heard.asked == "change" and (times := _told_times(details.rest, heard)):
        return next_question(replace(taken, times=times))
    if (notes := changed_notes(taken.notes or "", details.rest)) is not None:
        return next_question(replace(taken, notes=notes))
    wording = "ask_change" if heard.asked == "change" else "ask_again_confirm"
    return FormAction("ask", taken, heard.asked, wording)


def gives_times(heard: FormTurn) -> bool:
    """Whether a few words beside the summary surely tell times and nothing else: "before rehearsals, so mornings"."""
    return heard.asked in ("confirm", "change") and heard.times >= BEYOND_DOUBT and not heard.agrees()


def _told_times(rest: str, heard: FormTurn) -> str:
    """The times of a correction: all that it says where it was learned as giving times, else those that it names."""
    if is_complaint(rest):
        return ""
    return tidy_times(rest, sure=True) if heard.times >= LIKELY else tidy_times(named_times(rest))


def _corrected(taken: Draft, rest: str, heard: FormTurn) -> Draft | None:
    """The request with the times that a correction tells or what it adds to the notes; None where it does not say how
    it should read.
    """
    if times := _told_times(rest, heard):
        return replace(taken, times=times)
    notes = changed_notes(taken.notes or "", rest) or corrected_notes(taken.notes or "", rest)
    return replace(taken, notes=notes) if notes else None
