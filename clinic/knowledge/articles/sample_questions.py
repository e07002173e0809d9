"""The questions visitors ask for a sentence: `<slug>.asked.yml` beside the article. They help to find, never to say."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from clinic.knowledge.model import Article, ArticleError, Passage, Section


def add_questions(article: Article, text: str, name: str) -> tuple[Article, list[str]]:
    """The article with the questions in `text` on its sentences, and what is wrong with the file.

    A key that is not the beginning of exactly one sentence is left out (the sentence may have been rewritten);
    raises ArticleError when the file as a whole cannot be read.
    """
    try:
        data = _read(text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ArticleError(f"{name}:{mark.line + 1 if mark else 1}: not YAML") from None
    if not isinstance(data, dict) or set(data) - {"asked", "unanswered"}:
        raise ArticleError(f"{name}:1: only `asked:` and `unanswered:` may stand here")
    asked = {str(key): _lines(value, name) for key, value in (data.get("asked") or {}).items()}
    problems = []
    for key in list(asked):
        found = sum(one.text.startswith(key) for section in article.sections for one in section.sentences)
        if found != 1:
            problems.append(f"{name}: {found} sentences of the article begin with {key!r}; one should")
            del asked[key]
    digest = sha256((article.digest + text).encode()).hexdigest()
    sections = tuple(_ask_section(one, asked) for one in article.sections)
    unanswered = _lines(data.get("unanswered") or [], name)
    return replace(article, sections=sections, unanswered=unanswered, digest=digest), problems


def _read(text: str) -> Any:
    """The file as YAML has it. Its entries are read one by one and kept, since an edit changes one of thousands."""
    try:
        return _read_entries(text)
    except (YAMLError, _Unusual):
        return YAML(typ="safe").load(text) or {}  # Whole, for its own meaning or its own line.


class _Unusual(Exception):
    """Not written as these files are."""


def _read_entries(text: str) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for part in _PART.split(text):
        name, _, rest = part.partition(":\n")
        if not rest.strip():
            if part.strip() and not part.lstrip().startswith("#"):
                raise _Unusual
            continue
        if name not in ("asked", "unanswered") or name in data:
            raise _Unusual
        entries = [_entry(one) for one in (_ENTRY.split(rest) if name == "asked" else (rest,)) if one.strip()]
        data[name] = entries[0] if name == "unanswered" else {key: one[key] for one in entries for key in one}
        if name == "asked" and len(data[name]) != sum(map(len, entries)):
            raise _Unusual
    return data


_PART = re.compile(r"^(?=\w+:$)", re.MULTILINE)
_ENTRY = re.compile(r"^(?=  [^ \-#\n])", re.MULTILINE)


@lru_cache(maxsize=20_000)
def _entry(text: str) -> Any:
    read = YAML(typ="safe").load(text)
    if not isinstance(read, dict | list):
        raise _Unusual
    return read


def _lines(value: Any, name: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ArticleError(f"{name}: a list of questions was expected, not {value!r}")
    return tuple(str(one) for one in value)


def _ask_section(section: Section, asked: dict[str, tuple[str, ...]]) -> Section:
    return replace(section, passages=tuple(_ask_passage(one, asked) for one in section.passages))


def _ask_passage(passage: Passage, asked: dict[str, tuple[str, ...]]) -> Passage:
    sentences = tuple(
        replace(one, asked=next((asked[key] for key in asked if one.text.startswith(key)), one.asked))
        for one in passage.sentences
    )
    return replace(passage, sentences=sentences)
