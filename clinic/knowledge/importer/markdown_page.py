"""Markdown of any site generator brought into our own form: front matter mapped, the body as it was written."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Any

from markdown_it import MarkdownIt
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from clinic.knowledge.articles.files import KNOWN_FIELDS
from clinic.knowledge.articles.markdown import slugify
from clinic.knowledge.importer.metadata import without_site
from clinic.knowledge.importer.page_facts import read_date
from clinic.knowledge.model import ArticleError

_YAML = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\s*\+\+\+[ \t]*\r?\n(.*?)\r?\n\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^(?:#[ \t]+(?P<atx>.+?)[ \t]*#*[ \t]*|(?P<setext>\S.*)\r?\n=+[ \t]*)$", re.MULTILINE)
_SHORTCODE = re.compile(r"\{\{[<%].*?[%>]\}\}|\{%-?.*?-?%\}|^(?:import|export)\s.+$", re.DOTALL | re.MULTILINE)
# What other generators call our fields, the most telling first: Hugo, Jekyll, Eleventy, Astro, Docusaurus.
_NAMES = {
    "updated": ("updated", "lastmod", "last_modified_at", "last_updated", "modified", "updatedDate", "date", "pubDate"),
    "category": ("category", "categories"),
    "author": ("author", "authors"),
    "url": ("url", "canonical", "canonical_url", "canonicalURL"),
    "synonyms": ("synonyms", "also_known_as"),
    "title": ("title", "Title"),
}
_LISTS = ("synonyms", "related")


@dataclass(frozen=True, slots=True)
class MarkdownPage:
    """Our fields, the body, and notes on what was mapped or left out."""

    fields: dict[str, object]
    body: str
    notes: tuple[str, ...]


def read_markdown(text: str) -> MarkdownPage:
    """The fields and the body of a Markdown file; raises ArticleError when it has no title or cannot be read."""
    match, given = _YAML.match(text), {}
    if match:
        given = _load_yaml(match.group(1))
    elif match := _TOML.match(text):
        given = _load_toml(match.group(1))
    body = text[match.end() :] if match else text
    fields, notes = _map(given)
    body, heading = _take_title(body, str(fields.get("title") or ""))
    fields["title"] = str(fields.get("title") or heading)
    if not fields["title"]:
        raise ArticleError("no title: begin with front matter or a line `# Title`")
    fields["slug"] = str(fields.get("slug") or "") or slugify(str(fields["title"]))
    if codes := _SHORTCODE.findall(body):
        body = _SHORTCODE.sub("", body)
        notes.append(f"codes of the site generator that were left out: {len(codes)}, such as `{codes[0][:40]}`")
    return MarkdownPage({name: fields[name] for name in KNOWN_FIELDS if fields.get(name)}, body, tuple(notes))


def holds_html(body: str) -> bool:
    """Whether words of it stand in HTML, which is no article's text until it is read as a page."""
    return any(
        token.type == "html_block"
        and re.search(r"\w", re.sub(r"<!--.*?-->|<[^>]*>", "", token.content, flags=re.DOTALL))
        for token in MarkdownIt("commonmark").parse(body)
    )


def to_html(page: MarkdownPage) -> str:
    """The page as HTML, with its title."""
    return f"<h1>{page.fields['title']}</h1>{MarkdownIt('commonmark').enable('table').render(page.body)}"


def _map(given: dict[str, Any]) -> tuple[dict[str, object], list[str]]:
    fields: dict[str, object] = {}
    used: set[str] = set()
    for name in KNOWN_FIELDS:
        for key in _NAMES.get(name, (name,)):
            value = _value(name, given.get(key))
            if value and name not in fields:
                fields[name] = value
                used.add(key)
    if slug := str(fields.get("slug") or ""):
        fields["slug"] = slugify(slug.rstrip("/").rpartition("/")[2])
    if "title" in fields:
        fields["title"] = without_site(str(fields["title"])) if " | " in str(fields["title"]) else fields["title"]

    dropped = [key for key in given if key not in used and key not in KNOWN_FIELDS]
    return fields, [f"fields that were left out: {', '.join(dropped)}"] if dropped else []


def _value(name: str, value: Any) -> object:
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    if name in _LISTS:
        listed = value if isinstance(value, list) else [value] if value else []
        return [" ".join(str(one).split()) for one in listed]
    if isinstance(value, list):
        value = value[0] if value else ""
        return _value(name, value)
    if name in ("updated", "next_review"):
        return str(value)[:10] if isinstance(value, date) else read_date(str(value or ""))
    return "" if value is None or isinstance(value, bool) else " ".join(str(value).split())


def _take_title(body: str, title: str) -> tuple[str, str]:
    """The body without the heading that says the title again, and that heading."""
    match = _TITLE.search(body)
    found = (match.group("atx") or match.group("setext")).strip() if match else ""
    if match and (not title or found.casefold() == title.casefold()):
        return body[: match.start()] + body[match.end() :].lstrip("\r\n"), found
    return body, found


def _load_yaml(text: str) -> dict[str, Any]:
    try:
        found = YAML(typ="safe").load(text)
    except (YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 2}: " if mark else ""
        raise ArticleError(f"{line}front matter is not YAML: {getattr(error, 'problem', error)}") from None
    if found is not None and not isinstance(found, dict):
        raise ArticleError("line 2: front matter needs lines like `title: ...`")
    return {str(key): value for key, value in (found or {}).items()}


def _load_toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ArticleError(f"front matter is not TOML: {error}") from None
