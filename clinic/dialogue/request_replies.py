"""What is said about a request that was sent, out of what is stored of it."""

from __future__ import annotations

import re
from dataclasses import replace

from clinic.appointments.form.draft import LONGEST_NOTES
from clinic.appointments.form.flow import next_action
from clinic.appointments.form.name_correction import speaks_of_name
from clinic.appointments.form.speech_acts import is_question
from clinic.appointments.form.times import named_times
from clinic.appointments.form.turn import FormTurn
from clinic.appointments.mail.messages import say_when
from clinic.appointments.model import Draft, Request
from clinic.dialogue.reply import Button, Reply, say
from clinic.dialogue.responses import Responses
from clinic.settings import Settings

_OPENING = re.compile(
    r"^(?:(?:oh|sorry|actually|wait|hang on|please|hi|no|oops|and|ok|"
    r"okay)\b[\s,.!]*)+",
    re.IGNORECASE,
)
_SPELT = re.compile(
    r"\bname(?:'s| is)? (?:spelt|spelled|written) (?P<name>[^\W\d]+(?:[ "
    r"'-][^\W\d]+)?)\W*$",
    re.IGNORECASE,
)
_OF_NAME = re.compile(r"\b(?:name|spel\w+|called|surname|prefers?|goes by|known as)\b|\bnot \w+\W*$", re.IGNORECASE)
# "I made a mistake", "please change my details": what is to be different is not said yet.
_ONLY_WANTS = re.compile(
    r"^(?:(?:i|i'?ve|we|must|should|got|gotta|please|can|could|you|need|want|would|like|have|made|there'?s|there|is|are|was|a|an|the|my|in|on|of|to|"
    r"it|that|this|one|some|something|thing|things|detail\w*|mistake|error|typo|wrong|incorrect|not|right|change|"
    r"edit|correct|fix|amend|update|different|e-?mail|mail|address|number|phone|(?:sur|fore)?name|request|booking|what|sent|put|wrote|gave|got)\b\W*)+$",
    re.IGNORECASE,
)
FEWEST = 3  # words of a note
CANCEL = Button("Cancel the request", say="Cancel my request")


def corrected(request: Request, heard: FormTurn) -> Draft | None:
    """The request's draft after a correction, or None where the message holds none that can be used."""
    heard = replace(_without_opening(heard), asked="confirm", intent="inform", trusted=True)
    if spelt := _SPELT.search(heard.text):
        _, *others = request.draft.name.split()
        name = spelt["name"] if " " in spelt["name"] else " ".join([spelt["name"], *others])
        return None if name == request.draft.name else replace(request.draft, name=name)
    step = next_action(request.draft, heard)
    if step.draft.former:  # "the name is wrong": it would be asked for anew, and stands until a better one is given
        return None
    changed = step.draft if step.outcome == "ask" and not step.wording.startswith("ask_again_") else request.draft
    if not _OF_NAME.search(heard.text) and not speaks_of_name(heard.text, request.draft.name):
        changed = replace(changed, name=request.draft.name)
    if changed == request.draft and (times := named_times(heard.text)):
        changed = replace(changed, times=times)
    return None if changed == request.draft or not changed.has_contact else changed


def _without_opening(heard: FormTurn) -> FormTurn:
    """The message without "oh sorry, …", its contacts where they stand then."""
    text = _OPENING.sub("", heard.text.lstrip())
    cut = len(heard.text) - len(text)
    moved = tuple(replace(one, start=one.start - cut, end=one.end - cut) for one in heard.contacts if one.start >= cut)
    persons = tuple(replace(one, start=one.start - cut, end=one.end - cut) for one in heard.persons if one.start >= cut)
    return replace(heard, text=text, contacts=moved, persons=persons)


def with_note(request: Request, text: str) -> Draft | None:
    """The request with the visitor's words added to what it is about; None where they say nothing of substance."""
    words = _OPENING.sub("", " ".join(text.split())).rstrip(".")
    if is_question(text) or len(words.split()) < FEWEST or _ONLY_WANTS.search(words):
        return None
    notes = f"{request.draft.notes}. {words}" if request.draft.notes else words
    return replace(request.draft, notes=notes[:LONGEST_NOTES])


def what_changed(before: Draft, after: Draft, responses: Responses) -> str:
    """The corrected details in a list: "email address, notes"."""
    return ", ".join(responses.render(f"detail_{one}") for one in changed_details(before, after))


def changed_details(before: Draft, after: Draft) -> list[str]:
    """The names of the corrected details, as `Draft` has them."""
    fields = ("name", "email", "phone", "notes", "times", "guardian")
    return [one for one in fields if getattr(before, one) != getattr(after, one)]


def what_stands(before: Draft, after: Draft, responses: Responses) -> str:
    """The corrected details as they are now: "email address: jo@example.org"."""
    told = changed_details(before, after)
    return "; ".join(f"{responses.render(f'detail_{one}')}: {getattr(after, one)}" for one in told)


def told_reply(request: Request, settings: Settings, responses: Responses) -> Reply:
    """Reference, where it stands, what it holds and what happens next."""
    draft = request.draft
    contact = ", ".join(one for one in (draft.email, draft.phone) if one)
    lines = [responses.render("request_told", reference=request.reference, name=draft.name, contact=contact)]
    if about := ", ".join(one for one in (draft.notes, draft.times) if one):
        lines.append(responses.render("request_about", notes=about))
    if request.time is not None and request.status in ("accepted", "suggested"):
        when = say_when(request.time, settings.clinic.time_zone)
        lines.append(responses.render(f"appointment_status_{request.status}", reference=request.reference, when=when))
    else:
        callback = draft.service == "callback"
        lines.append(settings.told.reply_time or responses.render("request_ring" if callback else "request_next"))
    lines.append(mail_line(request, settings, responses))
    return say("\n".join(lines), CANCEL)


def mail_line(request: Request, settings: Settings, responses: Responses) -> str:
    """Whether a confirmation by mail is on its way, as it is."""
    if not request.draft.email:
        return responses.render("request_no_mail")
    if not settings.mail.enabled:
        return responses.render("request_mail_off")
    return responses.render("request_mail", email=request.draft.email)


def over_reply(request: Request, responses: Responses) -> Reply:
    """What became of the conversation's last request, which waits for nothing any more."""
    name = "request_cancelled" if request.status == "cancelled" else "request_over"
    return say(responses.render(name, reference=request.reference))
