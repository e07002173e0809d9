"""The list of conversations: filters that combine, search, exports, and one decision for all that is found."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from clinic.conversations.log_reading_store import PAGE, Filter, Line, cursor
from clinic.conversations.review_store import ReviewError, tidy_tags
from clinic.privacy.masking import mask
from clinic.web.staff.access import NO_STORE, Admin, Fields, Staff, StaffProblem, go, page, services_of
from clinic.web.staff.desk import address, console_of, read_filter

router = APIRouter(include_in_schema=False)
LIST = "/staff/conversations"
VIEWS = {
    "All": Filter(),
    "Not looked at": Filter(state="open"),
    "Red flags": Filter(flag="any"),
    "Not covered": Filter(covered="no"),
    "Did not help": Filter(feedback="down"),
    "Skipped": Filter(state="skipped"),
}
KINDS = ("answer", "not_covered", "urgent", "offer", "say", "error")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@router.get(LIST)
def list_page(request: Request, user: Staff) -> Response:
    """One page of the list, the newest first."""
    console, wanted = console_of(request), read_filter(request)
    lines = console.log.page(wanted)
    views = {**VIEWS, "Mine": Filter(assignee=user.account.name)}
    values = {
        "lines": lines,
        "wanted": wanted,
        "views": {name: (address(LIST, one), one == wanted) for name, one in views.items()},
        "count": console.log.count(Filter.read({**wanted.parts(), "before": ""})),
        "excerpts": console.search.excerpts(wanted.q, [one.id for one in lines]) if wanted.q else {},
        "older": address(LIST, wanted, before=cursor(lines[-1])) if len(lines) == PAGE else "",
        "query": address("", Filter.read({**wanted.parts(), "before": ""})),
        "kinds": KINDS,
    }
    return page(request, "staff/conversations.html", user, values)


@router.post("/staff/bulk")
def decide_all(request: Request, user: Staff, fields: Fields) -> Response:
    """One decision for everything that the filter finds, not for the visible page alone."""
    console, wanted = console_of(request), read_filter(request)
    decisions: dict[str, dict[str, object]] = {
        "reviewed": {"state": "reviewed"},
        "skip": {"state": "skipped"},
        "open": {"state": "open"},
        "mine": {"assignee": user.account.name},
        "tag": {"tags": tidy_tags(fields.get("tags", ""))},
    }
    decision = decisions.get(fields.get("do", ""))
    if decision is None:
        raise StaffProblem(400, "The form did not say what to do.")
    ids = [one.id for one in console.log.every(wanted)]
    try:
        changed = console.reviews.change_all(ids, user.account.name, decision)
    except ReviewError as error:
        raise StaffProblem(409, str(error)) from None
    services_of(request).audit.add(user.account.name, "many decided", f"{fields['do']}: {changed}")
    return go(address(LIST, wanted))


@router.get("/staff/export/{kind}")
def export(request: Request, user: Admin, kind: str) -> Response:
    """The filtered list as `csv` or `jsonl`, words masked; each export is noted in the audit log."""
    if kind not in ("csv", "jsonl"):
        raise StaffProblem(404, "Lists can be had as csv or as jsonl.")
    wanted = read_filter(request)
    services_of(request).audit.add(user.account.name, "list exported", kind)
    lines = console_of(request).log.every(wanted)
    headers = {**NO_STORE, "content-disposition": f'attachment; filename="conversations.{kind}"'}
    written = as_csv(lines) if kind == "csv" else (json.dumps(as_json(one)) + "\n" for one in lines)
    media = "text/csv; charset=utf-8" if kind == "csv" else "application/jsonl"
    return StreamingResponse(written, media_type=media, headers=headers)


def as_json(line: Line) -> dict[str, object]:
    """A line of the list for other systems; contact details in its words are masked."""
    moments = {"started": line.started.isoformat(), "last": line.last.isoformat()}
    return {**asdict(line), **moments, "first_words": mask(line.first_words).text}


def as_csv(lines: Iterable[Line]) -> Iterator[str]:
    """Rows for a spreadsheet, in which nothing a visitor wrote is taken for a formula."""
    head = True
    for line in lines:
        out = io.StringIO()
        row = {
            name: _plain("|".join(value) if isinstance(value, tuple) else str(value))
            for name, value in as_json(line).items()
        }
        writer = csv.DictWriter(out, list(row))
        if head:
            out.write("\ufeff")  # by which Excel knows the letters
            writer.writeheader()
            head = False
        writer.writerow(row)
        yield out.getvalue()


def _plain(words: str) -> str:
    return f"'{words}" if words.startswith(FORMULAS) else words
