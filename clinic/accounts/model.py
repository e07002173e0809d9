"""Accounts and roles as values; standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from clinic.problem import Problem

Role = Literal["staff", "trainer", "clinician", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""From the least to the most: whoever has one may do what those before it may."""
LONGEST_NAME = 60
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200


class AccountError(Problem):
    """Something that cannot be done with an account; the message says why."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in."""

    id: int
    name: str
    role: Role
    added: datetime
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An account in one of its sessions; `csrf` must come with every form. It is empty for an API token."""

    account: Account
    csrf: str = ""

    def may(self, needed: Role) -> bool:
        """Whether the account's role covers `needed`."""
        return allows(self.account.role, needed)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit log: who did what to which opaque reference."""

    number: int
    at: datetime
    who: str
    action: str
    subject: str


def allows(role: Role, needed: Role) -> bool:
    """Whether somebody with `role` may do what needs `needed`."""
    return ROLES.index(role) >= ROLES.index(needed)


def tidy_name(written: str) -> str:
    """A name as it is stored, lower case; raises AccountError for one that cannot be used."""
    name = written.strip().lower()
    if not 0 < len(name) <= LONGEST_NAME or not all(one.isalnum() or one in "._-@" for one in name):
        raise AccountError(f"A name has up to {LONGEST_NAME} letters, digits, dots, hyphens or @.")
    return name


def check_password(name: str, password: str) -> None:
    """Raise AccountError for a password that is too easy to guess or too long to read."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise AccountError(f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters: four words are good.")
    if len(set(password)) < 5 or name in password.lower():
        raise AccountError("That password is easy to guess: it repeats itself or holds the name.")


def check_role(written: str) -> Role:
    """The role of that name; raises AccountError for none."""
    for role in ROLES:
        if role == written:
            return role
    raise AccountError(f"There is no role {written!r}: choose {', '.join(ROLES)}.")
