"""The audit log: who did what to which opaque reference. It is only ever added to."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from clinic.accounts.model import AuditEntry
from clinic.accounts.tables_store import AuditRow
from clinic.db import Sessions


class AuditLog:
    """Adds lines and reads them; nothing here or in the database changes one."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def add(self, who: str, action: str, subject: str = "") -> None:
        """Add a line; `subject` is a reference, never a visitor's words."""
        row = AuditRow(at=datetime.now(UTC), who=who[:60], action=action[:40], subject=subject[:200])
        with self._sessions.begin() as session:
            session.add(row)

    def newest(self, limit: int = 100, before: int = 0) -> list[AuditEntry]:
        """The newest lines, or those older than number `before`."""
        asked = select(AuditRow).order_by(AuditRow.number.desc()).limit(limit)
        if before:
            asked = asked.where(AuditRow.number < before)
        with self._sessions() as session:
            return [AuditEntry(one.number, one.at, one.who, one.action, one.subject) for one in session.scalars(asked)]
