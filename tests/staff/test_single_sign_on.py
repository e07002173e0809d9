"""Staff sign in with the clinic's own accounts, at a provider that really answers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import RSAKey

from clinic.accounts.store import Accounts
from clinic.db import Sessions
from clinic.settings import Settings
from clinic.settings_operation import SignIn
from clinic.web.app import Parts, create_app
from tests.staff.conftest import WORDS, SilentEngine
from tests.staff.provider import CLIENT, SECRET, Provider, running_provider


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running_provider() as running:
        yield running


@pytest.fixture
def browser(provider: Provider, settings: Settings, sessions: Sessions) -> Iterator[TestClient]:
    Accounts(sessions).add("ros@example.org", "trainer", WORDS)
    wanted = SignIn(provider.issuer, CLIENT, client_secret=SECRET)
    with TestClient(create_app(replace(settings, sign_in=wanted), Parts(SilentEngine(), sessions))) as client:
        client.follow_redirects = False
        yield client


def go_there(browser: TestClient, place: str = "/studio") -> str:
    """To the provider and back; where it sent us back to, within our site."""
    there = browser.get(f"/login/elsewhere?next={place}").headers["location"]
    back = urlsplit(httpx.get(there).headers["location"])
    return f"{back.path}?{back.query}"


def test_whoever_the_clinic_vouches_for_is_signed_in_and_goes_on(browser: TestClient) -> None:
    assert "Sign in with the clinic" in browser.get("/login").text
    answer = browser.get(go_there(browser))
    assert (answer.status_code, answer.headers["location"]) == (303, "/studio")
    assert "ros@example.org" in browser.get("/staff").text


def test_a_stranger_with_a_good_token_has_no_account(browser: TestClient, provider: Provider) -> None:
    provider.claims = {"email": "stranger@example.org"}
    answer = browser.get(go_there(browser))
    assert answer.status_code == 403
    assert "no account for you" in answer.text
    assert browser.get("/staff").status_code == 303


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "false"},
        {"nonce": "another"},
        {"aud": "somebody-else"},
        {"iss": "https://elsewhere.example.org"},
        {"exp": int(time.time()) - 3600},
    ],
)
def test_a_token_that_is_not_for_us_now_is_refused(
    browser: TestClient, provider: Provider, claims: dict[str, object]
) -> None:
    provider.claims = claims
    assert browser.get(go_there(browser)).status_code in (403, 502)
    assert browser.get("/staff").status_code == 303


def test_a_token_signed_by_another_key_is_refused(browser: TestClient, provider: Provider) -> None:
    provider.signing = RSAKey.generate_key(2048, {"kid": "one"})
    assert browser.get(go_there(browser)).status_code == 502
    assert browser.get("/staff").status_code == 303


def test_a_way_back_that_was_not_begun_here_leads_nowhere(browser: TestClient) -> None:
    back = go_there(browser)
    assert browser.get(f"{back[:-3]}xyz").status_code == 403
    browser.cookies.clear()
    assert browser.get(back).status_code == 403


def test_a_way_back_is_gone_once(browser: TestClient) -> None:
    back = go_there(browser)
    assert browser.get(back).status_code == 303
    assert browser.get(back).status_code == 403


def test_it_never_leads_to_another_site(browser: TestClient) -> None:
    answer = browser.get(go_there(browser, "https://elsewhere.example.org/staff"))
    assert answer.headers["location"] == "/staff"


def test_a_provider_that_is_gone_is_said(settings: Settings, sessions: Sessions) -> None:
    wanted = SignIn("http://127.0.0.1:9", CLIENT, client_secret=SECRET)
    with TestClient(create_app(replace(settings, sign_in=wanted), Parts(SilentEngine(), sessions))) as client:
        assert client.get("/login/elsewhere", follow_redirects=False).status_code == 502
