"""The list of conversations: filters that combine, search, saved views, and one decision for all that is found."""

from __future__ import annotations

from datetime import datetime
from time import monotonic
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.accounts.model import SignedIn
from clinic.conversations.log_filter import Filter
from clinic.conversations.log_reading_store import PAGE, cursor
from clinic.conversations.review_model import ReviewError, tidy_tags
from clinic.conversations.view_store import ViewError
from clinic.web.staff.access import Fields, Staff, StaffProblem, go, page, services_of
from clinic.web.staff.desk import Console, address, console_of, intents_of, read_filter

router = APIRouter(include_in_schema=False)
LIST = "/staff/conversations"
VIEWS = {
    "All": Filter(),
    "Not looked at": Filter(state="open"),
    "Red flags": Filter(flag="any"),
    "Not covered": Filter(covered="no"),
    "Did not help": Filter(feedback="down"),
    "Flagged": Filter(marked="yes"),
    "Skipped": Filter(state="skipped"),
}
KINDS = ("answer", "not_covered", "urgent", "offer", "ask", "appointment", "say", "error")
MOST_SHOWN = 999
FRESH = 30.0
"""For how many seconds the counts beside views are kept."""


@router.get(LIST)
def list_page(request: Request, user: Staff) -> Response:
    """One page of the list, the newest first; `part=list` gives what a page that stays open asks again for."""
    console, wanted = console_of(request), read_filter(request, user)
    console.unread.begin(user.account.name)
    lines = console.log.page(wanted)
    whole = len(lines) < PAGE and not wanted.before
    parts = {name: value for name, value in wanted.parts().items() if name != "before"}
    values = {
        "lines": lines,
        "wanted": wanted,
        "new": console.unread.among(user.account.name, [(one.id, one.turns, one.last) for one in lines]),
        "count": len(lines) if whole else console.log.count(wanted.but(before="")),
        "excerpts": console.search.excerpts(wanted.q, [one.number for one in lines]) if wanted.q else {},
        "older": address(LIST, wanted, before=cursor(lines[-1])) if len(lines) == PAGE else "",
        "query": address("", wanted.but(before="")),
    }
    if request.query_params.get("part") == "list":
        return page(request, "staff/list.html", user, values)
    values |= {
        "views": _views(request, console, user, parts),
        "kinds": KINDS,
        "intents": intents_of(request),
        "undo": request.query_params.get("undo", "")[:16],
        "changed": request.query_params.get("changed", "")[:6],
        "problem": request.query_params.get("problem", "")[:200],
    }
    return page(request, "staff/conversations.html", user, values)


@router.post("/staff/bulk")
def decide_all(request: Request, user: Staff, fields: Fields) -> Response:
    """One decision for everything that the filter finds, not for the visible page alone; or the last one back."""
    console, wanted, name = console_of(request), read_filter(request, user), user.account.name
    if fields.get("do") == "undo":
        undone = console.reviews.undo_all(fields.get("batch", ""), name)
        services_of(request).audit.add(name, "many taken back", str(undone))
        return go(address(LIST, wanted))
    decisions: dict[str, dict[str, object]] = {
        "reviewed": {"state": "reviewed"},
        "skip": {"state": "skipped"},
        "open": {"state": "open"},
        "mine": {"assignee": name},
        "tag": {},
    }
    decision, tags = decisions.get(fields.get("do", "")), tidy_tags(fields.get("tags", ""))
    if decision is None or (not decision and not tags):
        raise StaffProblem(400, "The form did not say what to do.")
    ids = [one.id for one in console.log.every(wanted)]
    try:
        batch = console.reviews.change_all(ids, name, decision, tags if fields["do"] == "tag" else "")
    except ReviewError as error:
        raise StaffProblem(409, str(error)) from None
    services_of(request).audit.add(name, "many decided", f"{fields['do']}: {batch.changed}")
    return go(address(LIST, wanted, undo=batch.name, changed=str(batch.changed)))


@router.post("/staff/views")
def change_views(request: Request, user: Staff, fields: Fields) -> Response:
    """Save the filter in the address under a name, or remove a view."""
    console, wanted = console_of(request), read_filter(request, user)
    number = fields.get("remove", "")
    if number:
        console.views.remove(int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0)
        return go(address(LIST, wanted))
    try:
        console.views.add(user.account.name, fields.get("name", ""), wanted)
    except ViewError as error:
        return go(address(LIST, wanted, problem=str(error)))
    return go(address(LIST, wanted))


def _views(
    request: Request, console: Console, user: SignedIn, here: dict[str, str]
) -> list[tuple[str, str, bool, str, int]]:
    """Name, address, whether it is the one shown, count, and the number of a saved view or 0."""
    name = user.account.name
    today = f"{datetime.now(ZoneInfo(request.app.state.settings.clinic.time_zone)):%Y-%m-%d}"
    own = {"Unread": Filter(unread="me", reader=name), "Mine": Filter(assignee=name)}
    built_in = {**VIEWS, **own, "Today’s sample": Filter(sample=today)}
    saved = [(one.name, one.wanted.but(), one.number) for one in console.views.all()]
    found = [(title, wanted, 0) for title, wanted in built_in.items()] + saved
    return [
        (title, address(LIST, wanted), wanted.parts() == here, _count(request, console, wanted, name), number)
        for title, wanted, number in found
    ]


def _count(request: Request, console: Console, wanted: Filter, who: str) -> str:
    """How many, as a word; counted again after FRESH seconds."""
    kept: dict[tuple[str, Filter], tuple[float, str]] = request.app.state.view_counts
    key = (who if wanted.unread else "", wanted)
    known = kept.get(key)
    if known and monotonic() - known[0] < FRESH:
        return known[1]
    count = console.log.count(Filter.read(wanted.parts(), who), MOST_SHOWN + 1)
    word = str(count) if count <= MOST_SHOWN else f"{MOST_SHOWN}+"
    if len(kept) > 500:
        kept.clear()
    kept[key] = (monotonic(), word)
    return word
