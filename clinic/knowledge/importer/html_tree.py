"""The tree of an HTML page without what surrounds the article: navigation, forms, banners, scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import html as lxml_html
from lxml.etree import ParserError

from clinic.knowledge.model import ArticleError

Element = Any  # lxml gives no types
_LXML: Any = lxml_html

_SILENT = frozenset({
    "script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "video", "audio", "map", "select",
    "textarea", "input", "option", "datalist", "math", "embed", "head", "title", "meta", "link", "base",
})  # fmt: skip
_AROUND = frozenset({"nav", "footer", "aside", "form", "dialog", "menu"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog", "menu",
                    "menubar", "form"})  # fmt: skip
_CLASSES = re.compile(
    r"^(?:nav|navbar|navigation|(?:main|site|nav|mega|mobile|top|footer)-?menu|menu|breadcrumbs?|sidebar|site-footer|footer"
    r"|page-footer|cookies?|cookie-(?:banner|notice|consent|bar)|consent|gdpr|popup|modal|newsletter|subscribe|signup"
    r"|share|sharing|share-?(?:buttons|bar|links)|social|social-?(?:share|links|icons|media)|sharedaddy|related"
    r"|related-?(?:posts|articles|pages|links)|jp-relatedposts|comments?|comments?-(?:area|list|section)|comment-respond"
    r"|widget-area|pagination|pager|post-navigation|nav-links|skip-?link|screen-reader-text|sr-only|visually-hidden"
    r"|search-form|searchform|author-(?:box|bio|info|card)|about-(?:the-)?author|post-(?:tags|meta)|entry-(?:meta|footer)"
    r"|tag-(?:list|links|cloud)|tags|toc|table-of-contents|ez-toc-container|elementor-location-(?:header|footer)"
    r"|elementor-widget-(?:nav-menu|share-buttons|social-icons|breadcrumbs|button|post-navigation|form)|cta|call-to-action"
    r"|header-(?:nav|actions|announcement-bar-wrapper)|announcement-bar|site-header|page-header-nav|masthead|offcanvas|back-to-top"
    r"|advert|ads?|banner-ad|promo|testimonials?|testimonial-\w+)$",
    re.IGNORECASE,
)
_TOLD = 15  # words from which on something left out is named
_STANDS_ALONE = 0.4  # what holds this share of the page's words is the page, whatever it is called


def parse_html(text: str) -> Element:
    """The root element; raises ArticleError when there is nothing in it."""
    # A declared encoding is refused for text that is decoded already.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""), count=1)
    try:
        parser = _LXML.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        root = _LXML.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (ParserError, ValueError, AssertionError):
        raise ArticleError("no article text on the page: is it empty?") from None
    return root


def words_in(element: Element) -> int:
    """How many words a reader sees in it."""
    return sum(len(str(text).split()) for text in element.itertext())


def remove_surroundings(root: Element) -> tuple[Element, list[str]]:
    """The body with everything taken out that is no article's text, and the beginnings of what was long.

    The tree is changed. Menus, footers and forms are not told of.
    """
    left_out: list[str] = []
    for element in list(root.iter()):
        if isinstance(element.tag, str) and element.tag in _SILENT and element.getparent() is not None:
            element.drop_tree()
    body = root.find("body") if root.tag == "html" else root
    body = root if body is None else body
    every = words_in(body) or 1
    for element in list(body.iter()):
        if element is body or not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if not _is_inside(element, body):
            continue
        if _surrounds(element) and not _holds_the_page(element, every):
            if (
                element.tag not in _AROUND
                and words_in(element) >= _TOLD
                and _linked_words(element) < 0.3 * words_in(element)
            ):
                left_out.append(" ".join(" ".join(map(str, element.itertext())).split()[:8]))
            _drop_but_headline(element)
    return body, left_out


def _is_inside(element: Element, body: Element) -> bool:
    while element is not None and element is not body:
        element = element.getparent()
    return element is body


def _surrounds(element: Element) -> bool:
    if element.tag in _AROUND or element.get("role", "").lower() in _ROLES:
        return True
    if element.tag == "header":
        return not any(one.tag in ("article", "main", "section") for one in element.iterancestors())
    if element.tag in ("h1", "html", "main", "article", "body", "summary"):
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}".replace("_", "-").split()
    # Tabs are called menus by many makes.
    return any(map(_CLASSES.match, names)) and not element.xpath('descendant-or-self::*[@role="tab"]')


def _holds_the_page(element: Element, every: int) -> bool:
    if element.tag in ("nav", "footer"):
        return False
    return bool(words_in(element) > _STANDS_ALONE * every and _linked_words(element) < 0.5 * words_in(element))


def _linked_words(element: Element) -> int:
    return sum(words_in(link) for link in element.iter("a"))


def _drop_but_headline(element: Element) -> None:
    """Take it out; of a banner that holds the page's `<h1>`, only its links, lists and buttons."""
    headline = next((one for one in element.iter("h1") if words_in(one)), None)
    if headline is None or element.tag in ("nav", "footer", "aside", "form"):
        element.drop_tree()
        return
    kept = set(headline.iter()) | set(headline.iterancestors())
    for one in list(element.iter("nav", "ul", "ol", "form", "a", "button")):
        if one not in kept and _is_inside(one, element):
            one.drop_tree()


def main_elements(body: Element) -> list[Element]:
    """What the page itself marks as its content, the most telling mark first; the body where nothing is marked."""
    marked: list[list[Element]] = [
        list(body.iter("main")) or list(body.xpath('.//*[@role="main"]')),
        list(body.xpath('.//*[@itemprop="articleBody"]')),
        _outermost(body.iter("article")),
    ]
    return next((found for found in marked if sum(map(words_in, found)) >= 0.5 * (words_in(body) or 1)), [body])


def _outermost(elements: Iterator[Element]) -> list[Element]:
    return [one for one in elements if not any(up.tag == "article" for up in one.iterancestors())]
