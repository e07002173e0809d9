"""What an HTML page says about itself: title, author, date, site; guessed from nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from clinic.knowledge.importer.html_tree import Element, words_in
from clinic.knowledge.importer.page_facts import read_date

_SEPARATOR = re.compile(r"\s+[|–—·»:~-]\s+|\s*[|»]\s*")
_UPDATED = ("article:modified_time", "og:updated_time", "last-modified", "dcterms.modified", "datemodified", "revised")
_PUBLISHED = ("article:published_time", "dcterms.date", "dc.date", "date", "datepublished", "pubdate")
_NOBODY = re.compile(r"^(?:admin\w*|administrator|editor|team|webmaster|user\d*|guest|https?:.*)$", re.IGNORECASE)


def find_site(root: Element) -> str:
    """The site's name in the page's metadata; empty where it gives none."""
    return _meta(root, "og:site_name").casefold()


def find_browser_title(root: Element) -> str:
    """What the browser's tab shows, without the site's name."""
    told = _meta(root, "og:title") or next((_words(one) for one in root.iter("title")), "")
    return without_site(told, find_site(root))


def find_heading(root: Element, places: list[Element], site: str = "") -> str:
    """The page's own heading: the first `<h1>` of its content, then any; empty where there is none."""
    for place in (*places, root):
        for one in place.iter("h1"):
            text = _words(one)
            if text and text.casefold() != site and not (_is_home_link(one) and len(list(root.iter("h1"))) > 1):
                return text
    return ""


def without_site(title: str, site: str = "") -> str:
    """A browser's title without the name of the site at its end or its beginning."""
    parts = [one for one in _SEPARATOR.split(" ".join(title.split())) if one]
    if len(parts) < 2:
        return " ".join(title.split())
    kept = [one for one in parts if one.casefold() != site]
    return kept[0] if kept else parts[0]


def find_date(root: Element) -> str:
    """An ISO date the page gives in its metadata, updated before published; empty where it gives none."""
    linked = list(_linked_data(root))
    updated = [_meta(root, *_UPDATED), *(str(one.get("dateModified", "")) for one in linked)]
    published = [_meta(root, *_PUBLISHED), *(str(one.get("datePublished", "")) for one in linked)]
    marked = [one.get("datetime", "") for one in root.iter("time") if _is_stamp(one)]
    return next((day for told in (*updated, *marked, *published) if (day := read_date(str(told)))), "")


def find_author(root: Element) -> str:
    """The person the page names as its author in its metadata; empty for the site itself, and for nobody."""
    linked = [one.get("author") for one in _linked_data(root)]
    names = [_meta(root, "author", "dcterms.creator", "dc.creator")]
    for one in linked:
        person = one[0] if isinstance(one, list) and one else one
        if isinstance(person, dict) and person.get("@type", "Person") == "Person":
            names.append(str(person.get("name") or ""))
    names += [_words(one) for one in root.xpath('//*[@itemprop="author" or @rel="author"]') if words_in(one) <= 5]
    site = _meta(root, "og:site_name").casefold()
    clean = (re.sub(r"^by\s+", "", name.strip(), flags=re.IGNORECASE) for name in names)
    return next((one for one in clean if one and not _NOBODY.match(one) and one.casefold() != site), "")


def find_address(root: Element) -> str:
    """The address the page gives as its own; empty where it gives none."""
    links = (str(one.get("href", "")) for one in root.iter("link") if one.get("rel") == "canonical")
    return next((one for one in (*links, _meta(root, "og:url")) if re.match(r"https?://\S+$", one)), "")


def _is_stamp(element: Element) -> bool:
    """A `<time>` beside the word updated, reviewed or published."""
    near = element.getparent()
    told = " ".join("".join(map(str, near.itertext())).split()) if near is not None else ""
    named = re.search(
        r"\b(?:updated|reviewed|modified|published)\b", f"{told} {element.get('class', '')}", re.IGNORECASE
    )
    return bool(named) and len(told.split()) <= 15


def _is_home_link(element: Element) -> bool:
    return any(
        re.match(r"(?:https?://[^/]+)?/?(?:index\.\w+)?$", str(one.get("href", "x"))) for one in element.iter("a")
    )


def _linked_data(root: Element) -> Iterator[dict[str, Any]]:
    for script in root.xpath('//script[@type="application/ld+json"]'):
        try:
            found = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        graph = found.get("@graph", [found]) if isinstance(found, dict) else found
        yield from (one for one in (graph if isinstance(graph, list) else [graph]) if isinstance(one, dict))


def _meta(root: Element, *names: str) -> str:
    for name in names:
        for one in root.iter("meta"):
            keys = (one.get("name"), one.get("property"), one.get("http-equiv"), one.get("itemprop"))
            if name in (str(key).lower() for key in keys if key) and one.get("content", "").strip():
                return str(one.get("content")).strip()
    return ""


def _words(element: Element) -> str:
    for one in element.iter("br"):
        one.tail = f" {one.tail or ''}"
    return " ".join("".join(map(str, element.itertext())).split())
