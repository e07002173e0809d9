"""The log: a catch-up folds what was said and what the engine recorded into tables that staff can filter.

Each conversation is folded whole, so that folding again gives the same. The marks only say where to look next; the
newest rows before a mark are looked at again, because what several writers write is not seen in the order of its
numbers. Whatever a process had folded when it was stopped is kept or not, never half.

Several processes may catch up at once. They write one after another, and what somebody else folded since we looked is
looked at again instead of written over: so nothing is kept from an older look, or twice.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Iterable
from secrets import token_hex
from typing import cast

from sqlalchemy import Table, delete, insert, select, text
from sqlalchemy.orm import Session

from clinic.conversations.folding import Folded, fold
from clinic.conversations.log_decisions_store import decided_of
from clinic.conversations.log_facets_store import LogFacetRow, facets_of, forget_facets, put_facets
from clinic.conversations.log_rows import head_row, turn_rows
from clinic.conversations.log_sources_store import LogSources, Look, folded_from
from clinic.conversations.log_tables_store import TURN, LogConversationRow, LogMarkRow, LogTurnRow
from clinic.conversations.log_tally_store import LogTallyRow, Tally, add_tallies, count_rows
from clinic.conversations.search_store import forget_words, put_words
from clinic.db import Sessions, take_turn
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
        self._sources = LogSources(sessions, tracker)
        self._mask = mask

    def catch_up(self, batch: int = BATCH, seconds: float = math.inf) -> int:
        """Fold what is there; how many conversations were folded by us. Called again it does nothing.

        After so many seconds it ends with the batch at hand.
        """
        done, until = 0, time.monotonic() + seconds
        while True:
            marks = self._marks()
            events = self._sources.events_after(max(0, marks["events"] - AGAIN), batch + AGAIN)
            messages = self._sources.messages_after(max(0, marks["messages"] - AGAIN), batch + AGAIN)
            done += self._fold_changed({one for _, one in events} | {one for _, one in messages})
            after = {"events": _last(events, marks["events"]), "messages": _last(messages, marks["messages"])}
            if after == marks:
                return done
            self._advance(after)
            # What is said meanwhile waits for the next call: where visitors never pause it would be folded again and
            # again, a word at a time.
            seen_all = max(len(events), len(messages)) < batch + AGAIN
            if (seen_all and not _goes_back(marks, after)) or time.monotonic() > until:
                return done

    def rebuild(self) -> int:
        """Make the log again from nothing."""
        with self._sessions.begin() as session:
            take_turn(session, TURN)
            for table in (LogTurnRow, LogConversationRow, LogFacetRow, LogTallyRow, LogMarkRow):
                session.execute(delete(table))
            session.execute(text("DELETE FROM log_search"))
        return self.catch_up()

    def erase(self, conversation_id: str) -> None:
        """Delete a conversation from the log and from its search."""
        with self._sessions.begin() as session:
            take_turn(session, TURN)
            add_tallies(session, _forget(session, [conversation_id]))

    def refold(self, conversation_ids: Iterable[str]) -> None:
        """Fold conversations again whose words were changed, as when a left form was blanked.

        Whoever read the words before finds that they were folded since, and looks again.
        """
        ids = list(dict.fromkeys(conversation_ids))
        folded = self._fold(ids)
        with self._sessions.begin() as session:
            take_turn(session, TURN)
            _put(session, folded, dict.fromkeys(ids, f"again {token_hex(8)}"))

    def _fold_changed(self, ids: set[str]) -> int:
        changed = 0
        wanted = sorted(ids)
        for begin in range(0, len(wanted), TOGETHER):
            some = wanted[begin : begin + TOGETHER]
            while some:
                looked = {one: look for one, look in self._sources.look(some).items() if look.kept != look.now}
                some = self._fold_looked(looked)
                changed += len(looked) - len(some)
        return changed

    def _fold_looked(self, looked: dict[str, Look]) -> list[str]:
        """Fold conversations as they were looked at; which of them another process has folded meanwhile."""
        if not looked:
            return []
        # The look is older than the words: what is written in between is found to be new the next time.
        folded = self._fold(list(looked))
        with self._sessions.begin() as session:
            take_turn(session, TURN)
            kept = folded_from(session, list(looked))
            mine = {one: look.now for one, look in looked.items() if kept.get(one) == look.kept}
            _put(session, folded, mine)
        return [one for one in looked if one not in mine]

    def _fold(self, ids: list[str]) -> dict[str, Folded | None]:
        return {one: fold(messages, turns, self._mask) for one, (messages, turns) in self._sources.said(ids).items()}

    def _marks(self) -> dict[str, int]:
        with self._sessions() as session:
            found = {row.source: row.number for row in session.scalars(select(LogMarkRow))}
        return {"events": found.get("events", 0), "messages": found.get("messages", 0)}

    def _advance(self, marks: dict[str, int]) -> None:
        with self._sessions.begin() as session:
            take_turn(session, TURN)
            for source, number in marks.items():
                session.merge(LogMarkRow(source=source, number=number))


def _last(rows: list[tuple[int, str]], mark: int) -> int:
    """Where to look next. With nothing there any more we go back: SQLite gives the numbers of erased rows again."""
    return rows[-1][0] if rows else max(0, mark - AGAIN)


def _goes_back(marks: dict[str, int], after: dict[str, int]) -> bool:
    return any(after[one] < marks[one] for one in marks)


def _put(session: Session, folded: dict[str, Folded | None], stamps: dict[str, str]) -> None:
    """Put the conversations that have a stamp in the place of what is kept of them; erased ones stay away."""
    tally = _forget(session, list(stamps))
    gone = set(session.scalars(_ERASED))
    kept = {one: value for one in stamps if one not in gone and (value := folded[one]) is not None}
    if kept:
        decided = decided_of(session, kept)
        heads = [head_row(one, stamps[one], value) | {"decided": decided[one]} for one, value in kept.items()]
        turns = [row for one, value in kept.items() for row in turn_rows(one, value)]
        session.execute(insert(_HEADS), heads)
        session.execute(insert(_TURNS), turns)
        put_facets(session, [(facet, one["number"]) for one in heads for facet in facets_of(one)])
        put_words(session, [(one["number"], one["id"], kept[one["id"]].words) for one in heads])
        tally.update(count_rows(heads, turns))
    add_tallies(session, tally)


def _forget(session: Session, ids: list[str]) -> Counter[Tally]:
    """Delete conversations; what was deleted by us, and by nobody else, to be taken from what is counted."""
    turns = delete(_TURNS).where(_TURNS.c.conversation_id.in_(ids))
    heads = delete(_HEADS).where(_HEADS.c.id.in_(ids))
    counted = (_TURNS.c.at, _TURNS.c.intent, _TURNS.c.model, _TURNS.c.milliseconds, _TURNS.c.kinds)
    said = [row._asdict() for row in session.execute(turns.returning(*counted))]
    gone = [row._asdict() for row in session.execute(heads.returning(_HEADS))]
    forget_words(session, [one["number"] for one in gone])
    forget_facets(session, [(facet, one["number"]) for one in gone for facet in facets_of(one)])
    tally: Counter[Tally] = Counter()
    tally.subtract(count_rows(gone, said))
    return tally
