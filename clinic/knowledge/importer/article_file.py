"""A page as an article file; signs that mean something in Markdown are escaped, the words are untouched."""

from __future__ import annotations

import re
from io import StringIO

from ruamel.yaml import YAML

from clinic.knowledge.articles.files import KNOWN_FIELDS
from clinic.knowledge.articles.markdown import slugify
from clinic.knowledge.importer.page import Page

_ACTIVE = re.compile(r"([\\`*_\[\]<>#|~{}])")
_LIST_LIKE = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=])(?=\s|$|[-=])")


def page_fields(page: Page) -> dict[str, object]:
    """The front matter of a page, without its state."""
    fields: dict[str, object] = {
        "title": page.title, "slug": slugify(page.title)[:80].strip("-"), "category": page.category,
        "author": page.author, "url": page.url, "updated": page.updated, "related": page.related,
    }  # fmt: skip
    return {**fields, **({"synonyms": page.synonyms} if page.synonyms else {})}


def page_body(page: Page) -> str:
    """The sections of a page in Markdown."""
    parts = []
    anchors: set[str] = set()
    for part in page.parts:
        anchor = slugify(part.heading)
        anchor = anchor if anchor not in anchors else f"{anchor}-{len(anchors) + 1}"
        anchors.add(anchor)
        heading = f"## {_escape(part.heading)} {{#{anchor} aspect={','.join((part.aspect, *part.also))}}}"
        parts.append(f"{heading}\n\n{_join(part.lines)}")
    return "\n" + "\n\n".join(parts) + "\n"


def front_matter(fields: dict[str, object]) -> str:
    """The fields that are not empty, in the order in which articles have them."""
    out = StringIO()
    yaml = YAML()
    yaml.width = 10_000
    yaml.dump({name: fields[name] for name in KNOWN_FIELDS if fields.get(name)}, out)
    return f"---\n{out.getvalue()}---\n"


def _join(lines: list[str]) -> str:
    text = ""
    for place, line in enumerate(lines):
        tight = line.startswith("- ") and place > 0 and lines[place - 1].startswith("- ")
        mark = next((one for one in ("- ", "### ") if line.startswith(one)), "")
        text += ("\n" if tight else "\n\n" if text else "") + mark + _escape(line.removeprefix(mark))
    return text


def _escape(line: str) -> str:
    escaped = _ACTIVE.sub(r"\\\1", line.replace("&", "&amp;") if re.search(r"&#?\w+;", line) else line)
    return _LIST_LIKE.sub(lambda m: f"{m.group(1)}\\{m.group(2)}" if m.group(1) else f"\\{m.group(3)}", escaped)
