"""The articles' files as the studio reads and writes them: only a change of the workspace writes one."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from clinic.knowledge.articles.files import parse_article, read_text
from clinic.knowledge.model import Article, ArticleError
from clinic.problem import Problem
from clinic.teaching.change_model import Draft, Hunk
from clinic.teaching.workspace import Workspace

_STATE = re.compile(r"^state:.*$", re.MULTILINE)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class ArticleProblem(Problem):
    """What cannot be done with an article; the message says why."""


class ArticleFiles:
    """The files in `data/articles/`, by slug."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return self._workspace.root / "data" / "articles"

    def text(self, slug: str) -> str:
        """What stands in the file; empty where there is none."""
        path = self._path(slug)
        return read_text(path) if path.exists() else ""

    def read(self, slug: str, text: str) -> Article:
        """The article that a text would be under this slug; raises ArticleError with the line."""
        article = parse_article(text, f"{slug}.md")
        if article.slug != slug:
            raise ArticleError(f"{slug}.md: the slug may not change: it is in links. Write `slug: {slug}`")
        return article

    def write(self, slug: str, before: str, after: str, told: tuple[str, str], who: str) -> str:
        """Put one text in the place of another, told as a kind of change and why; the change's id."""
        hunk = Hunk(f"data/articles/{slug}.md", 1, (before,) if before else (), (after,), whole=True)
        kind, why = told
        return self._workspace.apply(who, lambda: Draft(kind, f"{slug}: {kind}", (hunk,), why)).id

    def _path(self, slug: str) -> Path:
        if not _SLUG.fullmatch(slug) or len(slug) > 80:
            raise ArticleProblem("There is no such article.")
        return self.folder / f"{slug}.md"


def with_state(text: str, state: str) -> str:
    """The same text with that state in its front matter; every other byte stays."""
    head, mark, body = text.partition("\n---")
    if _STATE.search(head):
        return _STATE.sub(f"state: {state}", head, count=1) + mark + body
    return head + f"\nstate: {state}" + mark + body


def hash_text(text: str) -> str:
    """By which a draft knows the file it began with; empty for no file."""
    return sha256(text.encode()).hexdigest() if text else ""
