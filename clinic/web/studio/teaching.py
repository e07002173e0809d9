"""What trainers do to utterances: add, edit, move, take out, paste many; every form comes back with an undo."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.privacy.masking import mask
from clinic.teaching.change_model import ChangeRefused, Draft
from clinic.teaching.pasting import read_pasted
from clinic.teaching.utterances import add, chosen, edit, move, need_intent, take_out, tidy
from clinic.web.staff.access import Fields, StaffProblem, Trainer, go
from clinic.web.studio.desk import save, studio_of, studio_page
from clinic.web.studio.utterances import back_to, known_intents

router = APIRouter(include_in_schema=False)
PICK = "pick:"
SHOWN = 200


@router.post("/studio/add")
def add_one(request: Request, user: Trainer, fields: Fields) -> Response:
    """Add one utterance; the same words under any intent are refused."""
    studio, intent = studio_of(request), fields.get("intent", "")
    known = known_intents(request)

    def build() -> Draft:
        snapshot, text = studio.index.snapshot(), tidy(fields.get("text", ""))
        if same := snapshot.same_words(text):
            raise ChangeRefused(f"The same words are taught already: {same[0].path}:{same[0].line} ({same[0].intent}).")
        refuse_details(text)
        return add(snapshot, need_intent(intent, known), [text])

    return go(back_to(intent, save(request, user, build)))


@router.post("/studio/utterance")
def change_one(request: Request, user: Trainer, fields: Fields) -> Response:
    """Edit, move or take out one utterance."""
    studio, wanted, known = studio_of(request), fields.get("intent", ""), known_intents(request)
    picks = [(fields.get("at", ""), fields.get("raw", ""))]

    def build() -> Draft:
        snapshot = studio.index.snapshot()
        (found,) = chosen(snapshot, picks)
        if fields.get("do") == "take out":
            return take_out(snapshot, [found])
        text = tidy(fields.get("text", ""))
        refuse_details(text)
        if need_intent(wanted, known) != found.intent:
            if text != found.text:
                raise ChangeRefused("Edit the words or move the utterance, one after the other.")
            return move(snapshot, [found], wanted)
        return edit(snapshot, found, text)

    return go(back_to(wanted, save(request, user, build)))


@router.post("/studio/many")
def change_many(request: Request, user: Trainer, fields: Fields) -> Response:
    """Move or take out every chosen utterance, as one change."""
    studio, known = studio_of(request), known_intents(request)
    picks = [(name.removeprefix(PICK), raw) for name, raw in fields.items() if name.startswith(PICK)]

    def build() -> Draft:
        snapshot = studio.index.snapshot()
        found = chosen(snapshot, picks)
        if fields.get("do") == "take out":
            return take_out(snapshot, found)
        return move(snapshot, found, need_intent(fields.get("to", ""), known))

    change = save(request, user, build)
    return go(back_to(fields.get("intent", ""), change) if fields.get("intent") else f"/studio/changes#{change}")


@router.get("/studio/paste")
def paste_page(request: Request, user: Trainer) -> Response:
    """Where many utterances are pasted."""
    values: dict[str, object] = {
        "intents": sorted(known_intents(request)),
        "intent": request.query_params.get("intent", ""),
        "pasted": None,
        "lines": "",
    }
    return studio_page(request, "studio/paste.html", user, values)


@router.post("/studio/paste")
def paste(request: Request, user: Trainer, fields: Fields) -> Response:
    """Say what would be added and what is left out and why; with `do` = add, add it as one change."""
    studio, intent, lines = studio_of(request), fields.get("intent", ""), fields.get("lines", "")
    if intent not in known_intents(request):
        raise StaffProblem(400, "Choose the intent that these lines belong to.")
    pasted = read_pasted(lines, intent, studio.index.snapshot(), detail_in)
    if fields.get("do") == "add" and pasted.new:

        def build() -> Draft:
            snapshot = studio.index.snapshot()
            return add(snapshot, intent, read_pasted(lines, intent, snapshot, detail_in).new)

        return go(back_to(intent, save(request, user, build)))
    values: dict[str, object] = {
        "intents": sorted(known_intents(request)),
        "intent": intent,
        "pasted": pasted,
        "shown": SHOWN,
        "lines": lines,
    }
    return studio_page(request, "studio/paste.html", user, values)


def detail_in(text: str) -> str:
    """The contact detail that a text holds, as a reason not to teach it."""
    kinds = mask(text).kinds
    return f"holds somebody's details: {', '.join(kinds)}" if kinds else ""


def refuse_details(text: str) -> None:
    """Raise ChangeRefused for a text with contact details: those are never taught."""
    if why := detail_in(text):
        raise ChangeRefused(f"This utterance {why}. Write it without them.")
