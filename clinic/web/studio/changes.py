"""What was changed in `data/`, line by line, and undoing it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.teaching.card_lines import moves_a_place
from clinic.teaching.change_model import ChangeRefused
from clinic.web.staff.access import Fields, StaffProblem, Trainer, go, services_of
from clinic.web.studio.desk import studio_of, studio_page

router = APIRouter(include_in_schema=False)


@router.get("/studio/changes")
def changes_page(request: Request, user: Trainer) -> Response:
    """Everything no published model has learned yet, as lines that went and lines that came."""
    changes = studio_of(request).workspace.changes
    undone = [one for one in changes.newest(30) if one.undone_by]
    values: dict[str, object] = {"changes": changes.open(), "undone": undone}
    return studio_page(request, "studio/changes.html", user, values)


@router.post("/studio/changes/{change_id}/undo")
def undo(request: Request, user: Trainer, fields: Fields, change_id: str) -> Response:
    """Take one change back; where a card sends visitors is taken back by whoever may decide it."""
    workspace = studio_of(request).workspace
    found = workspace.changes.find(change_id)
    if found and moves_a_place(found) and not user.may("clinician"):
        raise StaffProblem(403, "Only a clinician, or an admin, decides where a card sends visitors.")
    try:
        workspace.undo(change_id, user.account.name)
    except ChangeRefused as error:
        raise StaffProblem(409, str(error)) from None
    services_of(request).audit.add(user.account.name, "change undone", change_id)
    place = fields.get("back", "")
    return go(place if place.startswith("/studio") else "/studio/changes")
