"""Accounts and their API tokens, in the database."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from clinic.accounts.model import Account, AccountError, Role, check_password, check_role, tidy_name
from clinic.accounts.passwords import hash_password
from clinic.accounts.tables_store import AccountRow, ApiTokenRow, StaffSessionRow
from clinic.db import Sessions


class Accounts:
    """Adds, lists, changes and removes accounts. Every refusal is an AccountError with its reason."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def add(self, name: str, role: Role, password: str) -> Account:
        """A new account."""
        tidy = tidy_name(name)
        check_password(tidy, password)
        row = AccountRow(name=tidy, role=role, password_hash=hash_password(password), added=datetime.now(UTC))
        try:
            with self._sessions.begin() as session:
                session.add(row)
        except IntegrityError:
            raise AccountError(f"There is an account {tidy} already.") from None
        return to_account(row)

    def all(self) -> list[Account]:
        """Every account, by name."""
        with self._sessions() as session:
            return [to_account(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.name))]

    def is_empty(self) -> bool:
        """Whether nobody can sign in yet."""
        with self._sessions() as session:
            return not session.scalar(select(func.count()).select_from(AccountRow))

    def set_password(self, name: str, password: str) -> None:
        """A new password; every session of the account ends and a lock-out is lifted."""
        check_password(tidy_name(name), password)
        hashed = hash_password(password)
        with self._sessions.begin() as session:
            row = _row(session, name)
            row.password_hash, row.failures, row.locked_until = hashed, 0, None
            session.execute(delete(StaffSessionRow).where(StaffSessionRow.account_id == row.id))

    def set_role(self, name: str, role: Role) -> None:
        """Another role, from the next page on; the last administrator stays one."""
        with self._sessions.begin() as session:
            row = _row(session, name)
            if role != "admin":
                _refuse_last_admin(session, row)
            row.role = role

    def remove(self, name: str) -> None:
        """Remove an account with its sessions and tokens; the last administrator is kept."""
        with self._sessions.begin() as session:
            row = _row(session, name)
            _refuse_last_admin(session, row)
            for table in (StaffSessionRow, ApiTokenRow):
                session.execute(delete(table).where(table.account_id == row.id))
            session.delete(row)

    def make_token(self, name: str) -> str:
        """A token for another system, with the role of the account; it is kept nowhere but as a hash."""
        token = secrets.token_urlsafe(32)
        with self._sessions.begin() as session:
            row = _row(session, name)
            session.add(ApiTokenRow(token_hash=hash_token(token), account_id=row.id, made=datetime.now(UTC)))
        return token

    def of_token(self, token: str) -> Account | None:
        """The account that a token reads for."""
        asked = select(AccountRow).join(ApiTokenRow).where(ApiTokenRow.token_hash == hash_token(token))
        with self._sessions() as session:
            row = session.scalar(asked)
            return to_account(row) if row else None

    def revoke_tokens(self, name: str) -> int:
        """Make all tokens of an account worthless; how many there were."""
        with self._sessions.begin() as session:
            mine = ApiTokenRow.account_id == _row(session, name).id
            return int(session.execute(delete(ApiTokenRow).where(mine)).rowcount)  # type: ignore[attr-defined]


def to_account(row: AccountRow) -> Account:
    """The account of a row."""
    return Account(row.id, row.name, check_role(row.role), row.added, row.locked_until)


def hash_token(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _row(session: Session, name: str) -> AccountRow:
    row = session.scalar(select(AccountRow).where(AccountRow.name == tidy_name(name)))
    if row is None:
        raise AccountError(f"There is no account {tidy_name(name)}. `bin/clinic users list` shows them.")
    return row


def _refuse_last_admin(session: Session, row: AccountRow) -> None:
    admins = select(func.count()).select_from(AccountRow).where(AccountRow.role == "admin")
    if row.role == "admin" and session.scalar(admins) == 1:
        raise AccountError(f"{row.name} is the only administrator: make another one first.")
