"""What the studio's pages work with, put together once."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from fastapi import Request

from clinic.conversations.inbox.decisions_store import Decisions
from clinic.conversations.inbox.reading_store import InboxReader
from clinic.db import Sessions
from clinic.privacy.masking import mask
from clinic.runtime.line_process import LineProcess
from clinic.settings import Settings
from clinic.web.studio.drafts import WorkspaceDrafts
from clinic.web.studio.inbox_desk import InboxDesk


@dataclass(frozen=True, slots=True)
class Studio:
    """What is behind the pages; `app.state.studio`. `reader` explains messages in a process of its own."""

    inbox: InboxDesk
    reader: LineProcess

    @classmethod
    def open(cls, settings: Settings, sessions: Sessions) -> Studio:
        """Everything on one database and one data folder; no process is started yet."""
        said = InboxReader(sessions, lambda text: mask(text).text)
        return cls(
            inbox=InboxDesk(said.read, Decisions(sessions), WorkspaceDrafts(settings)),
            reader=LineProcess([sys.executable, "-m", "clinic", "reader"], settings.root),
        )


def studio_of(request: Request) -> Studio:
    """The studio of this application."""
    studio: Studio = request.app.state.studio
    return studio
