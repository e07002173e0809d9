"""Articles from outside written into `data/articles/`: the author's words exactly, as drafts unless told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from clinic.knowledge.articles.files import parse_article, read_text
from clinic.knowledge.importer.article_file import front_matter, page_body, page_fields
from clinic.knowledge.importer.boilerplate import remove_shared
from clinic.knowledge.importer.html import FEWEST_WORDS, read_html
from clinic.knowledge.importer.markdown_page import MarkdownPage, holds_html, read_markdown, to_html
from clinic.knowledge.importer.page import Loss, Page
from clinic.knowledge.importer.page_language import other_language
from clinic.knowledge.importer.review import review_article
from clinic.knowledge.importer.sources import Imported, Raw, read_path
from clinic.knowledge.importer.synonyms import find_synonyms
from clinic.knowledge.importer.text_page import read_text_page
from clinic.knowledge.model import Article, ArticleError

__all__ = ["Imported", "Raw", "import_articles", "read_path"]
_LONG = 10_000


@dataclass(slots=True)
class _Found:
    """A thing that was read: its page, or its Markdown as it was written."""

    raw: Raw
    page: Page | None = None
    markdown: MarkdownPage | None = None


def import_articles(
    things: Iterable[Raw | Imported],
    folder: Path,
    publish: bool = False,
    tell: Callable[[Imported], None] = lambda one: None,
    reading: Callable[[str], None] = lambda name: None,
) -> list[Imported]:
    """Write each thing into the folder as an article; what cannot be used is refused by name, the rest go in.

    All are read first, so that what many pages share can be left out. Two with one title in the same run: the
    second is refused. A published article is replaced only when `publish` is set, and never by one of which much
    was lost, so that an import never takes an article from visitors. `reading` hears each name as it is read, `tell`
    of each outcome.
    """
    found = []
    for thing in things:
        reading(thing.name)
        found.append(thing if isinstance(thing, Imported) else _read(thing))
    remove_shared([one.page for one in found if isinstance(one, _Found) and one.page])
    results: list[Imported] = []
    seen: dict[str, str] = {}
    for one in found:
        results.append(one if isinstance(one, Imported) else _take(one, folder, publish, seen))
        tell(results[-1])
    return results


def _read(raw: Raw) -> _Found | Imported:
    try:
        if raw.kind == "markdown":
            return _read_markdown(raw)
        return _Found(raw, read_html(raw.text, raw.url) if raw.kind == "html" else read_text_page(raw.text))
    except ArticleError as error:
        return Imported(raw.name, "refused", reason=str(error).removeprefix(f"{raw.name}: "))


def _read_markdown(raw: Raw) -> _Found:
    markdown = read_markdown(raw.text)
    if not holds_html(markdown.body):
        return _Found(raw, markdown=markdown)
    page = read_html(to_html(markdown), raw.url)
    page.notes += markdown.notes
    for name, value in markdown.fields.items():
        if name in ("title", "category", "author", "url", "updated", "synonyms", "related"):
            setattr(page, name, value)
    return _Found(raw, page)


def _take(found: _Found, folder: Path, publish: bool, seen: dict[str, str]) -> Imported:
    raw = found.raw
    try:
        fields, body = _article_parts(found)
        article = parse_article(front_matter({**fields, "state": "draft"}) + body, raw.name)
        if twin := seen.get(article.slug):
            raise ArticleError(f"it has the same title as {twin}, “{article.title}”: give one of them another")
        seen[article.slug] = raw.name
        fields.setdefault("synonyms", list(find_synonyms(article)))
        notes = _notes(found, article)
        lost = found.page.loss if found.page else Loss()
        look = lost.much or any(note.startswith("!") for note in notes)
        text = front_matter({**fields, "state": "published" if publish and not look else "draft"}) + body
        done = _write(raw, text, folder / f"{article.slug}.md", publish and not look)
        return replace(
            done, words=sum(len(section.text.split()) for section in article.sections), lost=lost,
            notes=tuple(note.lstrip("!") for note in notes), draft=not publish or look,
            review=review_article(parse_article(text, raw.name)),
        )  # fmt: skip
    except (ArticleError, OSError) as error:
        return Imported(raw.name, "refused", reason=str(error).removeprefix(f"{raw.name}: "))


def _article_parts(found: _Found) -> tuple[dict[str, object], str]:
    if found.markdown:
        return {name: value for name, value in found.markdown.fields.items() if name != "state"}, found.markdown.body
    page = found.page
    assert page is not None
    if page.words < FEWEST_WORDS:
        raise ArticleError(f"only {page.words} words are left of the page without what other pages say too")
    return page_fields(page), page_body(page)


def _notes(found: _Found, article: Article) -> list[str]:
    """Notes for the owner; one that begins with `!` keeps the article a draft."""
    text = " ".join(section.text for section in article.sections)
    notes = list(found.page.notes if found.page else found.markdown.notes if found.markdown else ())
    if language := other_language(text):
        notes.append(f"!the page seems to be written in {language}: only English is understood")
    if (words := len(text.split())) > _LONG:
        notes.append(f"a page of {words:,} words: smaller articles are found more surely")
    return notes


def _write(raw: Raw, text: str, path: Path, publish: bool) -> Imported:
    slug, outcome = path.stem, "new"
    if path.exists():
        old = read_text(path)
        if _stateless(old) == _stateless(text) and (not publish or "\nstate: published" in old):
            return Imported(raw.name, "unchanged", slug)
        if "\nstate: published" in old and not publish:
            raise ArticleError(f"`{slug}` is published already: import with --publish to replace it")
        outcome = "changed"
    fresh = path.with_suffix(".part")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)
    return Imported(raw.name, outcome, slug)


def _stateless(text: str) -> str:
    return re.sub(r"^state: .*$", "", text, count=1, flags=re.MULTILINE)
