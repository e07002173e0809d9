"""The lists as JSON, for other systems of the clinic; see docs/staff.md."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from clinic.accounts.model import SignedIn
from clinic.conversations.log_filter import BadFilter, Filter
from clinic.conversations.log_reading_store import PAGE, cursor
from clinic.privacy.masking import mask
from clinic.web.errors import HttpProblem
from clinic.web.staff.access import require
from clinic.web.staff.desk import console_of
from clinic.web.staff.exports import as_json

router = APIRouter(include_in_schema=False)
Reader = Annotated[SignedIn, Depends(require("staff", api=True))]


@router.get("/api/staff/conversations")
def list_conversations(request: Request, user: Reader) -> dict[str, Any]:
    """A page of the list; the filters are those of the console's address. `next` goes on, or is empty."""
    try:
        lines = console_of(request).log.page(Filter.read(dict(request.query_params), user.account.name))
    except BadFilter as error:
        raise HttpProblem(400, str(error)) from None
    return {"conversations": [as_json(one) for one in lines], "next": cursor(lines[-1]) if len(lines) == PAGE else ""}


@router.get("/api/staff/conversations/{reference}")
def one_conversation(request: Request, user: Reader, reference: str, after: int = -1) -> dict[str, Any]:
    """One conversation with up to 100 turns beyond place `after`, contact details masked."""
    log = console_of(request).log
    whole = log.find(reference)
    line = log.line(whole) if whole else None
    if line is None:
        raise HttpProblem(404, "There is no such conversation.")
    turns = [asdict(one) for one in log.turns(line.id, max(-1, min(after, 10**6)))]
    for turn in turns:
        turn["at"] = turn["at"].isoformat()
    return {**as_json(line), "turns": _masked(turns)}


def _masked(value: Any) -> Any:
    """The same with contact details hidden in every text."""
    if isinstance(value, str):
        return mask(value).text
    if isinstance(value, dict):
        return {key: _masked(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(one) for one in value]
    return value
