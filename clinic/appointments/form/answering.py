"""What follows an answer to the question for a name or a contact, and to the summary. Pure."""

from __future__ import annotations

from dataclasses import replace

from clinic.appointments.form.adding import changed_notes, corrected_notes
from clinic.appointments.form.asking import FormAction, next_question
from clinic.appointments.form.confirmation import is_finished, says_yes
from clinic.appointments.form.going_back import is_bare_no
from clinic.appointments.form.speech_acts import is_complaint, is_small_talk
from clinic.appointments.form.swapping import with_swap
from clinic.appointments.form.times import named_times, tidy_times
from clinic.appointments.form.turn import BEYOND_DOUBT, LIKELY, SURELY, FormTurn
from clinic.appointments.model import Asked, Details, Draft


def after_contact(draft: Draft, taken: Draft, heard: FormTurn, details: Details) -> FormAction:
    """After the first message, a name or a contact."""
    following = next_question(taken)
    if details.broken and not taken.has_contact:
        asked: Asked = "phone" if draft.service == "callback" else "email"
        return replace(following, asked=asked, wording=f"ask_again_{details.broken}") if taken.name else following
    polite = is_small_talk(heard.text) or heard.agrees()
    if following.wording in ("minor_parent_contact", "ask_guardian", "ask_guardian_callback"):
        return following
    if not heard.asked or taken != draft or following.asked != heard.asked or polite:
        return following
    return replace(following, wording="ask_again_name" if heard.asked == "name" else "ask_again_contact")


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
