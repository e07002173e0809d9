"""What is said about a request that was sent, out of what is stored of it."""

from __future__ import annotations

import re
from dataclasses import replace

from clinic.appointments.form.flow import next_action
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
_OF_NAME = re.compile(r"\b(?:name|spel\w+|called|surname)\b|\bnot \w+\W*$", re.IGNORECASE)
CANCEL = Button("Cancel the request", say="Cancel my request")


def corrected(request: Request, heard: FormTurn) -> Draft | None:
    """The request's draft after a correction, or None where the message holds none that can be used."""
    heard = replace(_without_opening(heard), asked="confirm", intent="inform", trusted=True)
    if spelt := _SPELT.search(heard.text):
        _, *others = request.draft.name.split()
        name = spelt["name"] if " " in spelt["name"] else " ".join([spelt["name"], *others])
        return None if name == request.draft.name else replace(request.draft, name=name)
    step = next_action(request.draft, heard)
    changed = step.draft if step.outcome == "ask" and not step.wording.startswith("ask_again_") else request.draft
    if not _OF_NAME.search(heard.text):
        changed = replace(changed, name=request.draft.name)
    return None if changed == request.draft or not changed.has_contact else changed


def _without_opening(heard: FormTurn) -> FormTurn:
    """The message without "oh sorry, …", its contacts where they stand then."""
    text = _OPENING.sub("", heard.text.lstrip())
    cut = len(heard.text) - len(text)
    moved = tuple(replace(one, start=one.start - cut, end=one.end - cut) for one in heard.contacts if one.start >= cut)
    persons = tuple(replace(one, start=one.start - cut, end=one.end - cut) for one in heard.persons if one.start >= cut)
    return replace(heard, text=text, contacts=moved, persons=persons)


def what_changed(before: Draft, after: Draft, responses: Responses) -> str:
    """The corrected details in a list: "email address, notes"."""
    fields = ("name", "email", "phone", "notes", "times", "guardian")
    changed = [one for one in fields if getattr(before, one) != getattr(after, one)]
    return ", ".join(responses.render(f"detail_{one}") for one in changed)


def told_reply(request: Request, settings: Settings, responses: Responses) -> Reply:
    """Reference, where it stands, what it holds and what happens next."""
    draft = request.draft
    contact = ", ".join(one for one in (draft.email, draft.phone) if one)
    lines = [responses.render("request_told", reference=request.reference, name=draft.name, contact=contact)]
    if request.time is not None and request.status in ("accepted", "suggested"):
        when = say_when(request.time, settings.clinic.time_zone)
        lines.append(responses.render(f"appointment_status_{request.status}", reference=request.reference, when=when))
    else:
        lines.append(settings.told.reply_time or responses.render("request_next"))
    lines.append(
        responses.render("request_mail", email=draft.email) if draft.email else responses.render("request_no_mail")
    )
    return say("\n".join(lines), CANCEL)
