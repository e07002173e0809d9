"""One conversation: as the visitor saw it, what it was taken for, and what staff decide about it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.accounts.model import SignedIn
from clinic.conversations.log_filter import Filter
from clinic.conversations.log_model import Line
from clinic.conversations.mention_store import named_in
from clinic.conversations.review_model import OUTCOMES, REASONS, ReviewError, tidy_tags
from clinic.conversations.turn_review_store import LONGEST_ANSWER
from clinic.web.staff.access import Fields, Staff, StaffProblem, go, page, services_of
from clinic.web.staff.desk import address, console_of, found_line, intents_of, read_filter
from clinic.web.templating import show_short

router = APIRouter(include_in_schema=False)
TURNS = 100
LONGEST_NOTE = 4000
KINDS = ("answer", "answer offer", "not_covered", "urgent", "say", "ask", "offer")


def place_of(line: Line, wanted: Filter) -> str:
    """The address of a conversation within a filtered list."""
    return address(f"/staff/conversations/{show_short(line.id)}", wanted)


@router.get("/staff/conversations/{reference}")
def conversation_page(request: Request, user: Staff, reference: str) -> Response:
    """Words are masked; whoever may see red flags unmasked does, and it is noted."""
    line = found_line(request, reference)
    shown = bool(line.red_flag) and user.may("clinician")
    return show_conversation(request, user, line, shown=shown)


@router.post("/staff/conversations/{reference}/show")
def show(request: Request, user: Staff, reference: str) -> Response:
    """The same page with contact details in clear, noted in the audit log."""
    return show_conversation(request, user, found_line(request, reference), shown=True)


@router.post("/staff/conversations/{reference}/review")
def decide(request: Request, user: Staff, reference: str, fields: Fields) -> Response:
    """Keep a decision; right and skip lead to the next conversation of the list."""
    console, line, wanted = console_of(request), found_line(request, reference), read_filter(request, user)
    _, after = console.log.neighbours(wanted, line)
    try:
        if fields.get("do") == "undo":
            console.reviews.undo(line.id, user.account.name)
        else:
            kept = console.reviews.change(line.id, user.account.name, _revision(fields), _decision(fields))
            names = [one.name for one in services_of(request).accounts.all()] if "@" in kept.note else []
            console.mentions.add(line.id, user.account.name, named_in(kept.note, names))
    except ReviewError as error:
        return show_conversation(request, user, line, problem=str(error), status=409, note=fields.get("note", ""))
    services_of(request).audit.add(user.account.name, "decided", f"{show_short(line.id)} {fields.get('do', '')[:10]}")
    onward = after if after and fields.get("do") in ("right", "skip") else line
    return go(place_of(onward, wanted))


def _revision(fields: dict[str, str]) -> int:
    written = fields.get("revision", "")
    if not written.isascii() or not written.isdigit() or len(written) > 9:
        raise StaffProblem(400, "The form did not say what it was made from.")
    return int(written)


def _decision(fields: dict[str, str]) -> dict[str, Any]:
    wanted: dict[str, Any] = {name: fields[name] for name in ("reason", "outcome") if name in fields}
    wanted |= {name: fields[name][:60] for name in ("assignee", "right_intent") if name in fields}
    if "right_answer" in fields:
        wanted["right_answer"] = fields["right_answer"][:LONGEST_ANSWER]
    if "note" in fields:
        wanted["note"] = fields["note"][:LONGEST_NOTE]
    if "tags" in fields:
        wanted["tags"] = tidy_tags(fields["tags"])
    action = fields.get("do", "save")
    if action in ("right", "wrong"):
        wanted |= {"verdict": action, "state": "reviewed"}
    elif action == "skip":
        wanted["state"] = "skipped"
    elif action == "flag":
        wanted["flagged"] = fields.get("flagged") != "yes"
    elif action == "open":
        wanted["state"] = "open"
    return wanted


def show_conversation(request: Request, user: SignedIn, line: Line, **more: Any) -> Response:
    """The page of one conversation; whoever opens it has read it."""
    console, wanted, name = console_of(request), read_filter(request, user), user.account.name
    before, after = console.log.neighbours(wanted, line)
    begin = request.query_params.get("turn", "0")
    start = int(begin) if begin.isascii() and begin.isdigit() and len(begin) < 7 else 0
    if more.get("shown"):
        services_of(request).audit.add(name, "details shown", show_short(line.id))
    console.unread.mark(name, line.id, line.turns)
    console.mentions.see(name, line.id)
    values = {
        "line": line,
        "turns": console.log.turns(line.id, start - 1, TURNS),
        "decided": console.turns.of(line.id),
        "stories": console.stories.of(line.id),
        "intents": intents_of(request),
        "expected": KINDS,
        "start": start,
        "step": TURNS,
        "review": console.reviews.find(line.id),
        "history": console.reviews.history(line.id),
        "others": console.reviews.look(line.id, name),
        "requests": console.appointments.requests.of_conversation(line.id),
        "people": [one.name for one in services_of(request).accounts.all()],
        "before": place_of(before, wanted) if before else "",
        "after": place_of(after, wanted) if after else "",
        "back": address("/staff/conversations", wanted),
        "query": address("", wanted),
        "reasons": REASONS,
        "outcomes": OUTCOMES,
        "shown": False,
        "problem": "",
        "note": None,
        **more,
    }
    return page(request, "staff/conversation.html", user, values, more.get("status", 200))
