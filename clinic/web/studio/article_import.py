"""Pages brought into the studio: each becomes a draft, and nothing reaches a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from clinic.knowledge.articles.files import read_text
from clinic.knowledge.importer.importer import Imported, Raw, import_articles
from clinic.web.studio.article_desk import ArticleDesk

Fetch = Callable[[str], Iterable[Raw | Imported]]


class ArticleImport:
    """Makes drafts of pages, by whatever `fetch` reads addresses with."""

    def __init__(self, desk: ArticleDesk, fetch: Fetch) -> None:
        self._desk = desk
        self._fetch = fetch

    def take_in(self, source: str, written: str, who: str) -> list[tuple[str, str]]:
        """Import a page by its address, or as text or HTML; slugs with what was taken and lost, or a reason for none.

        Each becomes a draft, whose differences to the file are shown before it is published.
        """
        things: Iterable[Raw | Imported] = [_raw(source, written)] if written.strip() else self._fetch(source)
        told = []
        with TemporaryDirectory() as scratch:
            for one in import_articles(things, Path(scratch)):
                if one.outcome == "refused":
                    told.append(("", f"{one.name}: {one.reason}"))
                    continue
                self._desk.drafts.discard(one.slug)
                self._desk.save(one.slug, read_text(Path(scratch) / f"{one.slug}.md"), who, _report(one))
                told.append((one.slug, _report(one)))
        return told


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
