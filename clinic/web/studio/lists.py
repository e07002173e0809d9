"""The lists beside the utterances: synonyms, lookups, red-flag examples, questions, names; each page does the same."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.accounts.model import SignedIn
from clinic.teaching.card_lines import read_cards
from clinic.teaching.change_model import ChangeRefused, Draft
from clinic.teaching.cures import FLAGS
from clinic.teaching.lay_word_lines import read_entries
from clinic.teaching.list_files import lines_of
from clinic.teaching.list_kinds import KINDS, ListKind
from clinic.teaching.response_lines import read_texts
from clinic.teaching.taught_list import TaughtLine, TaughtList, add_line
from clinic.teaching.utterances import tidy
from clinic.web.staff.access import Fields, StaffProblem, Trainer, go
from clinic.web.studio.cures import LEARNED
from clinic.web.studio.desk import save, studio_of, studio_page
from clinic.web.studio.teaching import refuse_details
from clinic.web.studio.utterances import PAGE, page_start

router = APIRouter(include_in_schema=False)
PLACE = "/studio/lists"


@router.get(PLACE)
def lists_page(request: Request, user: Trainer) -> Response:
    """Every kind of list, with how much stands in it."""
    root = studio_of(request).settings.root
    counted = []
    try:
        for kind in KINDS.values():
            lists = kind.read(root)
            counted.append((kind, len(lists), sum(len(one.lines) for one in lists)))
        values: dict[str, object] = {"counted": counted, "lay": len(read_entries(root)), "texts": len(read_texts(root))}
        values["cards"] = len(read_cards(lines_of(root, FLAGS)))
    except ChangeRefused as error:
        raise StaffProblem(409, str(error)) from None
    return studio_page(request, "studio/lists.html", user, values)


@router.get(PLACE + "/{name}")
def list_page(request: Request, user: Trainer, name: str) -> Response:
    """The lines of one kind, those of one list or those that hold some words."""
    return _show(request, user, kind_of(name), {})


@router.post(PLACE + "/{name}")
def add(request: Request, user: Trainer, name: str, fields: Fields) -> Response:
    """Add a line to a list, or begin a list with it; what was typed stays where it is refused."""
    studio, kind = studio_of(request), kind_of(name)
    wanted = fields.get("new") or fields.get("list", "")

    def build() -> Draft:
        return _added(studio.settings.root, kind, wanted, fields.get("text", ""))

    try:
        change = save(request, user, build)
    except StaffProblem as error:
        return _show(request, user, kind, {"problem": error.detail, "fields": fields}, error.status)
    return go(address_of(kind, {"list": wanted, "done": change}))


def _added(root: Path, kind: ListKind, wanted: str, written: str) -> Draft:
    text = tidy(written)
    refuse_details(text)
    if not wanted:
        raise ChangeRefused("Choose the list that this line belongs to.")
    if found := kind.list_named(root, wanted):
        return add_line(found, text, kind.in_the_way(root, found.path))
    if kind.begin is None:
        raise ChangeRefused(f"There is no list called {wanted}: choose one that is there.")
    return kind.begin(root, wanted, text)


def _show(request: Request, user: SignedIn, kind: ListKind, more: dict[str, object], status: int = 200) -> Response:
    asked, chosen = request.query_params.get("q", "").strip(), request.query_params.get("list", "")
    try:
        lists = kind.read(studio_of(request).settings.root)
    except ChangeRefused as error:
        raise StaffProblem(409, str(error)) from None
    found = list(_narrowed(lists, asked, chosen))
    start = page_start(request.query_params.get("from", ""), len(found))
    values: dict[str, object] = {
        "kind": kind,
        "lists": lists,
        "asked": asked,
        "chosen": chosen,
        "found": found[start : start + PAGE],
        "count": len(found),
        "start": start,
        "step": PAGE,
        "cost": LEARNED[kind.learned],
        "done": request.query_params.get("done", ""),
        "here": address_of(kind, {"list": chosen, "q": asked}),
        "problem": "",
        "fields": {},
        **more,
    }
    return studio_page(request, "studio/list.html", user, values, status)


def _narrowed(lists: list[TaughtList], asked: str, chosen: str) -> list[tuple[TaughtList, TaughtLine]]:
    """The newest lines of each list first; every word asked for stands in the line or in its list's name."""
    wanted = asked.casefold().split()
    return [
        (of, line)
        for of in lists
        if not chosen or of.name == chosen
        for line in reversed(of.lines)
        if all(word in f"{line.text} {of.name}".casefold() for word in wanted)
    ]


def kind_of(name: str) -> ListKind:
    """The kind of that name, or a page that says there is none."""
    if name not in KINDS:
        raise StaffProblem(404, "There is no such list.")
    return KINDS[name]


def address_of(kind: ListKind, parts: dict[str, str]) -> str:
    """The page of a kind, narrowed."""
    given = {name: value for name, value in parts.items() if value}
    return f"{PLACE}/{quote(kind.name)}" + (f"?{urlencode(given)}" if given else "")
