"""What staff do in the console, each as they would say it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from clinic.accounts.audit_store import AuditLog
from clinic.accounts.model import Role
from clinic.accounts.store import Accounts
from clinic.appointments.model import Draft, Origin
from clinic.appointments.service import open_appointments
from clinic.composition import open_log
from clinic.conversations.log_filter import Filter
from clinic.conversations.log_reading_store import LogReader
from clinic.db import Sessions
from clinic.settings import Settings
from tests.staff.conftest import csrf_of

SignIn = Callable[[Role], TestClient]
LIST = "/staff/conversations"
HOSTILE = "<script>alert(1)</script> \u202etxt.exe\u202c \x1b[31mred"


def decide(client: TestClient, reference: str, revision: int, **fields: str) -> int:
    body = {"csrf": csrf_of(client), "revision": str(revision), **fields}
    return client.post(f"{LIST}/{reference}/review", data=body).status_code


def test_a_red_flag_stands_on_today_until_it_is_followed_up(sign_in: SignIn, log: LogReader) -> None:
    client = sign_in("staff")
    flagged = log.page(Filter(flag="any"))
    assert flagged
    assert all(one.id[:8] in client.get("/staff").text for one in flagged[:6])
    for one in flagged:
        assert decide(client, one.id[:8], 0, do="save", outcome="contacted") == 303
    assert "None. When a visitor describes" in client.get("/staff").text


def test_details_are_masked_on_both_sides_until_shown_and_that_is_noted(
    sign_in: SignIn, log: LogReader, sessions: Sessions
) -> None:
    client = sign_in("staff")
    one = log.page(Filter(q="you can reach me"))[0]
    page = f"{LIST}/{one.id[:8]}"
    assert "07700 900123" not in client.get(page).text
    assert "07700 900123" in client.post(f"{page}/show", data={"csrf": csrf_of(client)}).text
    newest = AuditLog(sessions).newest(1)[0]
    assert (newest.who, newest.action, newest.subject) == ("a-staff", "details shown", one.id[:8])


def test_two_who_decide_at_once_lose_nothing(sign_in: SignIn, log: LogReader) -> None:
    one, other = sign_in("staff"), sign_in("trainer")
    reference = log.page(Filter())[0].id[:8]
    assert decide(one, reference, 0, do="wrong", note="mine") == 303
    body = {"csrf": csrf_of(other), "revision": "0", "do": "right", "note": "theirs"}
    refused = other.post(f"{LIST}/{reference}/review", data=body)
    assert refused.status_code == 409
    assert "Somebody changed this" in refused.text
    assert "theirs" in refused.text
    assert (line := log.line(log.find(reference) or "")) is not None
    assert line.verdict == "wrong"


def test_a_decision_is_taken_back_by_whoever_made_it(sign_in: SignIn, log: LogReader) -> None:
    one, other = sign_in("staff"), sign_in("trainer")
    reference = log.page(Filter())[0].id[:8]
    decide(one, reference, 0, do="wrong")
    assert decide(other, reference, 1, do="undo") == 409
    assert decide(one, reference, 1, do="undo") == 303
    line = log.line(log.find(reference) or "")
    assert line is not None
    assert (line.verdict, line.state) == ("", "open")


def test_right_leads_to_the_next_of_the_same_list(sign_in: SignIn, log: LogReader) -> None:
    client, lines = sign_in("staff"), log.page(Filter(covered="no", state="open"))
    body = {"csrf": csrf_of(client), "revision": "0", "do": "right"}
    answer = client.post(f"{LIST}/{lines[0].id[:8]}/review?covered=no&state=open", data=body)
    assert answer.headers["location"] == f"{LIST}/{lines[1].id[:8]}?covered=no&state=open"


def test_one_decision_reaches_all_that_a_filter_finds(sign_in: SignIn, log: LogReader) -> None:
    client, whole = sign_in("staff"), log.count(Filter())
    assert whole > 50, "more than a page"
    client.post("/staff/bulk", data={"csrf": csrf_of(client), "do": "tag", "tags": "Month, seen"})
    assert log.count(Filter(tag="month")) == whole


def test_the_mail_is_shown_before_it_is_sent_and_sent_once(
    sign_in: SignIn, settings: Settings, sessions: Sessions
) -> None:
    desk = open_appointments(settings, sessions)
    draft = Draft("Tom Reid", "tom@example.org", "", "sore heel", "evenings")
    made = desk.take(draft, "Shall I send it?", "2026-11", Origin("conversation", "message"))
    client = sign_in("staff")
    page, body = (
        f"/staff/appointments/{made.reference}",
        {"csrf": csrf_of(client), "do": "accept", "at": "2030-03-01T17:30"},
    )
    shown = client.post(page, data=body)
    assert "Friday 1 March 2030 at 17:30" in shown.text
    assert desk.requests.find(made.reference).status == "requested"
    for _ in range(2):
        assert client.post(page, data={**body, "sure": "yes"}).status_code == 303
    with sessions() as session:
        sent = session.scalars(text("SELECT subject FROM outgoing_mail WHERE recipient = 'tom@example.org'")).all()
        told = str(session.scalar(text("SELECT text FROM outgoing_mail WHERE recipient = 'hello@example.org'")))
    assert len([one for one in sent if "1 March 2030" in one]) == 1
    assert page in told
    assert "bin/clinic" not in told


def test_what_is_put_aside_stays_aside(sign_in: SignIn, sessions: Sessions) -> None:
    from clinic.knowledge.unanswered_store import Gap, add_gap

    for words in ("is there parking", "Is there any parking?", "do you do home visits"):
        add_gap(sessions, Gap(words, "", "not covered", datetime.now(UTC)))
    client = sign_in("staff")
    page = client.get("/staff/gaps").text
    assert "asked 2 times" in page
    key = re.findall(r'name="key" value="(\w+)"', page)[0]
    client.post("/staff/gaps", data={"csrf": csrf_of(client), "key": key})
    assert "parking" not in client.get("/staff/gaps").text.lower()


def test_hostile_words_are_words(settings: Settings, sign_in: SignIn, log: LogReader, sessions: Sessions) -> None:
    who = log.page(Filter())[0].id
    with sessions.begin() as session:
        session.execute(text("UPDATE message SET text = :t WHERE conversation_id = :id"), {"t": HOSTILE, "id": who})
    open_log(settings, sessions).rebuild()
    client = sign_in("clinician")
    for page in (LIST, f"{LIST}/{who[:8]}", f"{LIST}?q=script", "/staff"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert not [one for one in ("<script>alert", "\u202e", "\x1b") if one in answer.text], page


def test_no_cell_of_an_export_is_a_formula(
    settings: Settings, sign_in: SignIn, log: LogReader, sessions: Sessions
) -> None:
    who = log.page(Filter())[0].id
    with sessions.begin() as session:
        session.execute(text("UPDATE message SET text = '=1+1' WHERE conversation_id = :id"), {"id": who})
    open_log(settings, sessions).rebuild()
    client = sign_in("admin")
    assert ",'=1+1," in client.get("/staff/export/csv").text
    assert len(client.get("/staff/export/jsonl").text.splitlines()) == log.count(Filter())


@pytest.mark.parametrize(
    "path",
    [
        f"{LIST}/0000",
        f"{LIST}/%25%25%25%25",
        "/staff/appointments/A-0000-00",
        f"{LIST}/{'x' * 300}",
        "/staff/export/exe",
    ],
)
def test_what_is_not_there_is_said_on_a_page(sign_in: SignIn, log: LogReader, path: str) -> None:
    answer = sign_in("admin").get(path)
    assert answer.status_code == 404
    assert "That did not work" in answer.text


@pytest.mark.parametrize("query", ["since=tomorrow", "below=often", "before=never"])
def test_a_filter_that_cannot_be_read_is_said(sign_in: SignIn, log: LogReader, query: str) -> None:
    assert sign_in("staff").get(f"{LIST}?{query}").status_code == 400


def test_erasing_in_the_console_leaves_only_a_reference(sign_in: SignIn, log: LogReader, sessions: Sessions) -> None:
    client, line = sign_in("admin"), log.page(Filter())[0]
    decide(client, line.id[:8], 0, do="wrong", note="a telling note")
    body = {"csrf": csrf_of(client), "conversation": line.id[:8], "sure": "yes"}
    assert client.post("/staff/privacy/erase", data=body).headers["location"].startswith("/staff/privacy?done=E-")
    assert log.line(line.id) is None
    with sessions() as session:
        assert not session.scalar(text("SELECT count(*) FROM review_event"))


def test_another_system_reads_the_list_and_no_contact(sign_in: SignIn, log: LogReader, sessions: Sessions) -> None:
    client = sign_in("staff")
    headers = {"authorization": f"Bearer {Accounts(sessions).make_token('a-staff')}"}
    found = client.get("/api/staff/conversations?q=reach", headers=headers).json()["conversations"]
    whole = client.get(f"/api/staff/conversations/{found[0]['id'][:8]}", headers=headers)
    assert whole.json()["turns"]
    assert "900123" not in whole.text


def test_all_of_a_visitors_is_found_shown_and_erased(
    sign_in: SignIn, log: LogReader, settings: Settings, sessions: Sessions
) -> None:
    client, desk = sign_in("admin"), open_appointments(settings, sessions)
    said = {one.id for one in log.every(Filter(q="you can reach me"))}
    other = log.page(Filter(kind="urgent"))[0].id
    desk.take(Draft("Tom Reid", "tom@example.org"), "Shall I send it?", "2026-11", Origin(other, "m"))
    kept = desk.take(Draft("Ana Ruiz", "ana@example.org"), "Shall I send it?", "2026-11", Origin("else", "m"))
    body, page = {"csrf": csrf_of(client), "contact": "tom@example.org"}, "/staff/privacy/visitor"
    shown = client.post(page, data=body).text
    assert f"Found: {len(said | {other})} conversations and 1 request." in shown
    assert log.line(other), "nothing goes before it was shown"
    assert client.post(page, data={**body, "sure": "yes"}).status_code == 303
    assert not [one for one in said | {other} if log.line(one)]
    assert [one.reference for one in desk.requests.all()] == [kept.reference]
    assert "tom@example.org" not in str(AuditLog(sessions).newest())
    assert client.post(page, data={**body, "contact": "tom"}).status_code == 400


def test_a_number_is_found_however_it_was_spaced(sign_in: SignIn, log: LogReader) -> None:
    client = sign_in("admin")
    answer = client.post("/staff/privacy/visitor", data={"csrf": csrf_of(client), "contact": "+44 7700 900 123"})
    said = len(list(log.every(Filter(q="you can reach me"))))
    assert f"Found: {said} conversation" in answer.text


def test_what_retention_will_erase_is_told_before(sign_in: SignIn, log: LogReader, sessions: Sessions) -> None:
    client = sign_in("admin")
    assert re.search(r"conversations</th><td>0</td><td>0 more", client.get("/staff/privacy").text)
    with sessions.begin() as session:
        for table, column in (("conversation", "started"), ("message", "at")):
            session.execute(text(f"UPDATE {table} SET {column} = datetime({column}, '-85 days')"))
    assert not re.search(r"conversations</th><td>0</td><td>0 more", client.get("/staff/privacy").text)


def test_a_list_for_excel_holds_words_and_no_formula(
    settings: Settings, sign_in: SignIn, log: LogReader, sessions: Sessions
) -> None:
    import io

    from openpyxl import load_workbook

    who = log.page(Filter())[0].id
    with sessions.begin() as session:
        session.execute(text("UPDATE message SET text = '=1+1\x01' WHERE conversation_id = :id"), {"id": who})
    open_log(settings, sessions).rebuild()
    book = load_workbook(io.BytesIO(sign_in("admin").get("/staff/export/xlsx").content))
    rows = list(book["Conversations"].iter_rows(values_only=True))
    assert len(rows) == log.count(Filter()) + 1
    (mine,) = [row for row in rows if row[0] == who]
    assert "'=1+1" in mine


def test_questions_about_the_clinic_name_the_setting_that_answers_them(
    settings: Settings, sign_in: SignIn, log: LogReader, sessions: Sessions
) -> None:
    import numpy as np

    from clinic.composition import theme_gaps
    from clinic.knowledge.unanswered_store import Gap, add_gap, forget_gaps

    places = {"is there parking": 0, "where can I leave the car": 0, "can you help with shin splints": 1}

    def encode(texts: object) -> object:
        return np.eye(4, dtype=np.float32)[[places[one] for one in texts]]  # type: ignore[attr-defined]

    said = {turn.text: (one.id, turn.at) for one in log.every(Filter(covered="no")) for turn in log.turns(one.id)}
    parking, shins = said["is there parking at the clinic"], said["can you help with shin splints"]
    for words, (who, at) in zip(places, (parking, parking, shins), strict=True):
        add_gap(sessions, Gap(words, "", "weak", at), who)
    assert theme_gaps(settings, sessions, encode) == 3  # type: ignore[arg-type]
    assert theme_gaps(settings, sessions, encode) == 0  # type: ignore[arg-type]
    page = sign_in("staff").get("/staff/gaps").text
    assert "asked 2 times" in page, "alike in meaning, not in words"
    assert "facts.parking" in page
    assert page.index("About the body") < page.index("shin splints") < page.index("About the clinic")
    forget_gaps(sessions, parking[0])
    forget_gaps(sessions, shins[0])
    theme_gaps(settings, sessions, encode)  # type: ignore[arg-type]
    with sessions() as session:
        assert not session.scalar(text("SELECT count(*) FROM gap_theme"))


def test_a_console_without_a_conversation_says_how_one_comes_and_draws_no_bar(sign_in: SignIn) -> None:
    client = sign_in("staff")
    listed = client.get(LIST).text
    assert "No conversation yet." in listed
    assert "Take a filter away" not in listed
    assert "Nothing is found" in client.get(f"{LIST}?q=heel").text
    numbers = client.get("/staff/numbers").text
    assert "No conversation yet in these 30 days." in numbers
    assert "highest bar" not in numbers
