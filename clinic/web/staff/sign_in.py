"""Signing in and out, and one's own account."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.accounts.model import AccountError
from clinic.settings_operation import SignIn
from clinic.web.staff.access import COOKIE, Fields, Staff, StaffProblem, go, page, services_of, signed_in

router = APIRouter(include_in_schema=False)


@router.get("/login")
def login_page(request: Request, next: str = "") -> Response:
    """The sign-in page, without a role."""
    if signed_in(request):
        return go(inside(next))
    empty = services_of(request).accounts.is_empty()
    return page(
        request,
        "staff/login.html",
        None,
        {"next": inside(next), "empty": empty, "problem": "", "elsewhere": _elsewhere(request)},
    )


@router.post("/login")
def login(request: Request, fields: Fields) -> Response:
    """Sign in and go on to where one wanted to, without a role; a form of another site is refused."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise StaffProblem(403, "Please sign in on this site's own page.")
    services, name, place = services_of(request), fields.get("name", ""), inside(fields.get("next", ""))
    try:
        token = services.sessions.sign_in(name, fields.get("password", ""))
    except AccountError as error:
        services.audit.add("somebody", "sign-in refused")
        values = {"next": place, "empty": False, "problem": str(error), "name": name[:60]}
        values["elsewhere"] = _elsewhere(request)
        return page(request, "staff/login.html", None, values, 403)
    services.audit.add(name.lower(), "signed in")
    return begin_session(request, token, place)


def _elsewhere(request: Request) -> str:
    """What the link to the clinic's own sign-in says; "" where there is none."""
    wanted: SignIn = request.app.state.settings.sign_in
    return wanted.label if wanted.issuer else ""


def begin_session(request: Request, token: str, place: str) -> Response:
    """On to a place, with the session's cookie."""
    answer = go(place)
    secure = request.app.state.settings.web.site.startswith("https:")
    answer.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=secure, path="/")
    return answer


@router.post("/logout")
def logout(request: Request, user: Staff, fields: Fields) -> Response:
    """Sign out here, or everywhere."""
    services = services_of(request)
    if fields.get("everywhere"):
        services.sessions.sign_out_everywhere(user.account.id)
    else:
        services.sessions.sign_out(request.cookies.get(COOKIE, ""))
    services.audit.add(user.account.name, "signed out everywhere" if fields.get("everywhere") else "signed out")
    answer = go("/login")
    answer.delete_cookie(COOKIE, path="/")
    return answer


@router.get("/staff/account")
def account_page(request: Request, user: Staff) -> Response:
    """One's own account."""
    return page(request, "staff/account.html", user, {"problem": ""})


@router.post("/staff/account")
def change_password(request: Request, user: Staff, fields: Fields) -> Response:
    """Change one's password; every other session ends."""
    services, name = services_of(request), user.account.name
    try:
        services.sessions.sign_out(services.sessions.sign_in(name, fields.get("old", "")))
        services.accounts.set_password(name, fields.get("new", ""))
    except AccountError as error:
        return page(request, "staff/account.html", user, {"problem": str(error)}, 400)
    services.audit.add(name, "password changed")
    return begin_session(request, services.sessions.sign_in(name, fields["new"]), "/staff")


def inside(place: str) -> str:
    """A path of this site, whatever was asked for."""
    parts = urlsplit(place) if place.isprintable() else urlsplit("")
    inside = place.startswith("/") and not parts.netloc and "\\" not in place and not place.startswith("//")
    return place if inside and parts.path.startswith(("/staff", "/studio")) else "/staff"
