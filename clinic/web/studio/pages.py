"""Every page of trainers put together; the web's composition root includes it with one call."""

from __future__ import annotations

from fastapi import FastAPI

from clinic.db import Sessions
from clinic.settings import Settings
from clinic.web.studio import home, inbox
from clinic.web.studio.desk import Studio

PAGES = (home, inbox)
ROUTERS = tuple(one.router for one in PAGES)


def add_studio(app: FastAPI, settings: Settings, sessions: Sessions) -> None:
    """Add the studio to the application; sign-in is the console's."""
    app.state.studio = Studio.open(settings, sessions)
    for router in ROUTERS:
        app.include_router(router)
