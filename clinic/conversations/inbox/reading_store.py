"""What of the log is worth a trainer's look. It is read anew each time, so what is erased is gone from here too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from clinic.conversations.inbox.model import Place, Reason, Said
from clinic.conversations.inbox.sent_store import sent_messages
from clinic.conversations.log_tables_store import LogTurnRow
from clinic.conversations.review_tables_store import ReviewRow
from clinic.conversations.tables_store import ConversationRow, FeedbackRow
from clinic.db import Sessions
from clinic.engine.events import FALLBACK

NEWEST = 5000
UNSURE = 0.5
"""Below this confidence of the likeliest intent a message is worth a look."""
_FORM = "appointment_form"
_Before = aliased(LogTurnRow)


class InboxReader:
    """Reads messages that the assistant was unsure of, visitors disliked, staff corrected or no article answered.

    What was said within the appointment form is left out: it is names and contacts. `mask` hides what is elsewhere.
    """

    def __init__(self, sessions: Sessions, mask: Callable[[str], str]) -> None:
        self._sessions = sessions
        self._mask = mask

    def read(self, newest: int = NEWEST) -> list[Said]:
        """The newest of them, each once with all its reasons."""
        with self._sessions() as session:
            disliked = _disliked(session)
            corrected, sent = _corrected(session), sent_messages(session, NEWEST)
            rows = _turns(session, {*disliked.values(), *corrected, *(one for one, _ in sent)}, newest)
            tests = _tests(session, {row.LogTurnRow.conversation_id for row in rows})
        wrong = _places_of_corrected(rows, corrected)
        found = []
        for row in rows:
            turn, place = row.LogTurnRow, Place(row.LogTurnRow.conversation_id, row.LogTurnRow.place)
            told = sent.get((place.conversation_id, turn.message_id))
            reasons = _reasons(turn, disliked, place in wrong or told is not None)
            if not reasons or (_in_form(turn, row.kinds_before) and "corrected" not in reasons):
                continue
            guesses = tuple((str(one[0]), float(one[1])) for one in turn.guesses)
            right = corrected.get(place.conversation_id, "") if place in wrong else ""
            found.append(
                Said(
                    place,
                    self._mask(turn.text),
                    turn.at,
                    reasons,
                    guesses,
                    right_intent=(told.right_intent if told else "") or right,
                    is_test=place.conversation_id in tests,
                    right_answer=self._mask(told.right_answer) if told else "",
                )
            )
        return found


def _turns(session: Session, conversations: set[str], newest: int) -> list[Any]:
    before = (_Before.conversation_id == LogTurnRow.conversation_id, _Before.place == LogTurnRow.place - 1)
    asked = (
        select(LogTurnRow, _Before.kinds.label("kinds_before"))
        .outerjoin(_Before, before[0] & before[1])
        .where(
            LogTurnRow.intent != "",
            or_(
                LogTurnRow.intent == FALLBACK,
                LogTurnRow.confidence < UNSURE,
                LogTurnRow.kinds.contains("not_covered"),
                LogTurnRow.conversation_id.in_(sorted(conversations)[:NEWEST]),
            ),
        )
        .order_by(LogTurnRow.at.desc())
        .limit(newest)
    )
    return list(session.execute(asked).all())


def _disliked(session: Session) -> dict[str, str]:
    """Replies that did not help, with their conversations."""
    asked = select(FeedbackRow.reply_id, FeedbackRow.conversation_id).where(FeedbackRow.helpful.is_(False))
    return {row[0]: row[1] for row in session.execute(asked.order_by(FeedbackRow.at.desc()).limit(NEWEST))}


def _corrected(session: Session) -> dict[str, str]:
    """Conversations that staff found wrong, with the intent they named, which may be empty."""
    asked = select(ReviewRow.conversation_id, ReviewRow.right_intent)
    asked = asked.where(or_(ReviewRow.verdict == "wrong", ReviewRow.right_intent != "")).limit(NEWEST)
    return {row[0]: row[1] for row in session.execute(asked)}


def _tests(session: Session, conversations: set[str]) -> set[str]:
    """Conversations that were had on a page of this machine itself, as the demo page is where it is tried."""
    wanted = sorted(conversations)
    found: set[str] = set()
    for begin in range(0, len(wanted), 500):
        some = wanted[begin : begin + 500]
        asked = select(ConversationRow.id, ConversationRow.page).where(ConversationRow.id.in_(some))
        found |= {row[0] for row in session.execute(asked) if _is_demo(row[1])}
    return found


def _is_demo(page: dict[str, str] | None) -> bool:
    url = (page or {}).get("url", "")
    return url.startswith(("http://127.0.0.1", "http://localhost"))


def _places_of_corrected(rows: Iterable[Any], corrected: dict[str, str]) -> set[Place]:
    """A review speaks of a whole conversation: it is taken for the message that was least surely understood."""
    least: dict[str, tuple[float, Place]] = {}
    for row in rows:
        turn = row.LogTurnRow
        if turn.conversation_id not in corrected or _in_form(turn, row.kinds_before):
            continue
        if turn.intent and turn.intent == corrected[turn.conversation_id]:
            continue
        sure = float(turn.guesses[0][1]) if turn.guesses else turn.confidence
        seen = (sure, Place(turn.conversation_id, turn.place))
        if turn.conversation_id not in least or sure < least[turn.conversation_id][0]:
            least[turn.conversation_id] = seen
    return {place for _, place in least.values()}


def _reasons(turn: LogTurnRow, disliked: dict[str, str], is_corrected: bool) -> frozenset[Reason]:
    found: set[Reason] = set()
    if is_corrected:
        found.add("corrected")
    if any(str(one.get("id") or "") in disliked for one in turn.replies):
        found.add("disliked")
    if turn.red_flag:
        return frozenset(found)
    if turn.intent == FALLBACK or (turn.confidence < UNSURE and turn.intent):
        found.add("unsure")
    if "not_covered" in turn.kinds.split("|"):
        found.add("unanswered")
    return frozenset(found)


def _in_form(turn: LogTurnRow, kinds_before: str | None) -> bool:
    asked = {*(kinds_before or "").split("|"), *turn.kinds.split("|")} & {"ask", "appointment"}
    return _FORM in turn.actions or bool(asked)
