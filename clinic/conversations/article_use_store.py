"""How often each article was quoted to visitors, and whether that helped: from the log."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from clinic.conversations.log_tables_store import LogTurnRow
from clinic.conversations.tables_store import FeedbackRow
from clinic.db import Sessions

NEWEST = 5000


@dataclass(frozen=True, slots=True)
class ArticleUse:
    """How often, of the newest answers."""

    quoted: int = 0
    helped: int = 0
    unhelpful: int = 0


def count_use(sessions: Sessions, newest: int = NEWEST) -> dict[str, ArticleUse]:
    """The use of each article by its slug, over the newest answers."""
    asked = select(LogTurnRow.replies).where(LogTurnRow.kinds.contains("answer")).order_by(LogTurnRow.at.desc())
    quoted: Counter[str] = Counter()
    said: dict[str, set[str]] = {}
    with sessions() as session:
        for replies in session.scalars(asked.limit(newest)):
            for reply in replies:
                slugs = {str(source.get("article") or "") for source in reply.get("sources") or ()} - {""}
                quoted.update(slugs)
                said[str(reply.get("id") or "")] = slugs
        votes = select(FeedbackRow.reply_id, FeedbackRow.helpful).order_by(FeedbackRow.at.desc()).limit(newest)
        thumbs = [(said.get(row[0], set()), row[1]) for row in session.execute(votes)]
    helped = Counter(slug for slugs, helpful in thumbs if helpful for slug in slugs)
    unhelpful = Counter(slug for slugs, helpful in thumbs if not helpful for slug in slugs)
    return {slug: ArticleUse(quoted[slug], helped[slug], unhelpful[slug]) for slug in quoted}
