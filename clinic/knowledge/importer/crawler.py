"""Pages of a clinic's own site, fetched politely: one site, public addresses, bounded in every way."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic, sleep
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from clinic.knowledge.importer.decoding import decode_page
from clinic.knowledge.importer.sources import Raw
from clinic.knowledge.model import ArticleError

AGENT = "pointe-article-import/1.0"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long: bytes, seconds, redirects, pages, sitemaps, and a pause between two requests.

    `loopback` permits this machine's own addresses, for tests.
    """

    bytes: int = 5_000_000
    seconds: float = 20.0
    redirects: int = 5
    pages: int = 2_000
    sitemaps: int = 50
    pause: float = 1.0
    loopback: bool = False
    wait: Callable[[float], None] = sleep


@dataclass(slots=True)
class Site:
    """One site: every address must have its host (with or without `www.`), and robots.txt is obeyed."""

    start: str
    limits: Limits = field(default_factory=Limits)
    sitemaps: tuple[str, ...] = ()
    _robots: RobotFileParser | None = None
    _asked: bool = False

    def get(self, url: str) -> httpx.Response:
        """The response to a GET after redirects; raises ArticleError in a sentence when it cannot be had."""
        for _ in range(self.limits.redirects + 1):
            self._check_host(url)
            if not self.allows(url):
                raise ArticleError(f"{url}: the site's robots.txt asks not to fetch this page")
            response = self._get_once(url)
            if not response.is_redirect:
                return response
            url = urljoin(url, response.headers.get("location", ""))
        raise ArticleError(f"{url}: redirected more than {self.limits.redirects} times")

    def page(self, url: str) -> Raw:
        """An HTML page ready to import; raises ArticleError."""
        response = self.get(url)
        kind = response.headers.get("content-type", "text/html").split(";")[0].strip()
        if response.status_code != 200:
            raise ArticleError(f"{url}: the site answered {response.status_code}")
        if kind not in ("text/html", "application/xhtml+xml"):
            raise ArticleError(f"{url}: not a web page but {kind}")
        return Raw(url, decode_page(response.content, response.charset_encoding or ""), "html", url)

    def allows(self, url: str) -> bool:
        """Whether robots.txt lets us fetch this; a site without one allows everything."""
        if urlsplit(url).path == "/robots.txt":
            return True
        if self._robots is None:
            robots = RobotFileParser()
            try:
                response = self.get(urljoin(self.start, "/robots.txt"))
                robots.parse(response.text.splitlines() if response.status_code == 200 else [])
                self.sitemaps = tuple(robots.site_maps() or ())
            except ArticleError:
                robots.parse([])
            self._robots = robots
        return self._robots.can_fetch(AGENT, url)

    def holds(self, url: str) -> bool:
        """Whether an address is one of this site's."""
        try:
            self._check_host(url)
        except (ArticleError, ValueError):
            return False
        return True

    def _check_host(self, url: str) -> None:
        mine, theirs = urlsplit(self.start), urlsplit(url)
        if theirs.scheme not in ("http", "https") or not theirs.hostname:
            raise ArticleError(f"{url}: not an http or https address")
        if _bare(theirs.hostname) != _bare(mine.hostname or "") or theirs.port != mine.port:
            raise ArticleError(f"{url}: another site than {mine.hostname}; only one site is imported at a time")

    def _get_once(self, url: str) -> httpx.Response:
        if self._asked:
            self.limits.wait(self.limits.pause)
        self._asked = True
        parts = urlsplit(url)
        host = parts.hostname or ""
        # The address is checked and then used, so that a second look-up cannot give another one.
        address = public_address(host, parts.port or (443 if parts.scheme == "https" else 80), self.limits.loopback)
        shown = f"[{address}]" if ":" in address else address
        target = parts._replace(netloc=f"{shown}:{parts.port}" if parts.port else shown).geturl()
        headers = {"Host": parts.netloc.rpartition("@")[2], "User-Agent": AGENT, "Accept-Encoding": "gzip"}
        try:
            with (
                httpx.Client(timeout=self.limits.seconds, follow_redirects=False, trust_env=False) as client,
                client.stream("GET", target, headers=headers, extensions={"sni_hostname": host}) as response,
            ):
                return _read(response, url, self.limits)
        except httpx.HTTPError as error:
            raise ArticleError(f"{url}: {error or type(error).__name__}") from None


def _read(response: httpx.Response, url: str, limits: Limits) -> httpx.Response:
    body, until = bytearray(), monotonic() + limits.seconds
    for chunk in response.iter_bytes(65_536):
        body += chunk
        if len(body) > limits.bytes:
            raise ArticleError(f"{url}: larger than {limits.bytes // 1_000_000} MB")
        if monotonic() > until:
            raise ArticleError(f"{url}: took longer than {limits.seconds:.0f} seconds")
    headers = {key: value for key, value in response.headers.items() if key not in ("content-encoding",)}
    return httpx.Response(response.status_code, headers=headers, content=bytes(body))


def public_address(host: str, port: int, loopback: bool = False) -> str:
    """An address of a host on the public internet; raises ArticleError when any of its addresses is not."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ArticleError(f"{host}: no such site") from None
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        number = ipaddress.ip_address(address.split("%")[0])
        number = getattr(number, "ipv4_mapped", None) or number
        if not (number.is_global and not number.is_multicast) and not (loopback and number.is_loopback):
            raise ArticleError(f"{host}: a private address; only public sites are imported")
    return addresses[0]


def _bare(host: str) -> str:
    return host.casefold().removeprefix("www.")
