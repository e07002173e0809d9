"""What the assistant says itself: every text by name, edited in its place, with a preview as visitors read it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.accounts.model import SignedIn
from clinic.dialogue.responses import FACTS, TEXTS
from clinic.teaching.change_model import ChangeRefused, Draft
from clinic.teaching.response_lines import ResponseText, edit_text, find_text, read_texts
from clinic.web.staff.access import Fields, StaffProblem, Trainer, go, page
from clinic.web.studio.cures import AT_ONCE
from clinic.web.studio.desk import save, studio_of, studio_page

router = APIRouter(include_in_schema=False)
PLACE = "/studio/responses"
MOST_WORDS = 45


@router.get(PLACE)
def texts_page(request: Request, user: Trainer) -> Response:
    """Every text, or those that hold some words."""
    asked = request.query_params.get("q", "").strip()
    wanted = asked.casefold().split()
    texts = [
        one for one in _texts(request)
        if all(word in f"{one.name} {one.text} {one.note}".casefold() for word in wanted)
    ]  # fmt: skip
    values: dict[str, object] = {"texts": texts, "asked": asked, "cost": AT_ONCE}
    values["done"] = request.query_params.get("done", "")
    return studio_page(request, "studio/responses.html", user, values)


@router.get(PLACE + "/{name}")
def text_page(request: Request, user: Trainer, name: str) -> Response:
    """One text with its variants."""
    return _text_page(request, user, _text(request, name), {})


@router.post(PLACE + "/{name}/preview")
def preview(request: Request, user: Trainer, name: str, fields: Fields) -> Response:
    """What is typed as a visitor would read it."""
    return page(request, "studio/response_preview.html", user, _preview(request, name, fields.get("text", "")))


@router.post(PLACE + "/{name}")
def change(request: Request, user: Trainer, name: str, fields: Fields) -> Response:
    """Save a text, or show how it reads; placeholders are checked as the assistant checks them."""
    root, text = studio_of(request).settings.root, fields.get("text", "").replace("\r\n", "\n")
    if fields.get("do") == "look":
        return _text_page(request, user, _text(request, name), {"text": text})

    def build() -> Draft:
        return edit_text(find_text(root, name), text)

    try:
        made = save(request, user, build)
    except StaffProblem as error:
        return _text_page(request, user, _text(request, name), {"text": text, "problem": error.detail}, error.status)
    return go(f"{PLACE}?done={made}#{name}")


def _text_page(
    request: Request, user: SignedIn, one: ResponseText, more: dict[str, object], status: int = 200
) -> Response:
    text = str(more.pop("text", one.text))
    values: dict[str, object] = {
        **_preview(request, one.name, text),
        "one": one,
        "text": text,
        "variants": [it for it in _texts(request) if it.family == one.family and it.name != one.name],
        "needed": sorted(TEXTS.get(one.name, frozenset())),
        "allowed": sorted(FACTS - TEXTS.get(one.name, frozenset())),
        "cost": AT_ONCE,
        "problem": "",
        **more,
    }
    return studio_page(request, "studio/response.html", user, values, status)


def _preview(request: Request, name: str, text: str) -> dict[str, object]:
    """The text with its placeholders filled, a stand-in for those that a conversation fills, and what to mind."""
    settings = studio_of(request).settings
    urgent = next((one.text for one in _texts(request) if one.name == f"urgent_line_{settings.clinic.nation}"), "")
    values: dict[str, object] = {**settings.facts, "urgent_line": urgent}
    stand_ins = {field: f"‹{field.replace('_', ' ')}›" for field in TEXTS.get(name, frozenset())}
    try:
        read = text.format_map({**stand_ins, **values})
    except (KeyError, ValueError, IndexError):
        return {"read": "", "words_count": len(text.split()), "most_words": MOST_WORDS}
    return {"read": read, "words_count": len(text.split()), "most_words": MOST_WORDS}


def _texts(request: Request) -> list[ResponseText]:
    try:
        return read_texts(studio_of(request).settings.root)
    except ChangeRefused as error:
        raise StaffProblem(409, str(error)) from None


def _text(request: Request, name: str) -> ResponseText:
    found = next((one for one in _texts(request) if one.name == name), None)
    if found is None:
        raise StaffProblem(404, f"The assistant knows no text called {name}.")
    return found
