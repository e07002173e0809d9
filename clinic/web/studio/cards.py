"""The red-flag cards' own words: edited by trainers, sent elsewhere and signed by clinicians, read as visitors do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.accounts.model import SignedIn
from clinic.safety.flags import FlagsError, load_cards, parse_flags
from clinic.safety.model import DESTINATIONS, RedFlag
from clinic.teaching.card_lines import LONGEST, CardLines, edit_card, read_cards, sign_card
from clinic.teaching.change_model import ChangeRefused, Draft
from clinic.teaching.cures import FLAGS
from clinic.teaching.hunks import apply_hunks
from clinic.teaching.list_files import lines_of
from clinic.web.staff.access import Clinician, Fields, StaffProblem, Trainer, go
from clinic.web.studio.desk import save, studio_of, studio_page
from language.red_flag_file import without_lists

router = APIRouter(include_in_schema=False)
PLACE = "/studio/cards"
LABELS = {
    "title": "Title, for staff",
    "message": "What to do, after the place",
    "meaning": "What public guidance says it can be",
    "waiting": "What to do while waiting",
    "avoid": "What not to do",
}
STALE = "The card was changed by somebody else meanwhile. Load the page again and read it as it is now."


@router.get(PLACE)
def cards_page(request: Request, user: Trainer) -> Response:
    """Every card with its place, and whether a clinician has signed it."""
    values: dict[str, object] = {"cards": _flags(request).values(), "done": request.query_params.get("done", "")}
    return studio_page(request, "studio/cards.html", user, values)


@router.get(PLACE + "/{key}")
def card_page(request: Request, user: Trainer, key: str) -> Response:
    """One card: its words, and what visitors of each nation read."""
    return _show(request, user, key, {})


@router.post(PLACE + "/{key}")
def change(request: Request, user: Trainer, key: str, fields: Fields) -> Response:
    """Save other words, or show how they read; only a clinician, or an admin, sends a card elsewhere."""
    root = studio_of(request).settings.root
    wanted = {name: fields[name] for name in (*LONGEST, "destination") if name in fields}
    before = _flag(request, key)
    if wanted.get("destination", before.destination) != before.destination:
        if not user.may("clinician"):
            raise StaffProblem(403, "Only a clinician, or an admin, decides where a card sends visitors.")
        if wanted["destination"] not in DESTINATIONS:
            raise StaffProblem(400, f"A card sends to one of {', '.join(DESTINATIONS)}.")

    def build() -> Draft:
        if fields.get("words", "") != _flag(request, key).words:
            raise ChangeRefused(STALE)
        return edit_card(root, key, wanted)

    try:
        if fields.get("do") == "look":
            return _show(request, user, key, {"typed": wanted, "looked": _look(request, key, build())})
        made = save(request, user, build)
    except (StaffProblem, ChangeRefused) as error:
        return _show(request, user, key, {"typed": wanted, "problem": str(error)}, 409)
    return go(f"{PLACE}/{key}?done={made}")


@router.post(PLACE + "/{key}/sign")
def sign(request: Request, user: Clinician, key: str, fields: Fields) -> Response:
    """A clinician puts their name to a flag's cards as they stand."""
    if user.account.role != "clinician":
        raise StaffProblem(409, "Only a clinician signs a card, with an account of that role.")
    settings = studio_of(request).settings
    today = f"{datetime.now(ZoneInfo(settings.clinic.time_zone)):%Y-%m-%d}"

    def build() -> Draft:
        flag = _flag(request, key)
        if fields.get("words", "") != flag.words:
            raise ChangeRefused(STALE)
        if fields.get("read") != "yes":
            raise ChangeRefused("Say that you have read the cards, their places and their source.")
        return sign_card(settings.root, key, (fields.get("name", ""), today, flag.words))

    try:
        made = save(request, user, build)
    except StaffProblem as error:
        return _show(request, user, key, {"problem": error.detail}, error.status)
    return go(f"{PLACE}/{key}?done={made}")


def _show(request: Request, user: SignedIn, key: str, more: dict[str, object], status: int = 200) -> Response:
    flags, settings = _flags(request), studio_of(request).settings
    one = _flag(request, key)
    lines, own = _own(request, key)
    typed = more.pop("typed", {})
    assert isinstance(typed, Mapping)
    texts = {name: typed.get(name) or _says(own, lines, name) for name in LONGEST if name in own.at}
    values: dict[str, object] = {
        "one": one,
        "texts": texts,
        "labels": LABELS,
        "longest": LONGEST,
        "chosen": typed.get("destination", one.destination),
        "places_known": DESTINATIONS,
        "together": [it for it in flags.values() if it.name == one.name],
        "nation": settings.clinic.nation,
        "done": request.query_params.get("done", ""),
        "looked": None,
        "problem": "",
        **more,
    }
    return studio_page(request, "studio/card.html", user, values, status)


def _look(request: Request, key: str, draft: Draft) -> RedFlag:
    """The card as it would read; raises ChangeRefused where it would not be one."""
    root = studio_of(request).settings.root
    texts, _ = apply_hunks(root, draft.hunks)
    try:
        return parse_flags(without_lists(texts[root / FLAGS] or ""), FLAGS)[key]
    except FlagsError as error:
        raise ChangeRefused(str(error)) from None


def _own(request: Request, key: str) -> tuple[tuple[str, ...], CardLines]:
    try:
        lines = lines_of(studio_of(request).settings.root, FLAGS)
        return lines, read_cards(lines)[key]
    except ChangeRefused as error:
        raise StaffProblem(409, str(error)) from None


def _says(own: CardLines, lines: tuple[str, ...], name: str) -> str:
    try:
        return own.says(lines, name)
    except ChangeRefused as error:
        raise StaffProblem(409, str(error)) from None


def _flag(request: Request, key: str) -> RedFlag:
    found = _flags(request).get(key)
    if found is None:
        raise StaffProblem(404, "There is no such card.")
    return found


def _flags(request: Request) -> dict[str, RedFlag]:
    try:
        return load_cards(studio_of(request).settings.root / FLAGS)
    except FlagsError as error:
        raise StaffProblem(409, f"{error}. Nothing can be shown or saved until that is mended.") from None
