"""Articles from outside written into `data/articles/`: the author's words exactly, as drafts unless told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML

from clinic.knowledge.articles.files import FRONT, parse_article, read_text
from clinic.knowledge.articles.markdown import slugify
from clinic.knowledge.importer.html import Page, read_html, read_text_page
from clinic.knowledge.model import ArticleError

KINDS = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".txt": "text"}
_ACTIVE = re.compile(r"([\\`*_\[\]<>#|~])")
_LIST_LIKE = re.compile(r"^(\d+)([.)])(?=\s)|^([-+])(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Raw:
    """Something to import: its name for messages, its text, what kind it is, and the address it came from."""

    name: str
    text: str
    kind: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one thing: `new`, `changed`, `unchanged` or `refused` with a reason."""

    name: str
    outcome: str
    slug: str = ""
    reason: str = ""


def read_path(path: Path) -> Iterable[Raw | Imported]:
    """What a file or the files of a folder hold, in the order of their names; a refusal where one is no text."""
    files = sorted(one for one in path.rglob("*") if one.suffix.lower() in KINDS) if path.is_dir() else [path]
    for one in files:
        try:
            kind = KINDS.get(one.suffix.lower())
            if kind is None:
                raise ArticleError(f"{one.name}: not Markdown, HTML or plain text (.md, .html, .txt)")
            yield Raw(one.name, read_text(one), kind)
        except (ArticleError, OSError) as error:
            yield Imported(one.name, "refused", reason=str(error).removeprefix(f"{one.name}: "))


def import_articles(
    things: Iterable[Raw | Imported],
    folder: Path,
    publish: bool = False,
    tell: Callable[[Imported], None] = lambda one: None,
) -> list[Imported]:
    """Write each thing into the folder as an article; what cannot be used is refused by name, the rest go in.

    Two things with one slug in the same run: the second is refused. A published article is replaced only when
    `publish` is set, so that an import never takes an article from visitors. `tell` hears of each.
    """
    results: list[Imported] = []
    seen: set[str] = set()
    for thing in things:
        one = thing if isinstance(thing, Imported) else _import_one(thing, folder, publish, seen)
        results.append(one)
        tell(one)
    return results


def _import_one(raw: Raw, folder: Path, publish: bool, seen: set[str]) -> Imported:
    try:
        text = to_markdown(raw, publish)
        article = parse_article(text, raw.name)
        if article.slug in seen:
            raise ArticleError(f"{raw.name}: another page in this import is called `{article.slug}` too")
        seen.add(article.slug)
        return _write(raw, text, folder / f"{article.slug}.md", publish)
    except (ArticleError, OSError) as error:
        reason = str(error)
        return Imported(raw.name, "refused", reason=reason.removeprefix(f"{raw.name}: "))


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


def to_markdown(raw: Raw, publish: bool) -> str:
    """The article file for a thing; raises ArticleError when it holds no article."""
    state = "published" if publish else "draft"
    if raw.kind == "markdown":
        return _with_state(raw, state)
    page = read_html(raw.text, raw.url) if raw.kind == "html" else read_text_page(raw.text)
    return render(page, state)


def _with_state(raw: Raw, state: str) -> str:
    match = FRONT.match(raw.text)
    if match:
        front = re.sub(r"^state:.*\n?", "", match.group(1), flags=re.MULTILINE).rstrip("\n")
        slug = "" if re.search(r"^slug:", front, re.MULTILINE) else _slug_line(front)
        return f"---\n{front}\n{slug}state: {state}\n---\n{raw.text[match.end() :]}"
    title = re.search(r"^#\s+(.+?)\s*#*\s*$", raw.text, re.MULTILINE)
    if not title:
        raise ArticleError("no title: begin with front matter or a line `# Title`")
    body = raw.text.replace(title.group(0), "", 1)
    return _front({"title": title.group(1), "slug": slugify(title.group(1)), "state": state}) + body


def _slug_line(front: str) -> str:
    title = re.search(r"^title:\s*[\"']?(.+?)[\"']?\s*$", front, re.MULTILINE)
    return f"slug: {slugify(title.group(1))}\n" if title else ""


def render(page: Page, state: str) -> str:
    """A page as an article file; signs that mean something in Markdown are escaped, the words are untouched."""
    fields: dict[str, object] = {
        "title": page.title, "slug": slugify(page.title), "state": state, "category": page.category,
        "author": page.author, "url": page.url, "updated": page.updated, "related": page.related,
    }  # fmt: skip
    parts = []
    for part in page.parts:
        heading = f"## {_escape(part.heading)} {{#{slugify(part.heading)} aspect={part.aspect}}}"
        parts.append(f"{heading}\n\n{_join(part.lines)}")
    return _front(fields) + "\n" + "\n\n".join(parts) + "\n"


def _join(lines: list[str]) -> str:
    text = ""
    for place, line in enumerate(lines):
        bullet = line.startswith("- ")
        tight = bullet and place > 0 and lines[place - 1].startswith("- ")
        words = f"- {_escape(line[2:])}" if bullet else _escape(line)
        text += ("\n" if tight else "\n\n" if text else "") + words
    return text


def _escape(line: str) -> str:
    escaped = _ACTIVE.sub(r"\\\1", line.replace("&", "&amp;") if re.search(r"&#?\w+;", line) else line)
    return _LIST_LIKE.sub(lambda m: f"{m.group(1)}\\{m.group(2)}" if m.group(1) else f"\\{m.group(3)}", escaped)


def _front(fields: dict[str, object]) -> str:
    out = StringIO()
    yaml = YAML()
    yaml.width = 10_000
    yaml.dump({key: value for key, value in fields.items() if value}, out)
    return f"---\n{out.getvalue()}---\n"
