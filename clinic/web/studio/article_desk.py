"""An article from draft to page: written by one person, read by another, published, archived, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from difflib import unified_diff

from clinic.knowledge.articles.drafts_store import ArticleDraft, ArticleDrafts
from clinic.knowledge.articles.markdown import slugify
from clinic.web.studio.article_files import ArticleFiles, ArticleProblem, hash_text, with_state

LONGEST = 60_000
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


class ArticleDesk:
    """Drafts are in the database; what is published is the file in `data/articles/` and nothing else."""

    def __init__(self, files: ArticleFiles, drafts: ArticleDrafts) -> None:
        self.files = files
        self.drafts = drafts

    def begin(self, title: str, who: str) -> str:
        """A new article's draft with headings to fill; its slug. Raises ArticleProblem where there is one already."""
        title = " ".join(title.replace('"', "'").split())[:120]
        slug = slugify(title)[:80].strip("-")
        if not slug:
            raise ArticleProblem("Give the article a title.")
        if self.files.text(slug) or self.drafts.find(slug):
            raise ArticleProblem(f"There is an article called {slug} already.")
        self.save(slug, NEW.format(title=title, slug=slug), who)
        return slug

    def save(self, slug: str, text: str, who: str, note: str = "") -> None:
        """Keep a draft, which needs review again. A first draft remembers the file it began with."""
        if len(text) > LONGEST:
            raise ArticleProblem(f"This page takes {LONGEST} letters at most: split the article, or edit its file.")
        before = self.drafts.find(slug)
        base = before.base if before else hash_text(self.files.text(slug))
        kept = note or (before.note if before else "")
        fresh = text.replace("\r\n", "\n").rstrip() + "\n"
        self.drafts.keep(ArticleDraft(slug, fresh, base, "draft", who, datetime.now(UTC), kept))

    def send_to_review(self, slug: str, who: str) -> None:
        """Ask somebody else to read it; raises ArticleProblem or ArticleError where it cannot be an article."""
        draft = self._draft(slug)
        self.files.read(slug, draft.text)
        self.drafts.keep(replace(draft, state="review", who=who, at=datetime.now(UTC)))

    def publish(self, slug: str, who: str, reason: str = "") -> str:
        """Write the file, and the change's id: by somebody else than whoever wrote it, or with a reason."""
        draft = self._draft(slug)
        if draft.who == who and not reason:
            raise ArticleProblem("Somebody else must read it first. An admin may publish alone, with a reason.")
        if draft.state != "review" and not reason:
            raise ArticleProblem("It is still being written: send it to review first.")
        now = self.files.text(slug)
        if hash_text(now) != draft.base:
            raise ArticleProblem("The file was changed meanwhile: look at the differences, then say that you have.")
        text = with_state(draft.text, "published")
        self.files.read(slug, text)
        if now and not self.drafts.versions(slug):
            self.drafts.add_version(slug, now, ("", ""), "as it was")
        change = self.files.write(slug, now, text, ("article published", reason), who)
        self.drafts.add_version(slug, text, (draft.who, who), "published")
        self.drafts.discard(slug)
        return change

    def archive(self, slug: str, who: str) -> str:
        """Serve it to nobody any more: the file stays, as a draft."""
        now = self.files.text(slug)
        if not now:
            raise ArticleProblem("There is no such article.")
        text = with_state(now, "draft")
        change = self.files.write(slug, now, text, ("article archived", ""), who)
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
        self.drafts.keep(replace(self._draft(slug), base=hash_text(self.files.text(slug)), state="draft"))

    def differences(self, slug: str) -> list[str]:
        """The draft's lines that differ from the file, with a few around them."""
        draft = self.drafts.find(slug)
        if draft is None:
            return []
        before, after = self.files.text(slug).splitlines(), with_state(draft.text, "published").splitlines()
        return list(unified_diff(before, after, "file", "draft", lineterm="", n=1))[2:]

    def is_behind(self, slug: str) -> bool:
        """Whether the file was changed since the draft was begun."""
        draft = self.drafts.find(slug)
        return draft is not None and draft.base != hash_text(self.files.text(slug))

    def _draft(self, slug: str) -> ArticleDraft:
        draft = self.drafts.find(slug)
        if draft is None:
            raise ArticleProblem("There is no draft of it any more: somebody published or discarded it.")
        return draft
