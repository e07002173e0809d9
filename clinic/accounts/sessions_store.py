"""Signing in and out: sessions on the server, a lock-out after wrong passwords."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update

from clinic.accounts.model import AccountError, SignedIn
from clinic.accounts.passwords import is_password
from clinic.accounts.store import hash_token, to_account
from clinic.accounts.tables_store import AccountRow, StaffSessionRow
from clinic.db import Sessions

LONGEST = timedelta(hours=12)
IDLE = timedelta(hours=2)
TRIES = 5
LOCKED = timedelta(minutes=15)
WRONG = "That name and password do not go together."
TOO_OFTEN = f"Too many wrong passwords. Please try again in {LOCKED.seconds // 60} minutes, or ask an administrator."


def _now() -> datetime:
    return datetime.now(UTC)


class StaffSessions:
    """Sessions of staff. A session ends after LONGEST, or when nothing was opened for IDLE."""

    def __init__(self, sessions: Sessions, clock: Callable[[], datetime] = _now) -> None:
        self._sessions = sessions
        self._clock = clock

    def sign_in(self, name: str, password: str) -> str:
        """The token of a new session; raises AccountError, the same for a wrong name and a wrong password."""
        now = self._clock()
        mine = AccountRow.name == name.strip().lower()
        with self._sessions.begin() as session:
            # Counted before the password is looked at, so that tries at the same moment count too.
            session.execute(update(AccountRow).where(mine).values(failures=AccountRow.failures + 1))
            row = session.scalar(select(AccountRow).where(mine))
            locked = row is not None and row.locked_until is not None and row.locked_until > now
            if row is not None and row.failures >= TRIES and not locked:
                row.failures, row.locked_until = 0, now + LOCKED
            hashed = row.password_hash if row else None
        right = is_password(hashed, password)
        if locked:
            raise AccountError(TOO_OFTEN)
        if row is None or not right:
            raise AccountError(WRONG)
        return self._start(row.id)

    def open(self, name: str) -> str:
        """The token of a new session for whom somebody we trust vouches; raises AccountError without an account."""
        with self._sessions() as session:
            row = session.scalar(select(AccountRow).where(AccountRow.name == name.strip().lower()))
        if row is None:
            raise AccountError("There is no account for you here. Ask an administrator to add one with your address.")
        return self._start(row.id)

    def _start(self, account_id: int) -> str:
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._sessions.begin() as session:
            session.execute(delete(StaffSessionRow).where(StaffSessionRow.started < now - LONGEST))
            session.execute(update(AccountRow).where(AccountRow.id == account_id).values(failures=0, locked_until=None))
            session.add(
                StaffSessionRow(
                    token_hash=hash_token(token),
                    account_id=account_id,
                    csrf=secrets.token_urlsafe(32),
                    started=now,
                    seen=now,
                )
            )
        return token

    def find(self, token: str) -> SignedIn | None:
        """Who is signed in with that token; None when it never was, has ended or its account is gone."""
        now = self._clock()
        asked = (
            select(StaffSessionRow, AccountRow).join(AccountRow).where(StaffSessionRow.token_hash == hash_token(token))
        )
        with self._sessions.begin() as session:
            found = session.execute(asked).first()
            if found is None:
                return None
            row, account = found
            if not row.started - LONGEST < now < row.started + LONGEST or now > row.seen + IDLE:
                return None
            if now > row.seen + timedelta(minutes=1):
                row.seen = now
            return SignedIn(to_account(account), row.csrf)

    def sign_out(self, token: str) -> None:
        """End one session."""
        with self._sessions.begin() as session:
            session.execute(delete(StaffSessionRow).where(StaffSessionRow.token_hash == hash_token(token)))

    def sign_out_everywhere(self, account_id: int) -> None:
        """End every session of an account."""
        with self._sessions.begin() as session:
            session.execute(delete(StaffSessionRow).where(StaffSessionRow.account_id == account_id))
