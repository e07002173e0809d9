"""Who may open what: every route of staff, console and studio names its role with `require`."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qs, quote

from fastapi import Depends, FastAPI, Path, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from clinic.accounts.audit_store import AuditLog
from clinic.accounts.model import Role, SignedIn
from clinic.accounts.sessions_store import StaffSessions
from clinic.accounts.store import Accounts
from clinic.db import Sessions
from clinic.web.errors import HttpProblem
from clinic.web.templating import TEMPLATES

COOKIE = "pointe_staff"
SAFE = {"GET", "HEAD"}
NO_STORE = {"cache-control": "no-store", "x-robots-tag": "noindex", "referrer-policy": "same-origin"}


@dataclass(frozen=True, slots=True)
class AccountServices:
    """What signing in needs; `app.state.accounts`."""

    accounts: Accounts
    sessions: StaffSessions
    audit: AuditLog

    @classmethod
    def open(cls, sessions: Sessions) -> AccountServices:
        """Everything on one database."""
        return cls(Accounts(sessions), StaffSessions(sessions), AuditLog(sessions))


class SignInNeeded(Exception):
    """Nobody is signed in; answered with the sign-in page."""


class StaffProblem(Exception):
    """What a member of staff is told on a page of its own."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


@dataclass(frozen=True, slots=True)
class Require:
    """A dependency that lets an account of at least `role` pass, and gives who it is.

    A form must bring the session's `csrf`. With `api`, a bearer token takes the place of the session.
    """

    role: Role
    api: bool = False

    async def __call__(self, request: Request) -> SignedIn:
        """Who is signed in; raises SignInNeeded, StaffProblem, or HttpProblem for the API."""
        user = await run_in_threadpool(_bearer if self.api else signed_in, request)
        if user is None:
            if self.api:
                raise HttpProblem(401, "Send a token as `Authorization: Bearer ...`: bin/clinic users token NAME.")
            raise SignInNeeded
        if not user.may(self.role):
            detail = f"This needs the role {self.role}; you are signed in as {user.account.role}."
            raise HttpProblem(403, detail) if self.api else StaffProblem(403, detail)
        if not self.api and request.method not in SAFE:
            given = (await read_fields(request)).get("csrf", "")
            if not hmac.compare_digest(given.encode(), user.csrf.encode()):
                raise StaffProblem(403, "This form was too old to be used. Go back, load the page again and repeat it.")
        return user


def require(role: Role, *, api: bool = False) -> Require:
    """The dependency of a route: `user: Annotated[SignedIn, Depends(require("trainer"))]`."""
    return Require(role, api)


async def read_fields(request: Request) -> dict[str, str]:
    """The fields of a posted form, the first of each name; its size is limited by the application's guards."""
    written = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=500)
    return {name: values[0].strip().replace("\x00", "") for name, values in written.items()}


Number = Annotated[int, Path(ge=0, le=2**31 - 1)]
"""A number in an address, that every database can be asked for."""
Fields = Annotated[dict[str, str], Depends(read_fields)]
Staff = Annotated[SignedIn, Depends(require("staff"))]
Trainer = Annotated[SignedIn, Depends(require("trainer"))]
Clinician = Annotated[SignedIn, Depends(require("clinician"))]
Admin = Annotated[SignedIn, Depends(require("admin"))]


def services_of(request: Request) -> AccountServices:
    """Accounts, sessions and audit log of this application."""
    services: AccountServices = request.app.state.accounts
    return services


def signed_in(request: Request) -> SignedIn | None:
    """Who is signed in in this browser, or None."""
    token = request.cookies.get(COOKIE, "")
    return services_of(request).sessions.find(token) if token else None


def page(request: Request, name: str, user: SignedIn | None, values: dict[str, object], status: int = 200) -> Response:
    """A page of the console or the studio: `user`, `clinic` and `csrf` stand beside `values`; no cache keeps it."""
    settings = request.app.state.settings
    known = {"user": user, "csrf": user.csrf if user else "", "clinic": settings.clinic}
    return TEMPLATES.TemplateResponse(request, name, {**known, **values}, status_code=status, headers=NO_STORE)


def go(place: str) -> RedirectResponse:
    """On to another page after a form."""
    return RedirectResponse(place, 303, headers=NO_STORE)


def add_access(app: FastAPI) -> None:
    """Answer what `require` raises: to the sign-in page, or a page that says why not."""

    async def to_sign_in(request: Request, _error: Exception) -> Response:
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return go(f"/login?next={quote(here, safe='')}" if request.method in SAFE else "/login")

    async def told(request: Request, error: Exception) -> Response:
        assert isinstance(error, StaffProblem)
        user = await run_in_threadpool(signed_in, request)
        return page(request, "staff/problem.html", user, {"detail": error.detail}, error.status)

    app.add_exception_handler(SignInNeeded, to_sign_in)
    app.add_exception_handler(StaffProblem, told)


def _bearer(request: Request) -> SignedIn | None:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        return None
    account = services_of(request).accounts.of_token(token.strip())
    return SignedIn(account) if account else None
