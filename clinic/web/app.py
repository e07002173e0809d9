"""The composition root of the web: where settings, features and pages meet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from clinic.appointments.service import open_appointments
from clinic.composition import open_conversations, open_erasure
from clinic.conversations.followers import Followers
from clinic.conversations.handler import MessageHandler
from clinic.conversations.screening import FailureReplies
from clinic.conversations.switch_store import Switch
from clinic.db import Sessions, answers, open_sessions
from clinic.dialogue.fallback_replies import LiveReplies
from clinic.engine.client import Engine, RasaEngine
from clinic.engine.tracker_store import Tracker
from clinic.runtime.file_watch import FileWatch, Watched
from clinic.runtime.parts import has_room, is_listening
from clinic.settings import Settings
from clinic.settings_file import live_files
from clinic.web import health
from clinic.web.arrivals import Arrivals
from clinic.web.errors import add_error_pages
from clinic.web.limits import Limits
from clinic.web.metrics import Metrics
from clinic.web.public import api_reference as reference
from clinic.web.public import appointments, articles, transcript, widget
from clinic.web.public import demo as pages
from clinic.web.public import events_api as stream
from clinic.web.public import messages_api as visitor
from clinic.web.security import add_security
from clinic.web.staff.pages import add_staff

THREADS = 12  # for what waits, as for a database; with those that write no more than it has connections for us
DESCRIPTION = "What any client of the assistant may rely on: the widget, a clinic's own page, a test."


@dataclass(frozen=True, slots=True)
class Parts:
    """What tests replace: the engine and the database."""

    engine: Engine
    sessions: Sessions


def create_app(settings: Settings, parts: Parts | None = None) -> FastAPI:
    """The whole public origin: visitor API, widget, demo page and health."""
    parts = parts or Parts(RasaEngine(settings), open_sessions(settings.database_url))
    spoken = LiveReplies(settings)
    app = FastAPI(
        title="Pointe visitor API",
        version="1",
        description=DESCRIPTION,
        lifespan=_lifespan,
        docs_url=None,  # FastAPI's page of the API brings scripts from elsewhere; `reference` has our own
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.engine = parts.engine
    app.state.sessions = parts.sessions
    app.state.desk = open_appointments(settings, parts.sessions)
    app.state.reception = _reception(settings, parts, spoken)
    app.state.readiness = _readiness(settings, parts)
    app.state.help_line = lambda: spoken.now.help_line()
    app.state.watch = _watch(app, spoken)
    for part in (visitor, transcript, stream, health, widget, articles, appointments, pages, reference):
        app.include_router(part.router)
    add_staff(app, settings, parts.sessions)
    add_error_pages(app, lambda: str(spoken.now.failure().text))
    app.add_middleware(Arrivals)
    add_security(app, settings)
    app.add_middleware(GZipMiddleware, minimum_size=1400, compresslevel=4)  # what fills one packet anyway goes as it is
    return app


def _watch(app: FastAPI, spoken: LiveReplies) -> FileWatch:
    def take() -> None:
        spoken.take()
        app.state.settings = spoken.settings
        app.state.desk = open_appointments(spoken.settings, app.state.sessions)

    return FileWatch((Watched("settings and sentences", live_files(spoken.settings), take),))


def _reception(settings: Settings, parts: Parts, spoken: LiveReplies) -> visitor.VisitorServices:
    store = open_conversations(settings, parts.sessions)
    tracker, switch = Tracker(settings.tracker_url), Switch(parts.sessions)
    replies = FailureReplies(
        failure=lambda: spoken.now.failure().to_json(),
        urgent=lambda flag: spoken.now.urgent_json(flag),
        switched_off=lambda: spoken.now.switched_off().to_json() if switch.is_off() else None,
    )
    return visitor.VisitorServices(
        store=store,
        turns=MessageHandler(store.messages, tracker, parts.engine, replies),
        limits=Limits(settings),
        erasure=open_erasure(settings, parts.sessions),
        opening=lambda slug: spoken.now.opening(articles.find_published(settings, slug) if slug else None),
        followers=Followers(store.stamps),
        metrics=Metrics(),
    )


def _readiness(settings: Settings, parts: Parts) -> health.Readiness:
    tracker, engine = Tracker(settings.tracker_url), settings.engine
    checks: dict[str, health.Check] = {
        "database": lambda: answers(parts.sessions, "conversation"),
        "engine's database": tracker.answers,
        "room on the disk": lambda: has_room(settings.var),
        "widget": lambda: widget.script_path(settings) is not None,
    }
    if isinstance(parts.engine, RasaEngine):
        checks["engine"] = lambda: is_listening(engine.port)
        checks["actions"] = lambda: is_listening(engine.actions_port)
    if settings.redis_url:
        where = urlsplit(settings.redis_url)
        checks["redis"] = lambda: is_listening(where.port or 6379, where.hostname or "127.0.0.1")
    return health.Readiness(checks, parts.engine.is_ready)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    # Python's own number is six on two cores: a database that hangs would hold them all.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="aside"))
    services: visitor.VisitorServices = app.state.reception
    web = app.state.settings.web
    if web.metrics_port:
        services.metrics.serve(web.metrics_host, web.metrics_port)
    app.state.readiness.tell = lambda ready: services.metrics.watch(int(ready), len(services.followers))
    app.state.readiness.start()
    app.state.watch.start()
    yield
    app.state.watch.stop()
    await asyncio.to_thread(app.state.studio.learning.close)
    await app.state.readiness.stop()
    app.state.reception.limits.close()
    if isinstance(app.state.engine, RasaEngine):
        await app.state.engine.close()
