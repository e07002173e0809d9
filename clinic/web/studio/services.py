"""What inbox, diagnosis, articles and trials work with, put together once; `app.state.studio.services`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial

from clinic.conversations.inbox.decisions_store import Decisions
from clinic.conversations.inbox.reading_store import InboxReader
from clinic.conversations.inbox.sent_store import tell_staff
from clinic.db import Sessions
from clinic.privacy.masking import mask
from clinic.runtime.line_process import LineProcess
from clinic.settings import Settings
from clinic.teaching.utterance_index import UtteranceIndex
from clinic.teaching.workspace import Workspace
from clinic.web.studio.cures import Cures
from clinic.web.studio.drafts import WorkspaceDrafts
from clinic.web.studio.inbox_desk import InboxDesk


@dataclass(frozen=True, slots=True)
class TrainerServices:
    """`reader` explains messages and tries articles, in a process of its own that is started when first asked."""

    inbox: InboxDesk
    cures: Cures
    reader: LineProcess

    @classmethod
    def open(
        cls, settings: Settings, sessions: Sessions, workspace: Workspace, index: UtteranceIndex
    ) -> TrainerServices:
        """Everything on one database and one workspace."""
        said = InboxReader(sessions, lambda text: mask(text).text)
        return cls(
            inbox=InboxDesk(
                said.read, Decisions(sessions), WorkspaceDrafts(workspace, index), partial(tell_staff, sessions)
            ),
            cures=Cures(workspace, index),
            reader=LineProcess([sys.executable, "-m", "clinic", "reader"], settings.root),
        )
