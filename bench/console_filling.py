"""Fills a log and folds it, with the time that takes."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from clinic.commands.demo import MESSAGES_EACH, RECORDED
from clinic.composition import open_log
from clinic.conversations.demonstration import tell
from clinic.conversations.demonstration_month import Month
from clinic.conversations.demonstration_store import fill, record
from clinic.db import Sessions, open_sessions
from clinic.settings import Settings

UNTIL = datetime.now(UTC)


def fill_log(settings: Settings, sessions: Sessions, conversations: int) -> None:
    """Fill what is missing; the catch-up is measured over what has events, then over messages alone."""
    began, kept = time.perf_counter(), _count(sessions, "conversation")
    tracker = open_sessions(settings.tracker_url)
    recorded = int(RECORDED / 3 / MESSAGES_EACH)
    month = Month(conversations, UNTIL, MESSAGES_EACH - 0.5, recorded)
    due, folding = kept < conversations, 0.0
    for number, told in enumerate(tell(month)):
        if number * 1000 < kept:
            continue
        fill(sessions, told)
        if told.events:
            record(settings.tracker_url, told.events)
        if number == recorded // 1000:
            folding += _catch_up(settings, sessions, _count(tracker, "events"), "with the engine's events")
    if due:
        took = time.perf_counter() - began - folding
        print(f"filled {_count(sessions, 'message')} messages in {took:.0f} s")
    folding += _catch_up(settings, sessions, 0, "messages alone")
    if due:
        print(f"filled and folded in {time.perf_counter() - began:.0f} s; load average {os.getloadavg()[0]:.1f}")
    tracker.kw["bind"].dispose()


def _catch_up(settings: Settings, sessions: Sessions, events: int, name: str) -> float:
    before, begin = _count(sessions, "log_turn"), time.perf_counter()
    open_log(settings, sessions).catch_up()
    took = time.perf_counter() - begin
    turns = _count(sessions, "log_turn") - before
    if turns:
        rate = f", {events / took:.0f} events a second" if events else ""
        print(f"catch-up, {name}: {turns} turns in {took:.1f} s, {turns / took:.0f} turns a second{rate}", flush=True)
    return took


def _count(sessions: Sessions, table: str) -> int:
    with sessions() as session:
        try:
            return int(session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)
        except SQLAlchemyError:  # The engine's table is made with its first event.
            return 0
