"""A new intent with its name, note, rule and first utterances; another name for one; one taken away."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.accounts.model import SignedIn
from clinic.teaching.change_model import Draft
from clinic.teaching.intent_names import DOES, NewIntent, begin_intent
from clinic.teaching.intent_places import rename_intent, take_away_intent
from clinic.web.staff.access import Fields, StaffProblem, Trainer, go
from clinic.web.studio.desk import save, studio_of, studio_page
from clinic.web.studio.teaching import refuse_details
from clinic.web.studio.utterances import back_to

router = APIRouter(include_in_schema=False)


@router.get("/studio/new-intent")
def new_page(request: Request, user: Trainer) -> Response:
    """Where an intent is begun."""
    return _new_page(request, user, {}, None)


@router.post("/studio/new-intent")
def begin(request: Request, user: Trainer, fields: Fields) -> Response:
    """Begin an intent as one change over several files; what was typed stays where it is refused."""
    studio = studio_of(request)
    lines = tuple(one for one in fields.get("lines", "").splitlines() if one.strip())
    told = (fields.get("name", ""), fields.get("note", ""), fields.get("does", ""))
    new = NewIntent(*told, lines, fields.get("says", ""))

    def build() -> Draft:
        for one in (*lines, new.says):
            refuse_details(one)
        return begin_intent(studio.settings.root, studio.index.snapshot(), new)

    try:
        change = save(request, user, build)
    except StaffProblem as error:
        return _new_page(request, user, fields, error)
    return go(back_to(new.name, change))


@router.post("/studio/intents/{intent}")
def change(request: Request, user: Trainer, intent: str, fields: Fields) -> Response:
    """Give an intent another name, or take it away; refused with the places where it is in use."""
    studio, action = studio_of(request), fields.get("do", "")

    def build() -> Draft:
        root, snapshot = studio.settings.root, studio.index.snapshot()
        if action == "rename":
            return rename_intent(root, snapshot, intent, fields.get("name", ""))
        return take_away_intent(root, snapshot, intent, fields.get("to", ""))

    if action not in ("rename", "take away"):
        raise StaffProblem(400, "The form did not say what to do.")
    made = save(request, user, build)
    return go(back_to(fields["name"], made) if action == "rename" else f"/studio/changes#{made}")


def _new_page(request: Request, user: SignedIn, fields: dict[str, str], problem: StaffProblem | None) -> Response:
    values: dict[str, object] = {"does": DOES, "fields": fields, "problem": problem.detail if problem else ""}
    return studio_page(request, "studio/new_intent.html", user, values, problem.status if problem else 200)
