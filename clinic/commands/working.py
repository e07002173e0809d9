"""The worker under the supervisor: a process of its own that loads nothing of the web."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from clinic.appointments.service import open_mail_sender
from clinic.commands.keeping_live import EditedArticles, EditedSettings, PublishedModel
from clinic.commands.privacy import retire_old, retire_requests
from clinic.composition import here, open_erasure, open_log, redact_left_forms, sessions_of, theme_gaps
from clinic.conversations.search_store import Search
from clinic.db import Sessions
from clinic.runtime.logging import log_to_output
from clinic.runtime.scheduler import Job, Worker
from clinic.settings import Settings
from clinic.web.studio.resync import open_resync
from language.encoder import Encoder

BEHIND_VISITORS = 5  # how much less of the processors the worker claims
LOG_SECONDS = 0.5  # then the worker's other jobs have their turn


def work() -> None:
    """The worker alone, under the supervisor."""
    log_to_output()
    os.nice(BEHIND_VISITORS)
    settings = here()
    sessions = sessions_of(settings)
    lasting = [
        Job("articles", 0.5, EditedArticles(settings)),
        Job("published model", 1.0, PublishedModel(settings)),
        Job("damaged search index", 60.0, Search(sessions).mend),
        Job("log", 1.0, partial(open_log(settings, sessions).catch_up, seconds=LOG_SECONDS)),
        Job("pages of articles", 60.0, open_resync(settings, sessions)),
        Job("settings", 0.5, EditedSettings(settings, lambda read: worker.take(lasting + _jobs_of(read, sessions)))),
    ]
    worker = Worker(lasting + _jobs_of(settings, sessions))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, worker.stop)
    worker.run(time.monotonic)


def _jobs_of(settings: Settings, sessions: Sessions) -> list[Job]:
    erasure, dispatch = open_erasure(settings, sessions), open_mail_sender(settings, sessions)
    encoder = cache(Encoder.load)

    def encode(texts: Sequence[str]) -> Any:
        """Opened with the first question that is new: most days have none."""
        return encoder(settings.encoder).encode(texts)

    return [
        Job("content gaps", 30.0, lambda: theme_gaps(settings, sessions, encode)),
        Job("late erasures", 60.0, erasure.sweep),
        Job("mail", 10.0, lambda: dispatch.send_due(datetime.now(UTC))),
        Job("details of forms that were left", 600.0, lambda: redact_left_forms(settings, sessions)),
        Job("retention", 3600.0, lambda: retire_old(settings)),
        Job("retention of appointment requests", 3600.0, lambda: retire_requests(settings)),
    ]
