"""Accordions and tabs of any make: which button is the heading of which panel."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clinic.knowledge.importer.html_tree import Element, words_in

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary"})
_TITLE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:accordion|toggle|tab|faq|collapse|collapsible)[\w-]*"
    r"(?:title|header|heading|button|question|trigger|toggle|btn)(?:$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Panels:
    """`headings` gives a panel's heading where it opens; `triggers` are the buttons whose words went there."""

    headings: dict[Element, str]
    triggers: frozenset[Element]


def is_toggle(element: Element) -> bool:
    """Whether it opens something below it: a button that can be expanded, a title of an accordion."""
    if element.tag not in ("button", "a", "div", "span", "p", "li", "dt", "label"):
        return False
    if not 0 < words_in(element) <= 30 or any(one.tag in _HEADINGS for one in element.iter()):
        return False
    if element.tag == "button" or element.get("role") in ("button", "tab"):
        told = any(element.get(name) is not None for name in ("aria-expanded", "aria-controls", "data-bs-toggle"))
        return told or bool(_TITLE_CLASS.search(str(element.get("class", ""))))
    return element.tag in ("div", "p", "a") and bool(_TITLE_CLASS.search(str(element.get("class", ""))))


def find_panels(root: Element) -> Panels:
    """Every panel that a button outside a heading names as the one it opens."""
    by_id = {str(one.get("id")): one for one in root.iter() if isinstance(one.tag, str) and one.get("id")}
    headings: dict[Element, str] = {}
    triggers: set[Element] = set()
    for element in root.iter("button", "a", "div", "li", "span", "label"):
        panel = by_id.get(_target(element))
        words = " ".join("".join(str(one) for one in element.itertext()).split())
        if panel is None or not words or not words_in(panel) or element in panel.iter() or panel in element.iter():
            continue
        if any(one.tag in _HEADINGS for one in (*element.iterancestors(), *element.iterdescendants())):
            continue
        if panel not in headings and len(words.split()) <= 30:
            headings[panel] = words
        triggers.add(element)
    return Panels(headings, frozenset(triggers))


def _target(element: Element) -> str:
    """The id of what it opens; empty for what opens nothing."""
    opens = element.tag == "button" or element.get("role") in ("button", "tab")
    told = str(element.get("data-bs-target") or element.get("data-target") or "")
    if element.get("data-bs-toggle") or element.get("data-toggle") or told:
        return (told or str(element.get("href") or "")).lstrip("#") or str(element.get("aria-controls") or "")
    return str(element.get("aria-controls") or "") if opens else ""
