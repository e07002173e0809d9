"""Every filter of the console's list and every two of them, over HTTP, on a log of which staff have decided much."""

from __future__ import annotations

import time
from datetime import timedelta
from itertools import combinations
from typing import Any, cast

import httpx
from sqlalchemy import Table, insert, select

from bench.console_filling import UNTIL
from bench.console_pages import LIST, MODEL
from bench.processes import BenchFailed
from bench.table import quantile
from clinic.conversations.demonstration import ARTICLE
from clinic.conversations.log_decisions_store import renew_decided
from clinic.conversations.log_tables_store import LogConversationRow
from clinic.conversations.review_tables_store import ReviewRow
from clinic.conversations.unread_store import FIRST, SeenRow
from clinic.db import Sessions

EACH, SLOWEST, TOGETHER = 3, 12, 500
DAY = f"{UNTIL - timedelta(days=7):%Y-%m-%d}"
# Values of each filter, from what most conversations have to what none has.
VALUES: dict[str, tuple[str, ...]] = {
    "intent": ("ask_causes", "ask_clinic_fact", "nobody_asks"),
    "kind": ("answer", "urgent", "error"),
    "article": (ARTICLE, "Nowhere"),
    "flag": ("any", "limb", "none_such"),
    "covered": ("yes", "no"),
    "why": ("other_condition", "nothing"),
    "feedback": ("up", "down"),
    "request": ("no", "yes"),
    "state": ("reviewed", "open", "skipped"),
    "verdict": ("right", "wrong"),
    "assignee": ("bench", "nobody"),
    "tag": ("door", "nowhere"),
    "below": ("0.9", "0.1"),
    "least": ("6", "60"),
    "most": ("2",),
    "model": (MODEL, "none"),
    "marked": ("yes",),
    "unread": ("me",),
    "sample": (DAY,),
    "since": (DAY,),
}
READ = 20_000
"""How many of the newest conversations somebody has read."""


def decide_much(sessions: Sessions, who: str) -> None:
    """As if staff had looked at nearly all conversations: what they decided, and what `who` has read."""
    with sessions.begin() as session:
        if session.scalar(select(ReviewRow.conversation_id).limit(1)):
            return
        asked = select(LogConversationRow.id, LogConversationRow.turns).order_by(LogConversationRow.number.desc())
        heads = session.execute(asked).all()
        begun = UNTIL - timedelta(days=60)
        reviews = [_review(one.id, place, who) for place, one in enumerate(heads) if place % 100 < 98]
        seen = [{"who": who, "conversation_id": FIRST, "turns": 0, "since": begun}]
        seen += [{"who": who, "conversation_id": one.id, "turns": one.turns, "since": begun} for one in heads[:READ]]
        for table, rows in ((ReviewRow, reviews), (SeenRow, seen)):
            session.execute(insert(cast(Table, table.__table__)), rows)
        for begin in range(0, len(heads), TOGETHER):
            renew_decided(session, [one.id for one in heads[begin : begin + TOGETHER]])


def _review(conversation_id: str, place: int, who: str) -> dict[str, Any]:
    state = "skipped" if place % 100 == 97 else "reviewed"
    verdict = "" if state == "skipped" else "wrong" if place % 50 == 0 else "right"
    told = {
        "state": state,
        "verdict": verdict,
        "tags": "|door|" if place % 20 == 0 else "",
        "flagged": place % 500 == 0,
    }
    assignee = who if place % 10 == 0 else ""
    empty = dict.fromkeys(("reason", "note", "right_intent", "right_answer", "outcome"), "")
    return {"conversation_id": conversation_id, **told, "assignee": assignee, **empty, "revision": 1}


def measure_filters(client: httpx.Client) -> None:
    """Print the 95th percentile over filters and over pairs of them, and the slowest of all."""
    alone = [{name: value} for name, values in VALUES.items() for value in values]
    pairs = [{**one, **other} for one, other in combinations(alone, 2) if one.keys() != other.keys()]
    for title, asked in (("every filter", alone), ("every two filters", pairs)):
        taken = {str(one): [_seconds(client, one) for _ in range(EACH)] for one in asked}
        every = [one for some in taken.values() for one in some]
        late = quantile(every, 0.95) * 1000
        print(f"{title}: {len(asked)} lists, 95 % {late:.0f} ms, the slowest {max(every) * 1000:.0f} ms", flush=True)
        for name in sorted(taken, key=lambda one: -min(taken[one]))[:SLOWEST]:
            print(f"  {min(taken[name]) * 1000:7.1f} to {max(taken[name]) * 1000:7.1f} ms  {name}")


def _seconds(client: httpx.Client, parts: dict[str, str]) -> float:
    began = time.perf_counter()
    answer = client.get(LIST, params={**parts, "part": "list"})
    if answer.status_code != 200:
        raise BenchFailed(f"{parts} was answered {answer.status_code}.")
    return time.perf_counter() - began
