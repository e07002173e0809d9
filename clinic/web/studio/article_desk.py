"""An article from draft to page: written by one person, read by another, published, archived, and taken back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from clinic.knowledge.articles.drafts_store import ArticleDraft, ArticleDrafts
from clinic.knowledge.articles.files import parse_article, read_text
from clinic.knowledge.articles.markdown import slugify
from clinic.knowledge.importer.importer import Imported, Raw, import_articles
from clinic.knowledge.model import Article, ArticleError
from clinic.problem import Problem
from clinic.teaching.change_model import Draft, Hunk
from clinic.teaching.workspace import Workspace

LONGEST = 60_000
_STATE = re.compile(r"^state:.*$", re.MULTILINE)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
Fetch = Callable[[str], Iterable[Raw | Imported]]
NEW = """---
title: "{title}"
slug: {slug}
state: draft
category:
author:
updated:
reviewed_by:
next_review:
synonyms: []
related: []
---

## Overview {{#overview aspect=overview}}

Say in a sentence or two what it is.

## Symptoms {{#symptoms aspect=symptoms}}

Say what people notice.
"""


class ArticleProblem(Problem):
    """What cannot be done with an article; the message says why."""


class ArticleDesk:
    """Drafts are in the database; what is published is the file in `data/articles/` and nothing else."""

    def __init__(self, workspace: Workspace, drafts: ArticleDrafts, fetch: Fetch) -> None:
        self.drafts = drafts
        self._workspace = workspace
        self._fetch = fetch

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return self._workspace.root / "data" / "articles"

    def file_text(self, slug: str) -> str:
        """What stands in the file; empty where there is none."""
        path = self._path(slug)
        return read_text(path) if path.exists() else ""

    def begin(self, title: str, who: str) -> str:
        """A new article's draft with headings to fill; its slug. Raises ArticleProblem where there is one already."""
        title = " ".join(title.replace('"', "'").split())[:120]
        slug = slugify(title)[:80].strip("-")
        if not slug:
            raise ArticleProblem("Give the article a title.")
        if self.file_text(slug) or self.drafts.find(slug):
            raise ArticleProblem(f"There is an article called {slug} already.")
        self.save(slug, NEW.format(title=title, slug=slug), who)
        return slug

    def save(self, slug: str, text: str, who: str, note: str = "") -> None:
        """Keep a draft, which needs review again. A first draft remembers the file it began with."""
        if len(text) > LONGEST:
            raise ArticleProblem(f"This page takes {LONGEST} letters at most: split the article, or edit its file.")
        before = self.drafts.find(slug)
        base = before.base if before else _hash(self.file_text(slug))
        kept = note or (before.note if before else "")
        fresh = text.replace("\r\n", "\n").rstrip() + "\n"
        self.drafts.keep(ArticleDraft(slug, fresh, base, "draft", who, datetime.now(UTC), kept))

    def send_to_review(self, slug: str, who: str) -> None:
        """Ask somebody else to read it; raises ArticleProblem or ArticleError where it cannot be an article."""
        draft = self._draft(slug)
        self.read(slug, draft.text)
        self.drafts.keep(replace(draft, state="review", who=who, at=datetime.now(UTC)))

    def publish(self, slug: str, who: str, reason: str = "") -> str:
        """Write the file, and the change's id: by somebody else than whoever wrote it, or with a reason."""
        draft = self._draft(slug)
        if draft.who == who and not reason:
            raise ArticleProblem("Somebody else must read it first. An admin may publish alone, with a reason.")
        if draft.state != "review" and not reason:
            raise ArticleProblem("It is still being written: send it to review first.")
        now = self.file_text(slug)
        if _hash(now) != draft.base:
            raise ArticleProblem("The file was changed meanwhile: look at the differences, then say that you have.")
        text = _with_state(draft.text, "published")
        self.read(slug, text)
        if now and not self.drafts.versions(slug):
            self.drafts.add_version(slug, now, ("", ""), "as it was")
        change = self._write(slug, now, text, ("article published", reason), who)
        self.drafts.add_version(slug, text, (draft.who, who), "published")
        self.drafts.discard(slug)
        return change

    def archive(self, slug: str, who: str) -> str:
        """Serve it to nobody any more: the file stays, as a draft."""
        now = self.file_text(slug)
        if not now:
            raise ArticleProblem("There is no such article.")
        text = _with_state(now, "draft")
        change = self._write(slug, now, text, ("article archived", ""), who)
        self.drafts.add_version(slug, text, (who, ""), "archived")
        return change

    def restore(self, slug: str, number: int, who: str) -> None:
        """Make an earlier version the draft; it is read and published like any other."""
        found = next((one for one in self.drafts.versions(slug) if one.number == number), None)
        if found is None:
            raise ArticleProblem("There is no such version.")
        self.drafts.discard(slug)
        self.save(slug, found.text, who, f"Version of {found.at:%d %b %Y %H:%M}")

    def rebase(self, slug: str) -> None:
        """Let the draft stand on the file as it is now, after its differences were looked at."""
        self.drafts.keep(replace(self._draft(slug), base=_hash(self.file_text(slug)), state="draft"))

    def take_in(self, source: str, written: str, who: str) -> list[tuple[str, str]]:
        """Import a page by its address, or as text or HTML; slugs with what was taken and lost, or a reason for none.

        Nothing reaches a file: each becomes a draft, whose differences to the file are shown before it is published.
        """
        things: Iterable[Raw | Imported] = [_raw(source, written)] if written.strip() else self._fetch(source)
        told = []
        with TemporaryDirectory() as scratch:
            for one in import_articles(things, Path(scratch)):
                if one.outcome == "refused":
                    told.append(("", f"{one.name}: {one.reason}"))
                    continue
                self.drafts.discard(one.slug)
                self.save(one.slug, read_text(Path(scratch) / f"{one.slug}.md"), who, _report(one))
                told.append((one.slug, _report(one)))
        return told

    def differences(self, slug: str) -> list[str]:
        """The draft's lines that differ from the file, with a few around them."""
        draft = self.drafts.find(slug)
        if draft is None:
            return []
        before, after = self.file_text(slug).splitlines(), _with_state(draft.text, "published").splitlines()
        return list(unified_diff(before, after, "file", "draft", lineterm="", n=1))[2:]

    def is_behind(self, slug: str) -> bool:
        """Whether the file was changed since the draft was begun."""
        draft = self.drafts.find(slug)
        return draft is not None and draft.base != _hash(self.file_text(slug))

    def read(self, slug: str, text: str) -> Article:
        """The article that a text is; raises ArticleError with the line."""
        article = parse_article(text, f"{slug}.md")
        if article.slug != slug:
            raise ArticleError(f"{slug}.md: the slug may not change: it is in links. Write `slug: {slug}`")
        return article

    def _write(self, slug: str, before: str, after: str, told: tuple[str, str], who: str) -> str:
        hunk = Hunk(f"data/articles/{slug}.md", 1, (before,) if before else (), (after,), whole=True)
        kind, why = told
        return self._workspace.apply(who, lambda: Draft(kind, f"{slug}: {kind}", (hunk,), why)).id

    def _draft(self, slug: str) -> ArticleDraft:
        draft = self.drafts.find(slug)
        if draft is None:
            raise ArticleProblem("There is no draft of it any more: somebody published or discarded it.")
        return draft

    def _path(self, slug: str) -> Path:
        if not _SLUG.fullmatch(slug) or len(slug) > 80:
            raise ArticleProblem("There is no such article.")
        return self.folder / f"{slug}.md"


def _with_state(text: str, state: str) -> str:
    """The same text with that state in its front matter; every other byte stays."""
    head, mark, body = text.partition("\n---")
    if _STATE.search(head):
        return _STATE.sub(f"state: {state}", head, count=1) + mark + body
    return head + f"\nstate: {state}" + mark + body


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest() if text else ""


def _raw(name: str, written: str) -> Raw:
    """What was pasted: HTML, Markdown with front matter, or plain text."""
    bare = written.lstrip()
    kind = "html" if bare.startswith("<") else "markdown" if bare.startswith("---") else "text"
    url = name if name.startswith(("http://", "https://")) else ""
    return Raw(name or "the pasted text", written, kind, url)


def _report(one: Imported) -> str:
    lines = [f"Taken: {one.words:,} words."]
    if lost := str(one.lost):
        lines.append(f"Not taken: {lost}.")
    lines += [f"{note[:1].upper()}{note[1:]}." for note in one.notes]
    return "\n".join(lines)
