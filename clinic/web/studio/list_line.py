"""One line of a list, to edit or take out."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.accounts.model import SignedIn
from clinic.teaching.change_model import Draft
from clinic.teaching.list_kinds import ListKind
from clinic.teaching.taught_list import TaughtLine, TaughtList, edit_line, find_line, take_out_line
from clinic.teaching.utterances import tidy
from clinic.web.staff.access import Fields, StaffProblem, Trainer, go
from clinic.web.studio.cures import LEARNED
from clinic.web.studio.desk import save, studio_of, studio_page
from clinic.web.studio.lists import PLACE, address_of, kind_of
from clinic.web.studio.teaching import refuse_details

router = APIRouter(include_in_schema=False)
Standing = tuple[TaughtList, TaughtLine]


@router.get(PLACE + "/{name}/line")
def line_page(request: Request, user: Trainer, name: str) -> Response:
    """One line."""
    kind = kind_of(name)
    return _line_page(request, user, (kind, _line(request, kind, request.query_params.get("at", ""))))


@router.post(PLACE + "/{name}/line")
def change_line(request: Request, user: Trainer, name: str, fields: Fields) -> Response:
    """Edit a line or take it out; what was typed stays where it is refused."""
    root, kind, pick = studio_of(request).settings.root, kind_of(name), (fields.get("at", ""), fields.get("raw", ""))

    def build() -> Draft:
        of, found = find_line(kind.read(root), *pick)
        if fields.get("do") == "take out":
            return take_out_line(of, found)
        text = tidy(fields.get("text", ""))
        refuse_details(text)
        return edit_line(of, found, text, kind.in_the_way(root, of.path))

    try:
        change = save(request, user, build)
    except StaffProblem as error:
        if (standing := _find(request, kind, pick[0])) is None:
            raise
        return _line_page(request, user, (kind, standing), error, fields.get("text", ""))
    return go(address_of(kind, {"list": fields.get("list", ""), "done": change}))


def _line_page(
    request: Request,
    user: SignedIn,
    told: tuple[ListKind, Standing],
    problem: StaffProblem | None = None,
    typed: str = "",
) -> Response:
    kind, (of, one) = told
    values: dict[str, object] = {"kind": kind, "of": of, "one": one, "text": typed or one.text}
    values |= {"cost": LEARNED[kind.learned], "back": address_of(kind, {"list": of.name})}
    values["problem"] = problem.detail if problem else ""
    return studio_page(request, "studio/list_line.html", user, values, problem.status if problem else 200)


def _line(request: Request, kind: ListKind, key: str) -> Standing:
    if (found := _find(request, kind, key)) is None:
        raise StaffProblem(404, "This line is not there any more: it was edited or taken out.")
    return found


def _find(request: Request, kind: ListKind, key: str) -> Standing | None:
    path, _, line = key.rpartition(":")
    return kind.line_at(studio_of(request).settings.root, path, int(line)) if line.isdecimal() else None
