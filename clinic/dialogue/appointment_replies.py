"""The replies of the appointment request, in the contract's shape."""

from __future__ import annotations

from collections.abc import Sequence

from clinic.appointments.form.asking import FormAction
from clinic.appointments.mail.messages import say_when
from clinic.appointments.model import UNNAMED, Draft, Request
from clinic.dialogue.reply import Button, Reply, say
from clinic.dialogue.responses import Responses
from clinic.settings import Settings

YES = Button("Yes, send it", say="Yes, send it")
NO = Button("No, don't send it", say="No, don't send it")
SKIP = Button("Skip", say="skip")
STOP = Button("Stop", say="Stop")
NAME = Button("The name", say="The name")
CONTACT = Button("The contact", say="The contact")
NOTES = Button("What it is about", say="The notes")


def ask_reply(
    step: FormAction, settings: Settings, responses: Responses, *, resumed: bool = False, asides: int = 0
) -> Reply:
    """The question a step asks; after an interruption it says that the request goes on."""
    text = _question(step, settings, responses)
    if step.mended:
        text = f"{responses.render('contact_mended', contact=_contact(step.draft))} {text}"
    if resumed:
        begin = "form_resumed_again" if asides > 1 else "form_resumed"
        text = f"{responses.render(begin)} {text}"
    buttons = {"notes": (SKIP, STOP), "confirm": (YES, NO), "change": (NAME, CONTACT, NOTES, NO)}.get(
        step.asked, (STOP,)
    )
    return Reply("ask", text, buttons=buttons, extra={"slot": step.asked})


def consent_text(settings: Settings, responses: Responses) -> str:
    """What the visitor agrees to with the one yes."""
    return responses.render("consent", consent_version=settings.privacy.consent_version)


def appointment_reply(request: Request, responses: Responses, *, mailed: bool = False) -> Reply:
    """A request was stored or withdrawn; `mailed` says whether mail goes out at all."""
    cancelled = request.status == "cancelled"
    stored = "callback_requested" if request.draft.service == "callback" else "appointment_requested"
    lines = [responses.render("appointment_cancelled" if cancelled else stored, reference=request.reference)]
    if mailed and not cancelled and request.draft.email and request.draft.service != "callback":
        lines.append(responses.render("request_mail", email=request.draft.email))
    return Reply("appointment", "\n".join(lines), extra={"appointment": _told(request)})


def changed_reply(request: Request, what: str, responses: Responses) -> Reply:
    """A sent request was corrected; `what` names the details."""
    text = responses.render("appointment_changed", reference=request.reference, what=what)
    return Reply("appointment", text, extra={"appointment": {**_told(request), "status": "changed"}})


def _told(request: Request) -> dict[str, str]:
    """The contract's `appointment`: its `notes` hold what it is about and the times that suit."""
    draft = request.draft
    told = {
        "reference": request.reference,
        "status": "cancelled" if request.status == "cancelled" else "requested",
        "name": draft.name,
        "email": draft.email,
        "phone": draft.phone,
        "notes": ", ".join(one for one in (draft.notes, draft.times) if one),
    }
    return {**told, "service": draft.service} if draft.service else told


def booking_page_reply(settings: Settings, responses: Responses) -> Reply:
    """Where the clinic books on a page of its own."""
    return say(responses.render("booking_page"), Button("Open the booking page", href=settings.service.booking_page))


def withdrawal_reply(pending: Sequence[Request], responses: Responses) -> Reply:
    """Asks whether to cancel what waits, or says that nothing does."""
    if not pending:
        return say(responses.render("cancel_nothing"))
    references = " and ".join(one.reference for one in pending)
    yes, no = Button("Yes, cancel it", say="Yes, cancel it"), Button("No, keep it", say="No, keep it")
    return say(responses.render("cancel_confirm", reference=references), yes, no)


def status_reply(intent: str, pending: Sequence[Request], settings: Settings, responses: Responses) -> Reply:
    """Where the newest waiting request stands; how its time can be changed."""
    if not pending:
        return say(responses.render("appointment_status_nothing"))
    if intent == "change_appointment":
        return say(responses.render("change_appointment"))
    newest = pending[0]
    if newest.time is None or newest.status == "requested":
        return say(responses.render("appointment_status", reference=newest.reference))
    when = say_when(newest.time, settings.clinic.time_zone)
    return say(responses.render(f"appointment_status_{newest.status}", reference=newest.reference, when=when))


def _question(step: FormAction, settings: Settings, responses: Responses) -> str:
    draft = step.draft
    if step.wording in ("ask_contact", "ask_contact_parent", "ask_phone"):
        return responses.render(step.wording, name=draft.name)
    if step.wording == "guardian_contact":
        return responses.render(step.wording, guardian=draft.guardian)
    if step.wording == "ask_confirm_callback":
        return responses.render(
            step.wording,
            name=draft.name,
            contact=draft.phone,
            notes=", ".join(one for one in (draft.notes, draft.times) if one) or responses.render("any_time"),
            consent=consent_text(settings, responses),
        )
    if step.wording != "ask_confirm":
        return responses.render(step.wording)
    return responses.render(
        "ask_confirm",
        name=_named(draft),
        contact=_contact(draft),
        notes=draft.notes or responses.render("no_notes"),
        times=draft.times or responses.render("no_times"),
        consent=consent_text(settings, responses),
    )


def _contact(draft: Draft) -> str:
    return ", ".join(one for one in (draft.email, draft.phone) if one)


def _named(draft: Draft) -> str:
    """The name; with a parent's, where one was given for a visitor under 18."""
    known = draft.guardian not in ("", UNNAMED, draft.name)
    return f"{draft.name} ({draft.guardian})" if known else draft.name
