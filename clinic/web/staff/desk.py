"""What the console's pages work with, put together once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import Request
from ruamel.yaml import YAML

from clinic.accounts.model import SignedIn
from clinic.appointments.service import AppointmentService
from clinic.composition import open_conversations, open_erasure
from clinic.conversations.followup_store import FollowUps
from clinic.conversations.log_figures_store import LogFigures
from clinic.conversations.log_filter import BadFilter, Filter
from clinic.conversations.log_model import Line
from clinic.conversations.log_reading_store import LogReader
from clinic.conversations.mention_store import Mentions
from clinic.conversations.review_store import Reviews
from clinic.conversations.search_store import Search
from clinic.conversations.store import Conversations
from clinic.conversations.story_file import FOLDER, StoryFiles
from clinic.conversations.switch_store import Switch
from clinic.conversations.turn_review_store import TurnReviews
from clinic.conversations.unread_store import Unread
from clinic.conversations.view_store import SavedViews
from clinic.db import Sessions
from clinic.knowledge.dismissal_store import Dismissals
from clinic.knowledge.theme_store import Themes
from clinic.privacy.erasure import Erasure
from clinic.settings import Settings
from clinic.web.staff.access import StaffProblem


@dataclass(frozen=True, slots=True)
class Console:
    """The stores behind the pages; `app.state.console`."""

    sessions: Sessions
    conversations: Conversations
    log: LogReader
    figures: LogFigures
    search: Search
    unread: Unread
    views: SavedViews
    reviews: Reviews
    turns: TurnReviews
    mentions: Mentions
    stories: StoryFiles
    themes: Themes
    follow_ups: FollowUps
    appointments: AppointmentService
    dismissals: Dismissals
    switch: Switch
    erasure: Callable[[], Erasure]

    @classmethod
    def open(cls, settings: Settings, sessions: Sessions, appointments: AppointmentService) -> Console:
        """Everything on one database."""
        return cls(
            sessions=sessions,
            conversations=open_conversations(settings, sessions),
            log=LogReader(sessions, settings.clinic.time_zone),
            figures=LogFigures(sessions, settings.clinic.time_zone),
            search=Search(sessions),
            unread=Unread(sessions),
            views=SavedViews(sessions),
            reviews=Reviews(sessions),
            turns=TurnReviews(sessions),
            mentions=Mentions(sessions),
            stories=StoryFiles(settings.var / FOLDER),
            themes=Themes(sessions),
            follow_ups=FollowUps(sessions),
            appointments=appointments,
            dismissals=Dismissals(sessions),
            switch=Switch(sessions),
            erasure=lambda: open_erasure(settings, sessions),
        )


def console_of(request: Request) -> Console:
    """The console of this application."""
    console: Console = request.app.state.console
    return console


def found_line(request: Request, reference: str) -> Line:
    """The conversation that a short or whole id names; a page that says so when there is none."""
    log = console_of(request).log
    whole = log.find(reference)
    line = log.line(whole) if whole else None
    if line is None:
        raise StaffProblem(404, "There is no such conversation. It may have been erased.")
    return line


def read_filter(request: Request, user: SignedIn) -> Filter:
    """The filter in the address; a part that cannot be read is said on a page."""
    wanted = Filter.read(dict(request.query_params), user.account.name)
    try:
        wanted.check(ZoneInfo(request.app.state.settings.clinic.time_zone))
    except BadFilter as error:
        raise StaffProblem(400, str(error)) from None
    return wanted


def intents_of(request: Request) -> tuple[str, ...]:
    """The names of the topics the assistant is taught to tell apart, from `domain.yml`."""
    return _intents(request.app.state.settings.root / "domain.yml")


@cache
def _intents(domain: Path) -> tuple[str, ...]:
    written = YAML(typ="safe").load(domain.read_text(encoding="utf-8")) or {}
    names = (one if isinstance(one, str) else next(iter(one)) for one in written.get("intents") or [])
    return tuple(sorted(names))


def address(path: str, wanted: Filter, **more: str) -> str:
    """A path with a filter, as a link that can be shared."""
    parts = {**wanted.parts(), **more}
    kept = {name: value for name, value in parts.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path
