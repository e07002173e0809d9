"""Facets of what was decided of conversations: by staff in reviews, and by visitors' thumbs. Kept with each change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from clinic.conversations.log_facets_store import forget_facets, put_facets
from clinic.conversations.log_tables_store import LogConversationRow
from clinic.conversations.review_tables_store import ReviewRow, ReviewTurnRow
from clinic.conversations.tables_store import FeedbackRow

_HEADS = cast(Table, LogConversationRow.__table__)
_PUT = update(_HEADS).where(_HEADS.c.id == bindparam("who")).values(decided=bindparam("now"))


def decided_of(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """What was decided of each of these conversations as facets between bars; nothing yet is `|state=open|`."""
    found: dict[str, list[str]] = {one: [] for one in ids}
    wanted = list(found)
    for row in session.scalars(select(ReviewRow).where(ReviewRow.conversation_id.in_(wanted))):
        told = (("state", row.state), ("verdict", row.verdict), ("assignee", row.assignee))
        found[row.conversation_id] += [f"{name}={value}" for name, value in told if value]
        found[row.conversation_id] += [f"tag={one}" for one in row.tags.split("|") if one]
        found[row.conversation_id] += ["marked=yes"] if row.flagged else []
    marked = (ReviewTurnRow.conversation_id.in_(wanted), ReviewTurnRow.flagged)
    for one in session.scalars(select(ReviewTurnRow.conversation_id).where(*marked)):
        found[one].append("marked=yes")
    thumbs = select(FeedbackRow.conversation_id, FeedbackRow.helpful)
    for one, helpful in session.execute(thumbs.where(FeedbackRow.conversation_id.in_(wanted))):
        found[one].append("feedback=up" if helpful else "feedback=down")
    return {one: _joined(facets) for one, facets in found.items()}


def renew_decided(session: Session, ids: Iterable[str]) -> None:
    """Keep what was decided of conversations as it is now; for whoever has the turn to write the log."""
    heads = session.execute(select(LogConversationRow.id, LogConversationRow.number, LogConversationRow.decided)
                            .where(LogConversationRow.id.in_(list(ids)))).all()  # fmt: skip
    now = decided_of(session, [one.id for one in heads])
    changed = [one for one in heads if one.decided != now[one.id]]
    if not changed:
        return
    forget_facets(session, [(facet, one.number) for one in changed for facet in _parts(one.decided)])
    put_facets(session, [(facet, one.number) for one in changed for facet in _parts(now[one.id])])
    session.connection().execute(_PUT, [{"who": one.id, "now": now[one.id]} for one in changed])


def _joined(facets: list[str]) -> str:
    kept = facets if any(one.startswith("state=") for one in facets) else ["state=open", *facets]
    return f"|{'|'.join(dict.fromkeys(kept))}|"


def _parts(written: str) -> list[str]:
    return [one for one in written.split("|") if one]
