"""The mails about a request, in the words of `data/mails.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from clinic.appointments.mail.ics import Host, calendar_of
from clinic.appointments.model import By, Draft, MailMessage, Request
from clinic.problem import Problem

_FACTS_WORDS = "clinic_name clinician phone email service_name price"
FACTS = frozenset(_FACTS_WORDS.split())
FIELDS = FACTS | frozenset(["name", "reference", "when", "link", "reason"])
_KINDS_WORDS = """
requested_visitor requested_clinic accepted_visitor accepted_clinic declined_visitor
suggested_visitor cancelled_visitor cancelled_clinic again_clinic erased_clinic
changed_visitor changed_clinic callback_clinic
"""
KINDS = _KINDS_WORDS.split()


class MailTextError(Problem):
    """A mail's text that cannot be used; the message names it and says what to mend."""


@dataclass(frozen=True, slots=True)
class MailTexts:
    """Subject and text of every mail, by name."""

    texts: Mapping[str, tuple[str, str]]

    @classmethod
    def load(cls, path: Path) -> MailTexts:
        """Read `path`; raises MailTextError for a missing mail or a bracket that nothing fills."""
        try:
            written = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        except (OSError, YAMLError) as error:
            raise MailTextError(f"{path.name} cannot be read: {error}") from error
        texts: dict[str, tuple[str, str]] = {}
        for kind in KINDS:
            mail = (written or {}).get(kind)
            if not isinstance(mail, dict) or not mail.get("subject") or not mail.get("text"):
                raise MailTextError(f"{path.name}: {kind} needs a subject and a text.")
            allowed = FIELDS | {"details", "console"} if kind.endswith("_clinic") else FIELDS
            for part in (mail["subject"], mail["text"]):
                if unknown := {field for _, field, _, _ in Formatter().parse(part) if field} - allowed:
                    raise MailTextError(f"{path.name}: {{{min(unknown)}}} may not be used in {kind}.")
            texts[kind] = (mail["subject"], mail["text"])
        return cls(texts)


@dataclass(frozen=True, slots=True)
class MailComposer:
    """Writes the mails of a clinic. `site` is the public address the visitor's link begins with."""

    texts: MailTexts
    facts: Mapping[str, object]
    host: Host
    site: str

    def letters(self, request: Request, token: str, by: By) -> list[MailMessage]:
        """The mails that go with the status a request just got."""
        status = request.status
        if status == "done":
            return []
        if request.draft.service == "callback" and status == "requested":
            return [self._letter("callback_clinic", request, token)]
        found: list[MailMessage] = []
        if status == "requested" and request.revision:
            return [self._letter("again_clinic", request, token)]
        if request.draft.email:
            found.append(self._letter(f"{status}_visitor", request, token))
        if status == "requested" or (by == "visitor" and status in ("accepted", "cancelled")):
            found.append(self._letter(f"{status}_clinic", request, token))
        return found

    def changed(self, request: Request, token: str, what: str, before: Draft) -> list[MailMessage]:
        """The mails about corrected details: to the clinic always, to the visitor's address where there is one."""
        told = replace(request, reason=f"Changed: {what}.")
        found = [self._letter("changed_clinic", told, token)]
        if request.draft.email and request.draft.email != before.email:
            found.append(self._letter("changed_visitor", told, token))
        return found

    def erased(self, request: Request) -> MailMessage:
        """Tells the clinic that a request is gone; nothing of the visitor is in it."""
        return self._letter("erased_clinic", request, "")

    def _letter(self, kind: str, request: Request, token: str) -> MailMessage:
        subject, text = self.texts.texts[kind]
        to_clinic = kind.endswith("_clinic")
        values = {
            **self.facts,
            "name": request.draft.name,
            "reference": request.reference,
            "when": say_when(request.time, self.host.time_zone),
            "link": f"{self.site}/appointments/{token}",
            "reason": request.reason,
            "console": f"{self.site}/staff/appointments/{request.reference}",
            "details": details_text(request) if to_clinic else "",
        }
        calendar = ""
        if request.status in ("accepted", "cancelled", "declined") and not kind.startswith(("erased", "changed")):
            calendar = calendar_of(request, self.host)
        method = "" if not calendar else "REQUEST" if request.status == "accepted" else "CANCEL"
        to = str(self.facts["email"]) if to_clinic else request.draft.email
        line = " ".join(subject.format_map(values).split())
        return MailMessage(to, line, text.format_map(values).strip() + "\n", calendar, method)


def say_when(time: datetime | None, zone: str) -> str:
    """A moment as people say it: `Tuesday 1 December 2026 at 17:30`; empty without one."""
    if time is None:
        return ""
    local = time.astimezone(ZoneInfo(zone))
    return f"{local:%A} {local.day} {local:%B %Y} at {local:%H:%M}"


def details_text(request: Request) -> str:
    """Everything the clinic needs to act on a request, one a line."""
    draft = request.draft
    minor = {"self": "is under 18", "child": "asks for somebody under 18"}.get(draft.minor, "")
    guardian = f"{draft.guardian or 'parent or guardian'}, whose contact this is" if draft.minor == "self" else ""
    lines = {
        "Reference": request.reference,
        "For": "a call back" if draft.service == "callback" else "",
        "Status": request.status,
        "Name": draft.name,
        "Under 18": ": ".join(part for part in (minor, guardian) if part),
        "Email": draft.email,
        "Phone": draft.phone,
        "About": draft.notes or "",
        "Times": draft.times,
        "Agreed to": f"version {request.consent.version}, {request.consent.at:%Y-%m-%d %H:%M} UTC",
    }
    return "\n".join(f"{name}: {value}" for name, value in lines.items() if value)
