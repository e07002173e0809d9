"""What inbox, diagnosis, articles and trials work with, put together once; `app.state.studio.services`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial

from clinic.conversations.inbox.decisions_store import Decisions
from clinic.conversations.inbox.model import Said
from clinic.conversations.inbox.reading_store import InboxReader
from clinic.conversations.inbox.sent_store import tell_staff
from clinic.db import Sessions
from clinic.knowledge.articles.drafts_store import ArticleDrafts
from clinic.knowledge.importer.site_pages import fetch
from clinic.privacy.masking import mask
from clinic.runtime.line_process import LineProcess
from clinic.settings import Settings
from clinic.teaching.trials_store import Trials
from clinic.teaching.utterance_index import UtteranceIndex
from clinic.teaching.workspace import Workspace
from clinic.web.studio.article_desk import ArticleDesk
from clinic.web.studio.article_files import ArticleFiles
from clinic.web.studio.article_import import ArticleImport
from clinic.web.studio.cures import Cures
from clinic.web.studio.drafts import WorkspaceDrafts
from clinic.web.studio.inbox_desk import InboxDesk
from clinic.web.studio.trial_inbox import said_in_trials


@dataclass(frozen=True, slots=True)
class TrainerServices:
    """`reader` explains messages and tries articles, in a process of its own that is started when first asked."""

    inbox: InboxDesk
    cures: Cures
    reader: LineProcess
    trials: Trials
    articles: ArticleDesk
    imports: ArticleImport

    @classmethod
    def open(
        cls, settings: Settings, sessions: Sessions, workspace: Workspace, index: UtteranceIndex
    ) -> TrainerServices:
        """Everything on one database and one workspace."""
        said, trials = InboxReader(sessions, _masked), Trials(sessions)
        drafts, told = WorkspaceDrafts(workspace, index), partial(tell_staff, sessions)
        articles = ArticleDesk(ArticleFiles(workspace), ArticleDrafts(sessions))

        def read() -> list[Said]:
            return [*said.read(), *said_in_trials(trials, _masked)]

        return cls(
            inbox=InboxDesk(read, Decisions(sessions), drafts, told),
            cures=Cures(workspace, index),
            reader=LineProcess([sys.executable, "-m", "clinic", "reader"], settings.root),
            trials=trials,
            articles=articles,
            imports=ArticleImport(articles, fetch),
        )


def _masked(text: str) -> str:
    return mask(text).text
