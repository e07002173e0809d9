"""The replies of the appointment request, in the contract's shape."""

from __future__ import annotations

from collections.abc import Sequence

from clinic.appointments.form.flow import FormAction
from clinic.appointments.mail.messages import say_when
from clinic.appointments.model import Draft, Request
from clinic.dialogue.reply import Button, Reply, say
from clinic.dialogue.responses import Responses
from clinic.settings import Settings

YES = Button("Yes, send it", say="Yes, send it")
NO = Button("No, don't send it", say="No, don't send it")
SKIP = Button("Skip", say="skip")
STOP = Button("Stop", say="Stop")


def ask_reply(step: FormAction, settings: Settings, responses: Responses, *, resumed: bool = False) -> Reply:
    """The question a step asks; after an interruption it says that the request goes on."""
    text = _question(step, settings, responses)
    if resumed:
        text = f"{responses.render('form_resumed')} {text}"
    buttons = {"notes": (SKIP, STOP), "confirm": (YES, NO)}.get(step.asked, (STOP,))
    return Reply("ask", text, buttons=buttons, extra={"slot": step.asked})


def consent_text(settings: Settings, responses: Responses) -> str:
    """What the visitor agrees to with the one yes."""
    return responses.render("consent", consent_version=settings.privacy.consent_version)


def appointment_reply(request: Request, responses: Responses) -> Reply:
    """A request was stored or withdrawn."""
    cancelled = request.status == "cancelled"
    text = responses.render(
        "appointment_cancelled" if cancelled else "appointment_requested", reference=request.reference
    )
    draft = request.draft
    told = {
        "reference": request.reference,
        "status": "cancelled" if cancelled else "requested",
        "name": draft.name,
        "email": draft.email,
        "phone": draft.phone,
        "notes": draft.notes or "",
    }
    return Reply("appointment", text, extra={"appointment": told})


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
    if step.wording == "ask_contact":
        return responses.render("ask_contact", name=draft.name)
    if step.wording != "ask_confirm":
        return responses.render(step.wording)
    return responses.render(
        "ask_confirm",
        name=_named(draft),
        contact=", ".join(one for one in (draft.email, draft.phone) if one),
        notes=draft.notes or responses.render("no_notes"),
        times=draft.times or responses.render("no_times"),
        consent=consent_text(settings, responses),
    )


def _named(draft: Draft) -> str:
    """The name; with a parent's, where one was given for a visitor under 18."""
    return f"{draft.name} ({draft.guardian})" if draft.guardian not in ("", "parent") else draft.name
