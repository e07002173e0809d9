"""The log: a catch-up folds what was said and what the engine recorded into tables that staff can filter.

Each conversation is folded whole, so that folding again gives the same. The marks only say where to look next; the
newest rows before a mark are looked at again, because what several writers write is not seen in the order of its
numbers. Whatever a process had folded when it was stopped is kept or not, never half.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, cast

from sqlalchemy import Table, delete, func, insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from clinic.conversations.folding import Folded, fold
from clinic.conversations.list_order import list_number
from clinic.conversations.log_tables_store import LogConversationRow, LogMarkRow, LogTurnRow
from clinic.conversations.log_tally_store import LogTallyRow, Tally, add_tallies, count_rows
from clinic.conversations.model import Message
from clinic.conversations.search_store import forget_words, put_words
from clinic.conversations.store import MessageRow, to_message
from clinic.db import Sessions
from clinic.engine.events import fold_turns
from clinic.engine.tracker_store import Tracker

AGAIN = 500
"""How many rows before a mark are looked at again: more than may be in flight."""
BATCH = 2000
TOGETHER = 200
# Rows as they are, past the mapper: the log is written and deleted thousands at a time.
_HEADS = cast(Table, LogConversationRow.__table__)
_TURNS = cast(Table, LogTurnRow.__table__)
_ERASED = text("SELECT conversation_id FROM erasure WHERE conversation_id IS NOT NULL")


class Log:
    """Keeps the log up with what is said. `mask` hides contact details in what is searched."""

    def __init__(self, sessions: Sessions, tracker: Tracker, mask: Callable[[str], str]) -> None:
        self._sessions = sessions
        self._tracker = tracker
        self._mask = mask

    def catch_up(self, batch: int = BATCH) -> int:
        """Fold what is new; how many conversations were folded. Called again it does nothing."""
        done = 0
        while True:
            marks = self._marks()
            events = self._tracker.heard_after(max(0, marks["events"] - AGAIN), batch + AGAIN)
            messages = self._messages_after(max(0, marks["messages"] - AGAIN), batch + AGAIN)
            done += self._fold_changed({one for _, one in events} | {one for _, one in messages})
            after = {"events": _last(events, marks["events"]), "messages": _last(messages, marks["messages"])}
            if after == marks:
                return done
            self._advance(after)

    def rebuild(self) -> int:
        """Make the log again from nothing."""
        with self._sessions.begin() as session:
            for table in (LogTurnRow, LogConversationRow, LogTallyRow, LogMarkRow):
                session.execute(delete(table))
            session.execute(text("DELETE FROM log_search"))
        return self.catch_up()

    def erase(self, conversation_id: str) -> None:
        """Delete a conversation from the log and from its search."""
        with self._sessions.begin() as session:
            add_tallies(session, _forget(session, [conversation_id]))

    def refold(self, conversation_ids: Iterable[str]) -> None:
        """Fold conversations again whose words were changed, as when a left form was blanked."""
        self._fold_all(dict.fromkeys(conversation_ids, ""))

    def _fold_changed(self, ids: set[str]) -> int:
        changed = 0
        wanted = sorted(ids)
        for begin in range(0, len(wanted), TOGETHER):
            some = wanted[begin : begin + TOGETHER]
            stamps, kept = self._stamps(some), self._kept(some)
            due = {one: stamps[one] for one in some if stamps[one] != kept.get(one, "")}
            self._fold_all(due)
            changed += len(due)
        return changed

    def _fold_all(self, due: dict[str, str]) -> None:
        ids = list(due)
        if not ids:
            return
        # Stamps were read before the words: what is written in between is found to be new the next time. So is what
        # another process folded from an older look than ours, or the other way round.
        events, messages = self._tracker.events_of(ids), self._messages_of(ids)
        folded = {one: fold(messages[one], fold_turns(events[one]), self._mask) for one in ids}
        with self._sessions.begin() as session:
            tally = _forget(session, ids)
            gone = set(session.scalars(_ERASED))
            kept = {one: value for one, value in folded.items() if value and one not in gone}
            if kept:
                heads = [_head(one, due[one], value) for one, value in kept.items()]
                turns = [row for one, value in kept.items() for row in _rows(one, value)]
                session.execute(insert(_HEADS), heads)
                session.execute(insert(_TURNS), turns)
                put_words(session, [(one["number"], one["id"], kept[one["id"]].words) for one in heads])
                tally.update(count_rows(heads, turns))
            add_tallies(session, tally)

    def _stamps(self, ids: list[str]) -> dict[str, str]:
        counts = self._tracker.counts(ids)
        asked = (
            select(MessageRow.conversation_id, func.count(), func.max(MessageRow.answered))
            .where(MessageRow.conversation_id.in_(ids))
            .group_by(MessageRow.conversation_id)
        )
        with self._sessions() as session:
            ours = {row[0]: (row[1], row[2]) for row in session.execute(asked)}
        return {one: ":".join(str(part) for part in (counts.get(one, 0), *ours.get(one, (0, "")))) for one in ids}

    def _kept(self, ids: list[str]) -> dict[str, str]:
        asked = select(LogConversationRow.id, LogConversationRow.seen).where(LogConversationRow.id.in_(ids))
        with self._sessions() as session:
            return {row[0]: row[1] for row in session.execute(asked)}

    def _messages_of(self, ids: list[str]) -> dict[str, list[Message]]:
        asked = select(MessageRow).where(MessageRow.conversation_id.in_(ids)).order_by(MessageRow.number)
        found: dict[str, list[Message]] = {one: [] for one in ids}
        with self._sessions() as session:
            for row in session.scalars(asked):
                found[row.conversation_id].append(to_message(row))
        return found

    def _messages_after(self, number: int, limit: int) -> list[tuple[int, str]]:
        asked = select(MessageRow.number, MessageRow.conversation_id).where(MessageRow.number > number)
        with self._sessions() as session:
            return [(row[0], row[1]) for row in session.execute(asked.order_by(MessageRow.number).limit(limit))]

    def _marks(self) -> dict[str, int]:
        with self._sessions() as session:
            found = {row.source: row.number for row in session.scalars(select(LogMarkRow))}
        return {"events": found.get("events", 0), "messages": found.get("messages", 0)}

    def _advance(self, marks: dict[str, int]) -> None:
        for source, number in marks.items():
            try:
                self._advance_one(source, number)
            except IntegrityError:  # Another process has just made the first mark: then it is there to be moved.
                self._advance_one(source, number)

    def _advance_one(self, source: str, number: int) -> None:
        with self._sessions.begin() as session:
            session.merge(LogMarkRow(source=source, number=number))


def _last(rows: list[tuple[int, str]], mark: int) -> int:
    """Where to look next. With nothing there any more we go back: SQLite gives the numbers of erased rows again."""
    return rows[-1][0] if rows else max(0, mark - AGAIN)


def _forget(session: Session, ids: list[str]) -> Counter[Tally]:
    """Delete conversations; what was deleted by us, and by nobody else, to be taken from what is counted."""
    turns = delete(_TURNS).where(_TURNS.c.conversation_id.in_(ids))
    heads = delete(_HEADS).where(_HEADS.c.id.in_(ids))
    counted = (_TURNS.c.at, _TURNS.c.intent, _TURNS.c.model, _TURNS.c.milliseconds, _TURNS.c.kinds)
    said = [row._asdict() for row in session.execute(turns.returning(*counted))]
    held = (_HEADS.c.number, _HEADS.c.last, _HEADS.c.kinds, _HEADS.c.not_covered, _HEADS.c.red_flag)
    gone = [row._asdict() for row in session.execute(heads.returning(*held))]
    forget_words(session, [one["number"] for one in gone])
    tally: Counter[Tally] = Counter()
    tally.subtract(count_rows(gone, said))
    return tally


def _head(conversation_id: str, stamp: str, one: Folded) -> dict[str, Any]:
    names = ["started", "last", "first_words", "kinds", "intents", "articles", "models", "reasons", "red_flag"]
    names += ["not_covered", "lowest"]
    head = {"id": conversation_id, "number": list_number(one.last, conversation_id), "seen": stamp}
    return head | {"turns": len(one.turns)} | {name: getattr(one, name) for name in names}


def _rows(conversation_id: str, folded: Folded) -> list[dict[str, Any]]:
    return [
        {
            "conversation_id": conversation_id,
            "place": place,
            "message_id": one.turn.message_id[:64],
            "at": one.turn.at,
            "text": one.turn.text,
            "intent": one.turn.intent[:80],
            "confidence": one.turn.confidence,
            "guesses": [list(guess) for guess in one.turn.guesses],
            "actions": list(one.turn.actions),
            "red_flag": one.turn.red_flag[:60],
            "kinds": "|".join(one.turn.kinds),
            "replies": list(one.turn.replies),
            "milliseconds": one.milliseconds,
            "model": one.turn.kept.model[:40],
            "kept": one.turn.kept.to_json(),
        }
        for place, one in enumerate(folded.turns)
    ]
