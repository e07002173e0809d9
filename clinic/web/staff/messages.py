"""What staff do with one message of a conversation: flag it, hand it to the trainers, make a test of it."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.conversations.log_model import Line, LogTurn
from clinic.conversations.review_model import ReviewError
from clinic.conversations.story_file import Expected, actions_of_intents, story_text
from clinic.privacy.masking import mask
from clinic.web.staff.access import NO_STORE, Fields, Number, Staff, StaffProblem, go, services_of
from clinic.web.staff.conversation import KINDS, place_of, show_conversation
from clinic.web.staff.desk import console_of, found_line, intents_of, read_filter
from clinic.web.templating import show_short

router = APIRouter(include_in_schema=False)
LONGEST_STORY = 200


@router.post("/staff/conversations/{reference}/messages/{place}")
def decide_message(request: Request, user: Staff, reference: str, place: Number, fields: Fields) -> Response:
    """Flag, send to training or take back; wrong values are said on the same page."""
    line, turn = _found(request, reference, place)
    console, who, do = console_of(request), user.account.name, fields.get("do", "")
    intent, answer = fields.get("right_intent", ""), fields.get("right_answer", "")
    try:
        if intent and intent not in intents_of(request):
            raise ReviewError(f"There is no topic {intent}: choose one of the list.")
        if do == "flag":
            console.turns.flag(line.id, turn.message_id, who, flagged=fields.get("flagged") != "yes")
        elif do == "train":
            console.turns.send(line.id, turn.message_id, who, (intent, answer))
        elif do == "untrain":
            console.turns.take_back(line.id, turn.message_id, who)
        elif do == "test":
            _make_test(request, line, place, fields)
        else:
            raise StaffProblem(400, "The form did not say what to do.")
    except ReviewError as error:
        return show_conversation(request, user, line, problem=str(error), status=409)
    services_of(request).audit.add(who, f"message {do}", f"{show_short(line.id)} {place + 1}")
    onward = place_of(line, read_filter(request, user))
    start = place // 100 * 100
    more = f"{'&' if '?' in onward else '?'}turn={start}" if start else ""
    return go(f"{onward}{more}#turn-{place}")


@router.get("/staff/stories/{name}")
def story(request: Request, user: Staff, name: str) -> Response:
    """A story test, to be looked at."""
    written = console_of(request).stories.read(name)
    if written is None:
        raise StaffProblem(404, "There is no such test. It may have been erased with its conversation.")
    headers = {**NO_STORE, "content-disposition": f'attachment; filename="{name}"'}
    return Response(written, media_type="application/yaml", headers=headers)


def _found(request: Request, reference: str, place: int) -> tuple[Line, LogTurn]:
    line = found_line(request, reference)
    turn = next(iter(console_of(request).log.turns(line.id, place - 1, 1)), None) if 0 <= place < 10**6 else None
    if turn is None or turn.place != place:
        raise StaffProblem(404, "There is no such message. It may have been erased.")
    return line, turn


def _make_test(request: Request, line: Line, place: int, fields: dict[str, str]) -> None:
    kinds = fields.get("kinds", "")
    if kinds and kinds not in KINDS:
        raise ReviewError("Choose which replies should have come from the list.")
    console = console_of(request)
    turns = console.log.turns(line.id, max(-1, place - LONGEST_STORY), min(place + 1, LONGEST_STORY))
    plain = [replace(one, text=mask(one.text).text) for one in turns]
    actions = actions_of_intents(request.app.state.settings.data / "rules.yml")
    expected = Expected(fields.get("right_intent", ""), kinds)
    name = f"{show_short(line.id)}, message {place + 1}"
    console.stories.write(line.id, place, lambda: story_text(name, plain, expected, actions))
