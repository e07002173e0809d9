from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from clinic.accounts.audit_store import AuditLog
from clinic.accounts.model import AccountError, SignedIn
from clinic.accounts.sessions_store import IDLE, LOCKED, LONGEST, TRIES, StaffSessions
from clinic.accounts.store import Accounts
from clinic.db import Sessions

WORDS = "four quiet green kettles"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(sessions: Sessions, accounts: Accounts, clock: Clock) -> StaffSessions:
    accounts.add("Ros", "trainer", WORDS)
    return StaffSessions(sessions, clock)


def found(desk: StaffSessions, token: str) -> SignedIn:
    user = desk.find(token)
    assert user is not None
    return user


def test_whoever_signs_in_is_known_by_name_and_role(desk: StaffSessions) -> None:
    user = found(desk, desk.sign_in(" ROS ", WORDS))
    assert (user.account.name, user.account.role, user.may("staff"), user.may("clinician")) == (
        "ros",
        "trainer",
        True,
        False,
    )


def test_nothing_says_whether_a_name_exists(desk: StaffSessions) -> None:
    refusals = []
    for name in ("ros", "nobody"):
        with pytest.raises(AccountError) as refused:
            desk.sign_in(name, "not the password")
        refusals.append(str(refused.value))
    assert refusals[0] == refusals[1]


def test_after_five_wrong_passwords_the_right_one_waits(desk: StaffSessions, clock: Clock) -> None:
    for _ in range(TRIES):
        with pytest.raises(AccountError):
            desk.sign_in("ros", "not the password")
    with pytest.raises(AccountError, match="Too many"):
        desk.sign_in("ros", WORDS)
    clock.now += LOCKED + timedelta(seconds=1)
    assert desk.find(desk.sign_in("ros", WORDS))


@pytest.mark.parametrize("wait", [IDLE + timedelta(seconds=1), LONGEST, -LONGEST - timedelta(seconds=1)])
def test_a_session_ends_by_itself(desk: StaffSessions, clock: Clock, wait: timedelta) -> None:
    token = desk.sign_in("ros", WORDS)
    clock.now += wait
    assert desk.find(token) is None


def test_signing_out_everywhere_ends_each_session(desk: StaffSessions) -> None:
    tokens = [desk.sign_in("ros", WORDS) for _ in range(3)]
    desk.sign_out_everywhere(found(desk, tokens[0]).account.id)
    assert [desk.find(one) for one in tokens] == [None, None, None]


def test_a_new_password_ends_each_session(desk: StaffSessions, accounts: Accounts) -> None:
    token = desk.sign_in("ros", WORDS)
    accounts.set_password("ros", "five loud orange spoons")
    assert desk.find(token) is None
    with pytest.raises(AccountError):
        desk.sign_in("ros", WORDS)


def test_a_removed_account_is_signed_out(desk: StaffSessions, accounts: Accounts) -> None:
    token = desk.sign_in("ros", WORDS)
    accounts.remove("ros")
    assert desk.find(token) is None


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa", "my name is ros here", "x" * 300])
def test_a_weak_password_is_refused(accounts: Accounts, password: str) -> None:
    with pytest.raises(AccountError):
        accounts.add("ros", "staff", password)


def test_the_last_administrator_stays(accounts: Accounts) -> None:
    accounts.add("amal", "admin", WORDS)
    with pytest.raises(AccountError, match="only administrator"):
        accounts.remove("amal")
    with pytest.raises(AccountError, match="only administrator"):
        accounts.set_role("amal", "staff")


def test_nothing_secret_is_kept_in_clear(desk: StaffSessions, accounts: Accounts, sessions: Sessions) -> None:
    token, api = desk.sign_in("ros", WORDS), accounts.make_token("ros")
    with sessions() as session:
        kept = [
            str(session.execute(text(f"SELECT * FROM {one}")).all())
            for one in ("account", "staff_session", "api_token")
        ]
    assert not any(secret in "".join(kept) for secret in (WORDS, token, api))
    assert "$argon2id$" in kept[0]


@pytest.mark.parametrize("change", ["UPDATE audit_entry SET who = 'x'", "DELETE FROM audit_entry"])
def test_the_audit_log_cannot_be_changed(sessions: Sessions, change: str) -> None:
    audit = AuditLog(sessions)
    audit.add("ros", "shown", "4ae318f5")
    with pytest.raises(IntegrityError, match="append-only"), sessions.begin() as session:
        session.execute(text(change))
    assert [(one.who, one.action, one.subject) for one in audit.newest()] == [("ros", "shown", "4ae318f5")]
