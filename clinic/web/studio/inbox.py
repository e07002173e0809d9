"""The inbox's pages: a list that can be narrowed, one item with its decision, and the same decision about many."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.accounts.model import SignedIn
from clinic.conversations.inbox.model import REASONS, VERDICTS, Item, Verdict
from clinic.problem import Problem
from clinic.web.staff.access import Fields, StaffProblem, Trainer, go, services_of
from clinic.web.studio.desk import studio_of, studio_page
from clinic.web.studio.inbox_desk import ORDERS, Narrowed

router = APIRouter(include_in_schema=False)
PAGE = 50
CHOICES = 9
BULK: tuple[Verdict, ...] = ("accepted", "right", "unworthy", "junk", "skipped")


@router.get("/studio/inbox")
def inbox_page(request: Request, user: Trainer) -> Response:
    """What is worth learning from, the most valuable first."""
    wanted, desk = Narrowed.read(request.query_params), studio_of(request).services.inbox
    items = desk.items(wanted)
    start = _number(request.query_params.get("from", ""))
    values: dict[str, object] = {
        "items": items[start : start + PAGE],
        "count": len(items),
        "older": _address("/studio/inbox", wanted, **{"from": str(start + PAGE)}) if len(items) > start + PAGE else "",
        "wanted": wanted,
        "query": _address("", wanted),
        "reasons": REASONS,
        "verdicts": VERDICTS,
        "bulk": BULK,
        "intents": sorted({one.suggestion for one in items if one.suggestion}),
        "orders": [(name, words) for name, (words, _) in ORDERS.items()],
        "trainers": trainers_of(request),
        "assignees": {key: one.assignee for key, one in desk.decisions.all().items() if one.assignee},
        "undo": request.query_params.get("undo", "")[:36],
        "undone": request.query_params.get("undone", "")[:6],
    }
    return studio_page(request, "studio/inbox.html", user, values)


@router.get("/studio/inbox/{key}")
def item_page(request: Request, user: Trainer, key: str) -> Response:
    """One item, with the intents it may be an example of."""
    return _item_page(request, user, key)


@router.post("/studio/inbox/{key}")
def decide(request: Request, user: Trainer, key: str, fields: Fields) -> Response:
    """Keep a decision and go on to the next item of the list."""
    wanted, desk = Narrowed.read(request.query_params), studio_of(request).services.inbox
    item, _ = desk.find(key)
    verdict = fields.get("do", "")
    if item is None:
        raise StaffProblem(404, "This was said by a visitor who has been erased, or it is too old.")
    if verdict not in VERDICTS:
        raise StaffProblem(400, "The form did not say what to do.")
    after = _next_key(desk.items(wanted), key)
    intent = fields.get("other_intent") or fields.get("intent", "")
    if verdict == "second":
        batch = desk.leave_to(item, user.account.name, _assignee(request, fields.get("assignee", "")))
        services_of(request).audit.add(user.account.name, "inbox second", key)
        return go(_address(f"/studio/inbox/{after}" if after else "/studio/inbox", wanted, undo=batch))
    try:
        batch = desk.decide(item, user.account.name, verdict, (intent, fields.get("text", "")))
    except Problem as error:
        return _item_page(request, user, key, problem=str(error), text=fields.get("text", ""), chosen=intent)
    services_of(request).audit.add(user.account.name, f"inbox {verdict}", key)
    place = f"/studio/inbox/{after}" if after else "/studio/inbox"
    return go(_address(place, wanted, undo=batch))


@router.post("/studio/inbox-all")
def decide_all(request: Request, user: Trainer, fields: Fields) -> Response:
    """The same decision about everything the filter finds, or a click taken back."""
    wanted, desk, name = Narrowed.read(request.query_params), studio_of(request).services.inbox, user.account.name
    if batch := fields.get("undo"):
        taken = desk.undo(batch, name)
        services_of(request).audit.add(name, "inbox undone", str(taken))
        return go(_address("/studio/inbox", wanted, undone=str(taken)))
    verdict = fields.get("do", "")
    if verdict not in BULK:
        raise StaffProblem(400, "The form did not say what to do.")
    items = desk.items(wanted)
    if fields.get("count") != str(len(items)):
        raise StaffProblem(409, "The list has changed since you saw it. Go back, look at it again and repeat it.")
    batch = desk.decide_all(items, name, verdict)
    services_of(request).audit.add(name, f"inbox {verdict}", f"{len(items)} together")
    return go(_address("/studio/inbox", wanted, undo=batch))


def _item_page(request: Request, user: SignedIn, key: str, **more: Any) -> Response:
    wanted, studio = Narrowed.read(request.query_params), studio_of(request).services
    item, decision = studio.inbox.find(key)
    if item is None:
        raise StaffProblem(404, "This was said by a visitor who has been erased, or it is too old.")
    known = [name for name, _ in item.guesses if name != item.suggestion]
    choices = [one for one in (item.suggestion, *known) if one][:CHOICES]
    after = _next_key(studio.inbox.items(wanted), key)
    values = {
        "item": item,
        "decision": decision,
        "choices": choices,
        "shares": dict(item.guesses),
        "intents": studio.inbox.drafts.intents(),
        "reasons": REASONS,
        "verdicts": VERDICTS,
        "wanted": wanted,
        "trainers": trainers_of(request),
        "query": _address("", wanted),
        "back": _address("/studio/inbox", wanted),
        "after": _address(f"/studio/inbox/{after}", wanted) if after else "",
        "undo": request.query_params.get("undo", "")[:36],
        "problem": "",
        "text": item.text,
        "chosen": item.suggestion,
        **more,
    }
    return studio_page(request, "studio/inbox_item.html", user, values, 409 if more.get("problem") else 200)


def trainers_of(request: Request) -> list[str]:
    """Everybody who may open the inbox."""
    return [one.name for one in services_of(request).accounts.all() if SignedIn(one).may("trainer")]


def _assignee(request: Request, name: str) -> str:
    if name and name not in trainers_of(request):
        raise StaffProblem(400, f"{name} has no account that may open the inbox.")
    return name


def _next_key(items: list[Item], key: str) -> str:
    """The item after this one in the list; the first where this one is not in it."""
    keys = [one.key for one in items]
    at = keys.index(key) if key in keys else -1
    return keys[at + 1] if at + 1 < len(keys) else ""


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 7 else 0


def _address(path: str, wanted: Narrowed, **more: str) -> str:
    parts = {**wanted.parts(), **{name: value for name, value in more.items() if value}}
    return f"{path}?{urlencode(parts)}" if parts else path
