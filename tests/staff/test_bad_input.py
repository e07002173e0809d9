"""What nobody should send, and what an engine should not have written: clear answers, nothing lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, insert, text
from typer.testing import CliRunner

from clinic.accounts.model import Role
from clinic.accounts.store import Accounts
from clinic.commands.conversations import app
from clinic.composition import open_log
from clinic.conversations.log_filter import Filter
from clinic.conversations.log_reading_store import LogReader
from clinic.conversations.tables_store import ConversationRow, MessageRow
from clinic.db import Sessions
from clinic.settings import Settings
from tests.staff.conftest import csrf_of
from tests.staff.test_roles import guarded, is_staffs, routes_of

SignIn = Callable[[Role], TestClient]
LIST = "/staff/conversations"
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
WHO = "0b5cdb5e-0000-4000-8000-000000000000"
HOSTILE = "\u202etxt.exe\u202c \x1b[31mred\x1b]0;title\x07 <b onclick=x>"
REPLY = {"id": "r", "kind": "not_covered", "text": "I can't find that.", "buttons": [], "sources": []}


def say(sessions: Sessions, said: list[tuple[str, datetime]], answered: timedelta | None = timedelta(0)) -> None:
    """A conversation of these messages, in the order they were written."""
    message: dict[str, Any] = {"conversation_id": WHO, "state": "answered" if answered is not None else "pending"}
    with sessions.begin() as session:
        row = {"id": WHO, "token_hash": "x", "started": NOW, "expires": NOW, "page": {}, "opening": []}
        session.execute(insert(ConversationRow), [row])
        rows = [
            {**message, "client_id": f"m{place}", "text": words, "at": at, "lease": at}
            | {
                "replies": [REPLY] if answered is not None else [],
                "answered": at + answered if answered is not None else None,
            }
            for place, (words, at) in enumerate(said)
        ]
        session.execute(insert(MessageRow), rows)


def hear(settings: Settings, events: list[Any]) -> None:
    """Rows of the engine's for that conversation."""
    with create_engine(settings.tracker_url).begin() as connection:
        connection.execute(
            text("CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)")
        )
        rows = [{"s": WHO, "d": one if isinstance(one, str) else json.dumps(one)} for one in events]
        connection.execute(text("INSERT INTO events (sender_id, data) VALUES (:s, :d)"), rows)


def test_a_conversation_of_five_thousand_turns_is_read_a_hundred_at_a_time(
    settings: Settings, sessions: Sessions, sign_in: SignIn
) -> None:
    say(sessions, [(f"question number {place}", NOW + timedelta(seconds=place)) for place in range(5000)])
    open_log(settings, sessions).catch_up()
    client = sign_in("staff")
    first = client.get(f"{LIST}/{WHO[:8]}?covered=no").text
    assert "question number 99<" in first
    assert "question number 100<" not in first
    (later,) = re.findall(r'href="([^"]+)">Later turns', first)
    assert "covered=no" in later, "the way on stays within the list"
    assert "question number 100<" in client.get(f"{LIST}/{WHO[:8]}{later.replace('&amp;', '&')}").text
    last = client.get(f"{LIST}/{WHO[:8]}?turn=4900").text
    assert "question number 4999<" in last
    assert "Later turns" not in last
    body = {"csrf": csrf_of(client), "do": "flag", "flagged": "no"}
    assert "turn=4900#turn-4999" in client.post(f"{LIST}/{WHO[:8]}/messages/4999", data=body).headers["location"]


def test_a_hundred_thousand_emoji_are_one_message(settings: Settings, sessions: Sessions, sign_in: SignIn) -> None:
    say(sessions, [("🦶" * 100_000, NOW)])
    open_log(settings, sessions).catch_up()
    client = sign_in("admin")
    for page in (LIST, f"{LIST}/{WHO[:8]}", f"{LIST}?q=🦶", "/staff/export/csv", "/staff/export/xlsx"):
        assert client.get(page).status_code == 200, page
    assert len(client.get(LIST).text) < 100_000


def test_a_terminal_is_given_no_order(settings: Settings, sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    say(sessions, [(HOSTILE, NOW)])
    for name, value in {"POINTE_VAR": str(settings.var), "POINTE_SECRET": "secret"}.items():
        monkeypatch.setenv(name, value)
    for arguments in (["list"], ["show", WHO[:8]]):
        shown = CliRunner().invoke(app, arguments)
        assert shown.exit_code == 0, shown.output
        assert "red" in shown.output
        assert not [one for one in ("\u202e", "\x1b", "\x07") if one in shown.output]


USER = {"event": "user", "text": "is it serious", "message_id": "m0", "timestamp": 1.0}


@pytest.mark.parametrize(
    "events",
    [
        [{**USER, "parse_data": None, "metadata": None}],
        [{**USER, "parse_data": []}],
        [{**USER, "parse_data": {"intent": "ask_causes", "entities": {"red_flag": 1}, "intent_ranking": "none"}}],
        [{**USER, "parse_data": {"intent": {"name": None, "confidence": "high"}, "intent_ranking": [{}, 7, None]}}],
        [{**USER, "parse_data": {"entities": ["red_flag", None], "spelling": "cos", "parts": ["one", {}]}}],
        [{**USER, "timestamp": "yesterday", "text": None, "message_id": 17, "metadata": "none"}],
        [{**USER, "timestamp": 1e300}, {**USER, "timestamp": -1e15}, {**USER, "timestamp": True}],
        [USER, {"event": "bot", "data": "custom", "text": 5, "metadata": ["kept"]}, {"event": "action", "name": {}}],
        [USER, {"event": "bot", "data": {"custom": ["kind"]}}, {"event": "bot", "data": {"custom": {"text": None}}}],
        [USER, {"event": "bot", "text": "x", "metadata": {"kept": {"questions": "many", "milliseconds": "few"}}}],
        [USER, {"event": "bot", "text": "x", "metadata": {"kept": {"questions": [{"passages": [["only"], 3]}, 4]}}}],
        [USER, {"event": "never heard of"}, {"no event": 1}, [1, 2], "null", "7", '{"event": "user", "te', ""],
    ],
)
def test_what_another_version_of_the_engine_wrote_hides_nothing(
    settings: Settings, sessions: Sessions, sign_in: SignIn, events: list[Any]
) -> None:
    say(sessions, [("is it serious", NOW)])
    hear(settings, events)
    log = open_log(settings, sessions)
    assert log.catch_up() == 1
    assert log.catch_up() == 0
    shown = sign_in("staff").get(f"{LIST}/{WHO[:8]}")
    assert shown.status_code == 200
    assert "is it serious" in shown.text


def test_a_message_that_nobody_answered_is_there(settings: Settings, sessions: Sessions, sign_in: SignIn) -> None:
    say(sessions, [("is anybody there", NOW)], answered=None)
    open_log(settings, sessions).catch_up()
    assert "Nothing was answered." in sign_in("staff").get(f"{LIST}/{WHO[:8]}").text


def test_an_article_that_is_gone_is_still_named_where_it_was_quoted(sign_in: SignIn, log: LogReader) -> None:
    client = sign_in("staff")
    one = log.page(Filter(kind="answer"))[0]  # No article was ever taken into this database.
    assert "Posterior Ankle Impingement in Dancers" in client.get(f"{LIST}/{one.id[:8]}").text
    assert "Nothing is found" in client.get(f"{LIST}?article=an-article-nobody-has").text


@pytest.mark.parametrize("leap", [timedelta(hours=-3), timedelta(days=365 * 400), timedelta(days=-365 * 100)])
def test_a_clock_that_leaps_loses_nothing(
    settings: Settings, sessions: Sessions, log: LogReader, sign_in: SignIn, leap: timedelta
) -> None:
    others = [one.id for one in log.every(Filter())]
    say(sessions, [("before", NOW), ("after", NOW + leap)], answered=leap)
    open_log(settings, sessions).catch_up()
    assert sorted([*others, WHO]) == sorted(one.id for one in log.every(Filter()))
    assert [one.text for one in log.turns(WHO)] == ["before", "after"], "in the order they were said"
    client = sign_in("staff")
    for page in (LIST, f"{LIST}/{WHO[:8]}", "/staff/numbers", "/staff"):
        assert client.get(page).status_code == 200, page


def test_conversations_of_one_moment_all_stand_in_the_list(
    settings: Settings, sessions: Sessions, log: LogReader
) -> None:
    with sessions.begin() as session:
        session.execute(text("UPDATE message SET at = '2026-11-20 10:00:00.000000'"))
    open_log(settings, sessions).rebuild()
    every = [one.id for one in log.every(Filter())]
    assert len(every) == len(set(every)) == 60
    first = log.page(Filter(), 1)[0]
    assert log.neighbours(Filter(), first)[0] is None
    found = [one.id for one in log.every(Filter(q="heel"))]
    assert found == [one for one in every if one in found], "found in the order of the list"


WRONG = (
    "0",
    "-1",
    "zzzzzzzz",
    "A-0000-00",
    "9" * 30,
    "%00",
    "..%2f..%2fsettings.yml",
    quote("💥"),
    "x" * 3000,
    "' OR 1=1",
)


def test_no_route_stumbles_over_an_id_that_is_none(
    sign_in: SignIn, visit: Callable[[], TestClient], sessions: Sessions, log: LogReader
) -> None:
    headers = {"authorization": f"Bearer {Accounts(sessions).make_token('a-admin')}"} if sign_in("admin") else {}
    client, needs = sign_in("admin"), {path for _, path, _ in guarded(visit())}
    csrf, before = csrf_of(client), log.count(Filter())
    walked = 0
    for route in routes_of(client.app.routes):  # type: ignore[attr-defined]
        if "{" not in route.path or not is_staffs(route.path) or re.sub(r"\{[^}]+\}", "0", route.path) not in needs:
            continue
        for wrong in WRONG:
            path = re.sub(r"\{[^}]+\}", wrong.replace("\\", ""), route.path)
            method = "POST" if "POST" in (route.methods or ()) else "GET"
            answer = client.request(method, path, data={"csrf": csrf} if method == "POST" else None, headers=headers)
            assert answer.status_code < 500, (method, path, answer.text[:300])
            assert "Traceback" not in answer.text
            walked += 1
    assert walked > 100
    assert log.count(Filter()) == before


FILTERS = """
q since until intent kind article flag covered why feedback request state
verdict assignee tag below least most model marked unread sample before turn
"""
NONSENSE = (
    "%00",
    "%25_|%5C",
    "-1",
    "nan",
    "1e999",
    "9" * 40,
    "9999-12-31",
    "0001-01-01",
    quote("💥\u202e"),
    "x" * 5000,
)


def test_a_filter_that_is_nonsense_is_said_or_finds_nothing(sign_in: SignIn, log: LogReader) -> None:
    client = sign_in("staff")
    for name in FILTERS.split():
        for wrong in NONSENSE:
            assert client.get(f"{LIST}?{name}={wrong}").status_code in (200, 400), (name, wrong)
            assert client.get(f"{LIST}/{log.page(Filter())[0].id[:8]}?{name}={wrong}").status_code in (200, 400)


def test_what_belongs_to_somebody_else_stays_as_it_is(sign_in: SignIn, log: LogReader, sessions: Sessions) -> None:
    one, other, (first, second) = sign_in("staff"), sign_in("trainer"), log.page(Filter(), 2)
    location = one.post("/staff/bulk", data={"csrf": csrf_of(one), "do": "reviewed"}).headers["location"]
    batch = location.split("undo=")[1].split("&")[0]
    other.post("/staff/bulk", data={"csrf": csrf_of(other), "do": "undo", "batch": batch})
    assert log.count(Filter(state="reviewed")) == log.count(Filter()), "another's decision about many"
    body = {"csrf": csrf_of(one), "revision": "1", "do": "undo"}
    assert other.post(f"{LIST}/{first.id[:8]}/review", data={**body, "csrf": csrf_of(other)}).status_code == 409
    assert one.post(f"{LIST}/{first.id[:8]}/review", data={**body, "csrf": csrf_of(other)}).status_code == 403
    longest = max(log.turns(second.id), key=lambda turn: turn.place).place
    beyond = {"csrf": csrf_of(one), "do": "flag", "flagged": "no"}
    assert one.post(f"{LIST}/{second.id[:8]}/messages/{longest + 1}", data=beyond).status_code == 404
