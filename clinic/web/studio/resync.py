"""Articles that were imported from an address are read there again: what changed becomes a draft, never an article."""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from clinic.db import Sessions
from clinic.knowledge.articles.drafts_store import ArticleDrafts
from clinic.knowledge.articles.files import read_folder, read_text
from clinic.knowledge.importer.importer import import_articles
from clinic.knowledge.importer.site_pages import fetch
from clinic.settings import Settings
from clinic.teaching.changes_store import Changes
from clinic.teaching.workspace import Workspace
from clinic.web.studio.article_desk import ArticleDesk
from clinic.web.studio.article_files import ArticleFiles
from clinic.web.studio.article_import import Fetch

log = logging.getLogger(__name__)
WHO = "re-sync"
NOTE = "The page at {url} has changed since it was read last. Look at the differences to the file before you use it."


@dataclass(frozen=True, slots=True)
class Looked:
    """When a page was read last, and the hash of what it said; empty where it could not be read."""

    at: datetime
    seen: str


class Resync:
    """A job: reads one page that is due, in a thread of its own so that nothing else of the worker waits."""

    def __init__(self, desk: ArticleDesk, fetch: Fetch, var: Path, days: int) -> None:
        self._desk, self._fetch, self._days = desk, fetch, days
        self._record = var / "resync.json"
        self._thread: threading.Thread | None = None

    def __call__(self) -> int:
        """1 where a page is being read now."""
        if not self._days or (self._thread and self._thread.is_alive()):
            return 0
        found = self._due(datetime.now(UTC))
        if not found:
            return 0
        self._thread = threading.Thread(target=self._look, args=found, daemon=True)
        self._thread.start()
        return 1

    def wait(self) -> None:
        """Until the page at hand is read."""
        if self._thread:
            self._thread.join()

    def _due(self, now: datetime) -> tuple[str, str] | None:
        """An article with the address it came from, whose page was not read for so many days."""
        looked = self._looked()
        for article in read_folder(self._desk.files.folder)[0]:
            last = looked.get(article.slug)
            if article.url.startswith("https://") and (not last or now - last.at >= timedelta(days=self._days)):
                return article.slug, article.url
        return None

    def _look(self, slug: str, url: str) -> None:
        looked = self._looked()
        seen = looked[slug].seen if slug in looked else ""
        try:
            body = read_page(self._fetch, url)
            now = sha256(body.encode()).hexdigest()
            if body and now != seen and self._make_draft(slug, url, body):
                seen = now
        except Exception:
            log.exception("the page of %s could not be read again", slug)
        self._keep(slug, Looked(datetime.now(UTC), seen))

    def _make_draft(self, slug: str, url: str, body: str) -> bool:
        """Whether a draft was made, or the file says the same already; a person's draft is left alone."""
        head, _, text = self._desk.files.text(slug).removeprefix("---\n").partition("\n---\n")
        if not head or text.split() == body.split():
            return True
        draft = self._desk.drafts.find(slug)
        if draft and draft.who != WHO:
            log.info("the page of %s has changed; %s has a draft of it, so it waits", slug, draft.who)
            return False
        self._desk.drafts.discard(slug)
        self._desk.save(slug, f"---\n{head}\n---\n\n{body.strip()}\n", WHO, NOTE.format(url=url))
        log.info("the page of %s has changed: a draft stands in the studio", slug)
        return True

    def _looked(self) -> dict[str, Looked]:
        try:
            kept = json.loads(self._record.read_text(encoding="utf-8"))
            return {slug: Looked(datetime.fromisoformat(one["at"]), one["seen"]) for slug, one in kept.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def _keep(self, slug: str, looked: Looked) -> None:
        kept = {**self._looked(), slug: looked}
        told = {name: {"at": one.at.isoformat(), "seen": one.seen} for name, one in kept.items()}
        fresh = self._record.with_suffix(".part")
        fresh.write_text(json.dumps(told, indent=1), encoding="utf-8")
        fresh.replace(self._record)


def open_resync(settings: Settings, sessions: Sessions) -> Resync:
    """The job of this project: it keeps drafts and writes no file of `data/`."""
    workspace = Workspace(settings.root, settings.var, Changes(sessions), {})
    desk = ArticleDesk(ArticleFiles(workspace), ArticleDrafts(sessions))
    return Resync(desk, fetch, settings.var, settings.teaching.resync_days)


def read_page(get: Fetch, url: str) -> str:
    """What an import makes of the page below the front matter; empty where it was refused, which is logged."""
    with TemporaryDirectory() as scratch:
        for one in import_articles(get(url), Path(scratch)):
            if one.outcome == "refused":
                log.warning("%s was not read again: %s", one.name, one.reason)
                continue
            return read_text(Path(scratch) / f"{one.slug}.md").removeprefix("---\n").partition("\n---\n")[2]
    return ""
