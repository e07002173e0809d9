"""Which pages a site has: those its sitemaps name, or those that its own pages link to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

from clinic.knowledge.importer.crawler import Limits, Site
from clinic.knowledge.importer.sources import Imported, Raw
from clinic.knowledge.model import ArticleError

# An address ends where the next tag begins, so that a file of open tags is read once and not once a tag.
_LOC = re.compile(r"<loc>(?:\s|<!\[CDATA\[)*([^<>\s\]]{1,2000})")
_LINK = re.compile(r"""<a\s[^<>]{0,2000}?\bhref\s*=\s*["']?([^"'<>\s]{1,2000})""", re.IGNORECASE)
_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml")
_NO_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|zip|mp[34]|avif|woff2?|docx?|xlsx?|ics|xml|rss|json)$|/feed/?$"
    r"|/wp-(?:admin|login|json|content)\b|/(?:tag|cart|basket|checkout|account|login|author)/|[?&](?:replytocom|share|s)=",
    re.IGNORECASE,
)
Found = Iterator[Raw | Imported]


def fetch(url: str, limits: Limits | None = None) -> Found:
    """The page at an address, every page a sitemap (`….xml`) names, or for a site's front page all of its pages.

    A sitemap that names other sitemaps is followed, each one once; a site without one is read along its own links.
    Refusals say why.
    """
    site = Site(url, limits or Limits())
    parts = urlsplit(url)
    if parts.path.casefold().endswith(".xml"):
        yield from _Pages(site).of_sitemaps([url])
    elif parts.path in ("", "/") and not parts.query:
        yield from _fetch_site(site)
    else:
        yield _try_page(site, url)


def _fetch_site(site: Site) -> Found:
    site.allows(site.start)  # reads robots.txt, which may name sitemaps
    told = [*site.sitemaps, *(urljoin(site.start, path) for path in _SITEMAPS)]
    for sitemap in dict.fromkeys(told):
        try:
            _read_sitemap(site, sitemap)
        except ArticleError:
            continue
        yield from _Pages(site).of_sitemaps(list(site.sitemaps) or [sitemap])
        return
    yield from _Pages(site).along_links()


@dataclass(slots=True)
class _Pages:
    """Pages of one site, each once, within its limits."""

    site: Site
    seen: set[str] = field(default_factory=set)

    def of_sitemaps(self, first: list[str]) -> Found:
        waiting, known = list(first), set(first)
        while waiting:
            current = waiting.pop(0)
            try:
                inner, found = _read_sitemap(self.site, current)
            except ArticleError as error:
                yield Imported(current, "refused", reason=str(error))
                continue
            fresh = [one for one in inner if one not in known][: max(self.site.limits.sitemaps - len(known), 0)]
            known.update(fresh)
            waiting += fresh
            for page in found:
                if self.is_full(page):
                    yield Imported(page, "refused", reason=f"more than {self.site.limits.pages} pages in one import")
                    return
                if self.take(page):
                    yield _try_page(self.site, page)

    def along_links(self) -> Found:
        waiting = [self.site.start]
        self.take(self.site.start)
        while waiting:
            page = _try_page(self.site, waiting.pop(0))
            yield page
            if isinstance(page, Imported):
                continue
            for link in _links(page):
                if self.is_full(link):
                    break
                if self.site.holds(link) and self.take(link):
                    waiting.append(link)

    def is_full(self, page: str) -> bool:
        return page not in self.seen and len(self.seen) >= self.site.limits.pages

    def take(self, page: str) -> bool:
        """Whether the page is new."""
        new = page not in self.seen
        self.seen.add(page)
        return new


def _links(page: Raw) -> Iterator[str]:
    for target in _LINK.findall(page.text):
        try:
            link = urldefrag(urljoin(page.url, unescape(target)))[0]
        except ValueError:
            continue
        if not _NO_PAGE.search(link):
            yield link


def _try_page(site: Site, url: str) -> Raw | Imported:
    try:
        return site.page(url)
    except ArticleError as error:
        return Imported(url, "refused", reason=str(error).removeprefix(f"{url}: "))


def _read_sitemap(site: Site, url: str) -> tuple[list[str], list[str]]:
    """The sitemaps and the pages that a sitemap names, each once, in order."""
    response = site.get(url)
    if response.status_code != 200:
        raise ArticleError(f"the sitemap answered {response.status_code}")
    text = response.text
    if "<urlset" not in text and "<sitemapindex" not in text:
        raise ArticleError("not a sitemap")
    # By pattern and not by an XML parser: nothing in the file can be expanded or fetched.
    addresses = [unescape(one.strip()) for one in _LOC.findall(text)]
    unique = list(dict.fromkeys(one for one in addresses if one))
    return (unique, []) if "<sitemapindex" in text else ([], unique)
