"""Articles as files: Markdown with front matter, and the questions asked of them in a file beside it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from clinic.knowledge.articles.markdown import read_sections
from clinic.knowledge.articles.sample_questions import add_questions
from clinic.knowledge.model import Article, ArticleError

LARGEST = 1_000_000
FRONT = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
KNOWN_FIELDS = (
    "title", "slug", "state", "category", "author", "based_on", "url", "updated", "reviewed_by", "next_review",
    "synonyms", "related",
)  # fmt: skip


def read_article(path: Path) -> Article:
    """The article in `path`; raises ArticleError with file and line when it cannot be used."""
    return parse_article(read_text(path), path.name)


def read_with_questions(path: Path) -> tuple[Article, list[str]]:
    """The article with the questions asked of it, and what is wrong with the latter; raises ArticleError."""
    article = read_article(path)
    asked = path.with_name(path.stem + ".asked.yml")
    if not asked.exists():
        return article, []
    try:
        return add_questions(article, read_text(asked), asked.name)
    except (ArticleError, OSError) as error:
        return article, [str(error)]


def read_text(path: Path) -> str:
    """The text of a file of a bearable size; raises ArticleError."""
    if path.stat().st_size > LARGEST:
        raise ArticleError(f"{path.name}: larger than {LARGEST // 1000} kB: split the article")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError(f"{path.name}: not UTF-8 text (byte {error.start}): save it as UTF-8") from None
    if "\x00" in text:
        raise ArticleError(f"{path.name}: holds binary data: is it a text file?")
    return text


def parse_article(text: str, name: str) -> Article:
    """An article from the text of its file; `name` is used in messages."""
    match = FRONT.match(text)
    if not match:
        raise ArticleError(f"{name}:1: no front matter: begin with a line `---`, `title: ...`, a line `---`")
    fields = _read_front(match.group(1), name)
    body = text[match.end() :]
    offset = text[: match.end()].count("\n")
    sections = read_sections(body, name, offset)
    if not sections:
        raise ArticleError(f"{name}:{offset + 1}: no text under any heading: write `## Symptoms` and a paragraph")
    return replace(fields, sections=sections, digest=hashlib.sha256(text.encode()).hexdigest())


def _read_front(front: str, name: str) -> Article:
    try:
        data = YAML(typ="safe").load(front)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise ArticleError(f"{name}:{line}: front matter is not YAML: {getattr(error, 'problem', error)}") from None
    if not isinstance(data, dict):
        raise ArticleError(f"{name}:2: front matter needs lines like `title: ...`")
    for key in data:
        if key not in KNOWN_FIELDS:
            raise ArticleError(
                f"{name}:{_line(front, key)}: unknown field `{key}`: use one of {', '.join(KNOWN_FIELDS)}"
            )
    return _to_article(data, front, name)


def _to_article(data: dict[str, Any], front: str, name: str) -> Article:
    words: dict[str, Any] = {key: _plain(data.get(key)) for key in KNOWN_FIELDS[:-2]}
    if not words["title"]:
        raise ArticleError(f"{name}:2: no title: write `title: ...` in the front matter")
    if not _SLUG.match(words["slug"]):
        raise ArticleError(f"{name}:{_line(front, 'slug')}: the slug needs small letters, digits and hyphens")
    if words["state"] not in ("draft", "published"):
        raise ArticleError(f"{name}:{_line(front, 'state')}: state is `draft` or `published`")
    for key in ("updated", "next_review"):
        _check_date(words[key], f"{name}:{_line(front, key)}: {key}")
    published = words.pop("state") == "published"
    synonyms, related = (tuple(_plain(one) for one in data.get(key) or ()) for key in ("synonyms", "related"))
    bare = Article(words.pop("slug"), words.pop("title"), (), published, synonyms=synonyms, related=related)
    return replace(bare, **words)


def _plain(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())


def _check_date(value: str, where: str) -> None:
    try:
        date.fromisoformat(value or "2000-01-01")
    except ValueError:
        raise ArticleError(f"{where} is not a date such as 2022-10-03") from None


def _line(front: str, key: object) -> int:
    found = re.search(rf"^{re.escape(str(key))}\s*:", front, re.MULTILINE)
    return front[: found.start()].count("\n") + 2 if found else 2


def read_folder(folder: Path) -> tuple[list[Article], list[str]]:
    """Every article of a folder, and what is wrong with those that cannot be used, in a sentence each.

    Of two articles with one slug or one title the first by file name is kept and the other is refused.
    """
    articles: dict[str, Article] = {}
    titles: dict[str, str] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.md")):
        try:
            article, warnings = read_with_questions(path)
            for twin in (article.slug in articles and article.slug, titles.get(article.title.casefold())):
                if twin:
                    raise ArticleError(f"{path.name}: `{twin}` has the same slug or title: rename one of them")
        except (ArticleError, OSError) as error:
            problems.append(str(error))
            continue
        problems += warnings
        articles[article.slug] = article
        titles[article.title.casefold()] = article.slug
    return list(articles.values()), problems
