"""A part of a request put in the place of another: "change shoes to trainers", "could you ring me instead". Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from clinic.appointments.form.turn import FormTurn
from clinic.appointments.model import Draft

_SWAP = re.compile(
    r"\b(?:change|swap|replace|switch|make|turn)\s+(?:the\s+|my\s+)?(?P<old>[\w' -]{2,40}?)"
    r"\s+(?:to|into|with|for|by)\s+(?P<new>[^.?!;]+)",
    re.IGNORECASE,
)
_PLEASE = re.compile(r"[\s,]*\b(?:please|pls|sorry|thanks|thank you|ta|instead)\W*$", re.IGNORECASE)
_RINGS = r"(?:ring|rang|rung|call|called|phone|phoned)"
_RATHER = re.compile(rf"\b(?:rather|prefer|no appointment)\b.*\b{_RINGS} (?:me|us)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never|no one|nobody|(?:do|did|would|wo|ca)n'?t)\b", re.IGNORECASE)
_INSTEAD = re.compile(r"\b(?:instead|rather)\b", re.IGNORECASE)


def as_callback(draft: Draft, heard: FormTurn) -> Draft:
    """The request as one to be rung, where that is wanted in the place of an appointment; otherwise as it is."""
    wishes = heard.rings or heard.is_surely(frozenset({"request_callback"}))
    rings = (wishes and _INSTEAD.search(heard.text)) or rather_rung(heard.text)
    return replace(draft, service="callback") if rings and heard.asked and not draft.service else draft


def rather_rung(text: str) -> bool:
    """Whether it says so in so many words: "no appointment, I'd rather somebody rang me" is no farewell."""
    return bool(_RATHER.search(text)) and not _NOT.search(text)


def with_swap(draft: Draft, text: str) -> Draft | None:
    """The request with the words changed in its times or its notes; None where it does not hold them."""
    match = _SWAP.search(text)
    if match is None:
        return None
    new = _PLEASE.sub("", match["new"]).strip()
    for name in ("times", "notes"):
        held = getattr(draft, name) or ""
        old = re.compile(rf"(?<!\w){re.escape(match['old'])}s?(?!\w)", re.IGNORECASE)
        changed = old.sub(lambda _: new, held, count=1)
        if new and changed != held:
            return replace(draft, times=changed) if name == "times" else replace(draft, notes=changed)
    return None
