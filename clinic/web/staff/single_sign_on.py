"""Signing in with the clinic's own accounts: OpenID Connect, the code flow with PKCE, by `sign_in` in settings.

Who may sign in and as what is still said by our accounts: the provider only vouches for the name.
"""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from fastapi import APIRouter, Request
from fastapi.responses import Response
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from clinic.accounts.model import AccountError
from clinic.settings import Settings
from clinic.settings_operation import SignIn
from clinic.web.staff.access import StaffProblem, go, services_of
from clinic.web.staff.sign_in import begin_session, inside

router = APIRouter(include_in_schema=False)
COOKIE = "pointe_sign_in"
MINUTES = 10
SECONDS = 5.0
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
FAILED = "Your clinic's sign-in could not be used just now. Try again, or sign in with a password."


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one sign-in must come back with; kept in the browser until it does."""

    state: str
    nonce: str
    verifier: str
    place: str

    def to_cookie(self) -> str:
        """As the cookie keeps it."""
        return urlsafe_b64encode(json.dumps([self.state, self.nonce, self.verifier, self.place]).encode()).decode()

    @classmethod
    def from_cookie(cls, written: str) -> Attempt | None:
        """What the cookie keeps, or None for anything else."""
        try:
            parts = json.loads(urlsafe_b64decode(written.encode()))
            state, nonce, verifier, place = (str(one) for one in parts)
        except (ValueError, TypeError):
            return None
        return cls(state, nonce, verifier, place)


@router.get("/login/elsewhere")
def leave(request: Request, next: str = "") -> Response:
    """To the clinic's own sign-in, without a role."""
    settings: Settings = request.app.state.settings
    provider = _provider(settings.sign_in)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    attempt = Attempt(state, nonce, verifier, inside(next))
    with _client(settings) as client:
        address, _ = client.create_authorization_url(
            provider["authorization_endpoint"],
            state=attempt.state,
            nonce=attempt.nonce,
            code_verifier=attempt.verifier,
        )
    answer = go(address)
    secure = settings.web.site.startswith("https:")
    answer.set_cookie(
        COOKIE, attempt.to_cookie(), MINUTES * 60, httponly=True, samesite="lax", secure=secure, path="/login"
    )
    return answer


@router.get("/login/return")
def come_back(request: Request, code: str = "", state: str = "") -> Response:
    """From the clinic's sign-in: whoever it vouches for, and has an account here, is signed in. Without a role."""
    settings, services = request.app.state.settings, services_of(request)
    attempt = Attempt.from_cookie(request.cookies.get(COOKIE, ""))
    if attempt is None or not code or not secrets.compare_digest(attempt.state.encode(), state.encode()):
        raise StaffProblem(403, "That sign-in was not begun here, or is too old. Begin again on the sign-in page.")
    name = _vouched_for(settings, attempt, code)
    try:
        token = services.sessions.open(name)
    except AccountError as error:
        services.audit.add("somebody", "sign-in refused")
        raise StaffProblem(403, str(error)) from None
    services.audit.add(name.lower(), "signed in")
    answer = begin_session(request, token, attempt.place)
    answer.delete_cookie(COOKIE, path="/login")
    return answer


def _vouched_for(settings: Settings, attempt: Attempt, code: str) -> str:
    """The account's name in a token that was made for us, now, for this attempt."""
    wanted, provider = settings.sign_in, _provider(settings.sign_in)
    try:
        with _client(settings) as client:
            given = client.fetch_token(provider["token_endpoint"], code=code, code_verifier=attempt.verifier)
        keys = KeySet.import_key_set(_fetch(provider["jwks_uri"]))
        token = jwt.decode(str(given.get("id_token", "")), keys, algorithms=ALGORITHMS)
        rules: dict[str, Any] = {
            "iss": {"essential": True, "value": wanted.issuer},
            "aud": {"essential": True, "value": wanted.client_id},
            "nonce": {"essential": True, "value": attempt.nonce},
            "exp": {"essential": True},
        }
        jwt.JWTClaimsRegistry(leeway=60, **rules).validate(token.claims)
    except (JoseError, AuthlibBaseError, httpx.HTTPError, ValueError) as error:
        raise StaffProblem(502, FAILED) from error
    name = str(token.claims.get(wanted.name_claim) or "")
    if not name or (wanted.name_claim == "email" and token.claims.get("email_verified") is not True):
        raise StaffProblem(403, "Your clinic's sign-in did not say who you are: it must give a verified address.")
    return name


def _client(settings: Settings) -> OAuth2Client:
    wanted = settings.sign_in
    return OAuth2Client(
        wanted.client_id,
        wanted.client_secret or None,
        token_endpoint_auth_method="client_secret_basic" if wanted.client_secret else "none",
        scope="openid email profile",
        redirect_uri=f"{settings.web.site}/login/return",
        code_challenge_method="S256",
        timeout=SECONDS,
    )


def _provider(wanted: SignIn) -> dict[str, Any]:
    """What the provider says of itself; it must be the one that was asked."""
    if not wanted.issuer:
        raise StaffProblem(404, "Signing in elsewhere is not set up here: sign in with a password.")
    found: dict[str, Any] = _fetch(f"{wanted.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != wanted.issuer:
        raise StaffProblem(502, FAILED)
    return found


def _fetch(address: str) -> Any:
    try:
        return httpx.get(address, timeout=SECONDS).raise_for_status().json()
    except (httpx.HTTPError, ValueError) as error:
        raise StaffProblem(502, FAILED) from error
