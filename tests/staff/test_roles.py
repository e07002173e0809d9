from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from clinic.accounts.model import ROLES, Role, allows
from clinic.accounts.store import Accounts
from clinic.db import Sessions
from clinic.web.staff.access import Require
from tests.staff.conftest import WORDS, csrf_of

Visit = Callable[[], TestClient]
SignIn = Callable[[Role], TestClient]
WITHOUT_ROLE = {"/login", "/login/elsewhere", "/login/return"}


def is_staffs(path: str) -> bool:
    return path.startswith(("/staff", "/studio", "/api/staff", "/login", "/logout"))


def routes_of(routes: list[Any]) -> Iterator[APIRoute]:
    for one in routes:
        if isinstance(one, APIRoute):
            yield one
        else:  # a router that was included as a whole
            yield from routes_of(getattr(getattr(one, "original_router", one), "routes", []))


def guarded(client: TestClient) -> list[tuple[str, str, Require]]:
    found = []
    for route in routes_of(client.app.routes):  # type: ignore[attr-defined]
        if not is_staffs(route.path) or route.path in WITHOUT_ROLE:
            continue
        needs = [one.call for one in route.dependant.dependencies if isinstance(one.call, Require)]
        assert len(needs) == 1, f"{route.path} names no role"
        path = re.sub(r"\{[^}]+\}", "0", route.path)
        found += [(method, path, needs[0]) for method in route.methods or () if method != "HEAD"]
    return found


def test_every_route_lets_in_exactly_its_roles(sign_in: SignIn, visit: Visit, sessions: Sessions) -> None:
    routes = guarded(visit())
    assert len(routes) >= 3
    for role in ROLES:
        headers = {"authorization": f"Bearer {Accounts(sessions).make_token(f'a-{role}')}"}
        for method, path, need in routes:
            client = sign_in(role)
            body = {"csrf": csrf_of(client)} if method == "POST" else None
            answer = client.request(method, path, data=body, headers=headers if need.api else {})
            assert (answer.status_code == 403) is not allows(role, need.role), (role, method, path)
            assert answer.status_code < 500, (method, path, answer.text)


def test_nobody_gets_in_unasked(visit: Visit) -> None:
    for method, path, need in guarded(visit()):
        answer = visit().request(method, path)
        assert answer.status_code == (401 if need.api else 303), (method, path)
        assert need.api or answer.headers["location"].startswith("/login")


def test_a_form_without_its_token_changes_nothing(sign_in: SignIn, visit: Visit) -> None:
    for method, path, need in guarded(visit()):
        if method == "POST" and not need.api:
            assert sign_in("admin").post(path, data={"csrf": "wrong"}).status_code == 403, path


def test_signing_in_leads_where_one_wanted_to_and_nowhere_else(sign_in: SignIn, visit: Visit) -> None:
    sign_in("staff")
    for wanted, place in [
        ("/staff/account", "/staff/account"),
        ("https://example.org/staff", "/staff"),
        ("//example.org/staff", "/staff"),
        ("/\\example.org", "/staff"),
    ]:
        answer = visit().post("/login", data={"name": "a-staff", "password": WORDS, "next": wanted})
        assert answer.headers["location"] == place


@pytest.mark.parametrize("everywhere", ["", "1"])
def test_a_session_is_worthless_after_signing_out(sign_in: SignIn, visit: Visit, everywhere: str) -> None:
    client = sign_in("staff")
    cookie = client.cookies["pointe_staff"]
    client.post("/logout", data={"csrf": csrf_of(client), "everywhere": everywhere})
    again = visit()
    again.cookies.set("pointe_staff", cookie)
    assert again.get("/staff/account").status_code == 303


def test_a_sign_in_form_of_another_site_is_refused(sign_in: SignIn, visit: Visit) -> None:
    sign_in("staff")
    body = {"name": "a-staff", "password": WORDS}
    assert visit().post("/login", data=body, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_changing_the_password_needs_the_old_one(sign_in: SignIn, visit: Visit) -> None:
    client, other = sign_in("staff"), sign_in("staff")
    body = {"csrf": csrf_of(client), "old": "wrong", "new": "five loud orange spoons"}
    assert client.post("/staff/account", data=body).status_code == 400
    assert client.post("/staff/account", data=body | {"old": WORDS}).status_code == 303
    assert other.get("/staff/account").status_code == 303
    assert client.get("/staff/account").status_code == 200
