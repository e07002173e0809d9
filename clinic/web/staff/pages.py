"""Every page of staff put together; the web's composition root includes it with one call."""

from __future__ import annotations

from fastapi import FastAPI

from clinic.db import Sessions
from clinic.web.staff import sign_in
from clinic.web.staff.access import AccountServices, add_access

ROUTERS = (sign_in.router,)


def add_staff(app: FastAPI, sessions: Sessions) -> None:
    """Add sign-in and console to the application."""
    app.state.accounts = AccountServices.open(sessions)
    for router in ROUTERS:
        app.include_router(router)
    add_access(app)
