"""What the worker keeps live: edited articles, edited settings, a model that was published elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import httpx

from clinic.composition import sync_articles
from clinic.engine.live_model import model_of_engine, publish_model
from clinic.runtime.file_watch import Stamp, be_nice, stamp_of
from clinic.settings import Settings
from clinic.settings_file import live_files, load_settings, take_live
from clinic.teaching.releases import Release, id_of_model, published_or_none

log = logging.getLogger(__name__)


class EditedArticles:
    """A job: reads `data/articles/` into the database when a file there has changed since the last look."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._seen = self._stamp()

    def __call__(self) -> int:
        """How many articles changed."""
        stamp = self._stamp()
        if stamp == self._seen:
            return 0
        be_nice()
        synced = sync_articles(self._settings)
        self._seen = stamp  # Only now: where the database failed, the next look tries again.
        for problem in synced.problems:
            log.error("an article keeps its last good state: %s", problem)
        changes = synced.changes
        return len(changes.new) + len(changes.changed) + len(changes.removed)

    def _stamp(self) -> tuple[tuple[str, ...], Stamp]:
        files = sorted((self._settings.data / "articles").iterdir())
        return tuple(file.name for file in files), stamp_of(files)


class EditedSettings:
    """A job: puts the worker's other jobs together anew when settings or the texts of mails have changed."""

    def __init__(self, settings: Settings, take: Callable[[Settings], None]) -> None:
        self._settings, self._take = settings, take
        self._seen = stamp_of(live_files(settings))

    def __call__(self) -> int:
        """1 where something was taken in; raises what is wrong with a file, once."""
        stamp = stamp_of(live_files(self._settings))
        if stamp == self._seen:
            return 0
        self._seen = stamp
        self._settings = take_live(self._settings, load_settings(self._settings.root))
        self._take(self._settings)
        return 1


class PublishedModel:
    """A job: tells this machine's engine of a model that was published, by whomever, while the engine runs.

    An engine that was started again begins with the model of its start, and is told again.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._ids: dict[str, str] = {}
        self._refused = ("", "")

    def __call__(self) -> int:
        """1 where the engine took another model."""
        release = published_or_none(self._settings.root)
        if release is None:
            return 0
        now = ""
        try:
            now = model_of_engine(self._settings)
            if now == self._id_of(release) or self._refused == (release.file, now):
                return 0
            publish_model(self._settings, release.file, release.sha256)
        except httpx.HTTPStatusError as error:
            log.error("models/%s was not taken: %s", release.file, error.response.text[:200])
            self._refused = (release.file, now)
            return 0
        except httpx.HTTPError:
            return 0  # The engine is being started.
        log.info("the engine answers by models/%s", release.file)
        return 1

    def _id_of(self, release: Release) -> str:
        if release.file not in self._ids:
            self._ids = {release.file: id_of_model(Path(self._settings.root / "models" / release.file))}
        return self._ids[release.file]
