"""Lay words: what visitors call things and the articles' words for them, entry by entry."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.accounts.model import SignedIn
from clinic.teaching.change_model import ChangeRefused, Draft
from clinic.teaching.lay_word_lines import LayEntry, add_entry, edit_entry, find_entry, read_entries, take_out_entry
from clinic.web.staff.access import Fields, StaffProblem, Trainer, go
from clinic.web.studio.cures import WORD
from clinic.web.studio.desk import save, studio_of, studio_page

router = APIRouter(include_in_schema=False)
PLACE = "/studio/lay-words"


@router.get(PLACE)
def entries_page(request: Request, user: Trainer) -> Response:
    """Every entry, or those that hold some words."""
    return _show(request, user, {})


@router.post(PLACE)
def add(request: Request, user: Trainer, fields: Fields) -> Response:
    """Add an entry; what was typed stays where it is refused."""
    root = studio_of(request).settings.root

    def build() -> Draft:
        return add_entry(root, fields.get("said", "").splitlines(), fields.get("means", ""))

    try:
        change = save(request, user, build)
    except StaffProblem as error:
        return _show(request, user, {"problem": error.detail, "fields": fields}, error.status)
    return go(f"{PLACE}?done={change}")


@router.get(PLACE + "/{line}")
def entry_page(request: Request, user: Trainer, line: str) -> Response:
    """One entry, to edit or take out."""
    return _entry_page(request, user, _entry(request, line), {})


@router.post(PLACE + "/{line}")
def change(request: Request, user: Trainer, line: str, fields: Fields) -> Response:
    """Edit an entry or take it out."""
    root = studio_of(request).settings.root

    def build() -> Draft:
        found = find_entry(root, line, fields.get("raw", ""))
        if fields.get("do") == "take out":
            return take_out_entry(found)
        return edit_entry(root, found, fields.get("said", "").splitlines(), fields.get("means", ""))

    try:
        made = save(request, user, build)
    except StaffProblem as error:
        told: dict[str, object] = {
            "problem": error.detail,
            "said": fields.get("said", ""),
            "means": fields.get("means", ""),
        }
        return _entry_page(request, user, _entry(request, line), told, error.status)
    return go(f"{PLACE}?done={made}")


def _show(request: Request, user: SignedIn, more: dict[str, object], status: int = 200) -> Response:
    asked = request.query_params.get("q", "").strip()
    wanted = asked.casefold().split()
    try:
        entries = read_entries(studio_of(request).settings.root)
    except ChangeRefused as error:
        raise StaffProblem(409, str(error)) from None
    found = [one for one in entries if all(word in f"{one.said} {one.means}".casefold() for word in wanted)]
    values: dict[str, object] = {"entries": found, "asked": asked, "cost": WORD, "problem": "", "fields": {}}
    values |= {"done": request.query_params.get("done", ""), **more}
    return studio_page(request, "studio/lay_words.html", user, values, status)


def _entry_page(
    request: Request, user: SignedIn, one: LayEntry, more: dict[str, object], status: int = 200
) -> Response:
    values: dict[str, object] = {"one": one, "said": "\n".join(one.said), "means": one.means, "cost": WORD, **more}
    return studio_page(request, "studio/lay_word.html", user, {"problem": "", **values}, status)


def _entry(request: Request, line: str) -> LayEntry:
    try:
        return find_entry(studio_of(request).settings.root, line)
    except ChangeRefused:
        raise StaffProblem(404, "This entry is not there any more: it was edited or taken out.") from None
