"""Pages are fetched from one public site, politely, and nothing else can be reached through us."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest

from clinic.knowledge.importer.crawler import Limits, public_address
from clinic.knowledge.importer.importer import Imported, Raw
from clinic.knowledge.importer.site_pages import fetch
from clinic.knowledge.model import ArticleError

PAGE = b"<html><body><article><h1>Bunion</h1><p>A bunion is a bump.</p></article></body></html>"
QUICK = Limits(loopback=True, pause=0, bytes=50_000, seconds=3, sitemaps=5, pages=10)


class Site(BaseHTTPRequestHandler):
    pages: ClassVar[dict[str, tuple[int, dict[str, str], bytes]]] = {}
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status, headers, body = self.pages.get(self.path, (404, {}, b""))
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    Site.pages, Site.asked = {}, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def html(body: bytes = PAGE) -> tuple[int, dict[str, str], bytes]:
    return 200, {"content-type": "text/html"}, body


def sitemap(*addresses: str, index: bool = False) -> tuple[int, dict[str, str], bytes]:
    tag, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    entries = "".join(f"<{inner}><loc>{one}</loc></{inner}>" for one in addresses)
    return 200, {"content-type": "application/xml"}, f"<?xml version='1.0'?><{tag}>{entries}</{tag}>".encode()


def refused(thing: Raw | Imported) -> str:
    assert isinstance(thing, Imported)
    assert thing.outcome == "refused"
    return thing.reason


def test_a_page_comes_with_its_address(site: str) -> None:
    Site.pages["/bunion"] = html()
    assert list(fetch(f"{site}/bunion", QUICK)) == [Raw(f"{site}/bunion", PAGE.decode(), "html", f"{site}/bunion")]


def test_a_sitemap_that_loops_ends(site: str) -> None:
    Site.pages["/sitemap.xml"] = sitemap(f"{site}/other.xml", f"{site}/sitemap.xml", index=True)
    Site.pages["/other.xml"] = sitemap(f"{site}/sitemap.xml", f"{site}/pages.xml", index=True)
    Site.pages["/pages.xml"] = sitemap(f"{site}/bunion", f"{site}/bunion")
    Site.pages["/bunion"] = html()
    assert [type(one) for one in fetch(f"{site}/sitemap.xml", QUICK)] == [Raw]
    assert Site.asked.count("/sitemap.xml") == 1


def test_a_sitemap_without_end_is_cut_off(site: str) -> None:
    Site.pages["/sitemap.xml"] = sitemap(*(f"{site}/p{number}" for number in range(50)))
    results = list(fetch(f"{site}/sitemap.xml", QUICK))
    assert len(results) == 11
    assert refused(results[-1]) == "more than 10 pages in one import"


def test_a_sitemap_that_answers_500_says_so(site: str) -> None:
    Site.pages["/sitemap.xml"] = (500, {}, b"")
    assert refused(next(iter(fetch(f"{site}/sitemap.xml", QUICK)))) == "the sitemap answered 500"


def test_an_entity_in_a_sitemap_is_never_expanded(site: str) -> None:
    bomb = b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>&a;</loc></url></urlset>"
    Site.pages["/sitemap.xml"] = (200, {}, bomb)
    assert "not an http or https address" in refused(next(iter(fetch(f"{site}/sitemap.xml", QUICK))))


def test_robots_txt_is_obeyed(site: str) -> None:
    Site.pages["/robots.txt"] = (200, {"content-type": "text/plain"}, b"User-agent: *\nDisallow: /private")
    Site.pages["/private/a"] = html()
    assert "robots.txt" in refused(next(iter(fetch(f"{site}/private/a", QUICK))))
    assert "/private/a" not in Site.asked


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ((302, {"location": "http://169.254.169.254/latest"}, b""), "another site"),
        ((302, {"location": "file:///etc/passwd"}, b""), "not an http or https address"),
        ((302, {"location": "/a"}, b""), "redirected more than 5 times"),
        ((200, {"content-type": "text/html"}, b"x" * 60_000), "larger than"),
        ((200, {"content-type": "application/pdf"}, b"%PDF"), "not a web page"),
        ((503, {}, b""), "answered 503"),
    ],
)
def test_what_is_no_page_of_the_site_is_refused(
    site: str, page: tuple[int, dict[str, str], bytes], reason: str
) -> None:
    Site.pages["/a"] = page
    assert reason in refused(next(iter(fetch(f"{site}/a", QUICK))))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "::1", "10.0.0.5", "192.168.1.1", "169.254.169.254", "0.0.0.0", "224.0.0.1"]
)
def test_a_private_address_is_never_asked(host: str) -> None:
    with pytest.raises(ArticleError, match="private address"):
        public_address(host, 80)


def test_there_is_a_pause_between_two_requests(site: str) -> None:
    pauses: list[float] = []
    Site.pages["/a"] = html()
    list(fetch(f"{site}/a", Limits(loopback=True, pause=1.0, wait=pauses.append)))
    assert Site.asked == ["/robots.txt", "/a"]
    assert pauses == [1.0]


def test_a_site_is_read_from_the_sitemap_its_robots_txt_names(site: str) -> None:
    Site.pages["/robots.txt"] = (200, {}, f"User-agent: *\nSitemap: {site}/mine.xml".encode())
    Site.pages["/mine.xml"] = sitemap(f"{site}/bunion")
    Site.pages["/bunion"] = html()
    assert [one.name for one in fetch(site, QUICK)] == [f"{site}/bunion"]


def test_a_site_without_a_sitemap_is_read_along_its_own_links_each_page_once(site: str) -> None:
    links = (
        b"<a href='/bunion#top'>a</a><a href='/bunion'>b</a><a href='https://example.org/'>c</a><a href='/x.jpg'>d</a>"
    )
    Site.pages["/"] = html(links + PAGE)
    Site.pages["/bunion"] = html(b"<a href=/>home</a>" + PAGE)
    assert [one.name for one in fetch(f"{site}/", QUICK)] == [f"{site}/", f"{site}/bunion"]


def test_links_without_end_are_cut_off(site: str) -> None:
    Site.pages["/"] = html(b"".join(b"<a href='/p%d'>p</a>" % number for number in range(50)))
    assert len(list(fetch(f"{site}/", QUICK))) == 10


def test_a_sitemap_of_a_hundred_thousand_open_tags_is_refused_at_once(site: str) -> None:
    Site.pages["/sitemap.xml"] = (200, {}, b"<urlset>" + b"<loc>" * 9_000 + b"</urlset>")
    assert list(fetch(f"{site}/sitemap.xml", QUICK)) == []


def test_a_page_in_the_servers_own_encoding_keeps_its_letters(site: str) -> None:
    Site.pages["/a"] = (200, {"content-type": "text/html; charset=windows-1252"}, "<p>Golfer’s £5".encode("cp1252"))
    page = next(iter(fetch(f"{site}/a", QUICK)))
    assert isinstance(page, Raw)
    assert page.text == "<p>Golfer’s £5"
