"""Every page of staff put together; the web's composition root includes it with one call."""

from __future__ import annotations

from fastapi import FastAPI

from clinic.appointments.service import AppointmentService
from clinic.db import Sessions
from clinic.settings import Settings
from clinic.web.staff import (
    api,
    appointments,
    calendar,
    conversation,
    conversations,
    exports,
    gaps,
    messages,
    numbers,
    privacy,
    sign_in,
    single_sign_on,
    today,
)
from clinic.web.staff.access import AccountServices, add_access
from clinic.web.staff.desk import Console
from clinic.web.studio.desk import Studio
from clinic.web.studio.pages import STUDIO_PAGES
from clinic.web.templating import TEMPLATES

PAGES = (
    sign_in,
    single_sign_on,
    today,
    conversations,
    exports,
    conversation,
    messages,
    appointments,
    calendar,
    gaps,
    numbers,
    privacy,
    api,
    *STUDIO_PAGES,
)
ROUTERS = tuple(one.router for one in PAGES)


def add_staff(app: FastAPI, settings: Settings, sessions: Sessions) -> None:
    """Add sign-in, console and studio to the application."""
    app.state.accounts = AccountServices.open(sessions)
    desk: AppointmentService = app.state.desk
    TEMPLATES.env.globals["time_zone"] = settings.clinic.time_zone
    app.state.view_counts = {}
    app.state.console = Console.open(settings, sessions, desk)
    app.state.studio = Studio.open(settings, sessions)
    for router in ROUTERS:
        app.include_router(router)
    add_access(app)
