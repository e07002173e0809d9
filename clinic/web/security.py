"""What guards the public origin: body size, allowed origins checked exactly, and security headers."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clinic.settings import Settings
from clinic.web.errors import problem

LARGEST_BODY = 64 * 1024
LARGEST_WRITTEN = 2 * 1024 * 1024  # ten thousand utterances at once, or a page as a browser saves it
WRITTEN = ("/studio/paste", "/studio/articles")  # where trainers bring in much
# Pages of ours load nothing from elsewhere and may be framed by nobody.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "content-security-policy": PAGE_POLICY,
    "x-frame-options": "DENY",
}
ALLOWED_METHODS = "GET, POST, DELETE"
ALLOWED_HEADERS = "Authorization, Content-Type"


def add_security(app: ASGIApp, settings: Settings) -> None:
    """Add the guards to an application."""
    app.add_middleware(SizeLimit)  # type: ignore[attr-defined]
    app.add_middleware(Origins, allowed=settings.web.allowed_origins)  # type: ignore[attr-defined]
    app.add_middleware(SecurityHeaders)  # type: ignore[attr-defined]


class SecurityHeaders:
    """Puts the security headers on every response that does not bring its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class Origins:
    """Lets pages of the allowed origins call the API and read its answers; each origin is compared exactly."""

    def __init__(self, app: ASGIApp, allowed: tuple[str, ...]) -> None:
        self.app = app
        self.allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a preflight, or pass on with the header that lets the page read."""
        origin = Headers(scope=scope).get("origin", "") if scope["type"] == "http" else ""
        if origin not in self.allowed:
            await self.app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            await _preflight(send, origin)
            return

        async def readable(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["access-control-allow-origin"] = origin
                headers["access-control-expose-headers"] = "Retry-After"
                headers.append("vary", "Origin")
            await send(message)

        await self.app(scope, receive, readable)


async def _preflight(send: Send, origin: str) -> None:
    headers = {
        "access-control-allow-origin": origin,
        "access-control-allow-methods": ALLOWED_METHODS,
        "access-control-allow-headers": ALLOWED_HEADERS,
        "access-control-max-age": "3600",
        "vary": "Origin",
    }
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 204, "headers": raw})
    await send({"type": "http.response.body", "body": b""})


class SizeLimit:
    """Refuses a body over 64 KiB (2 MiB where trainers write much), announced or not, before it is read whole."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a body that is small enough."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        most = LARGEST_WRITTEN if scope["path"].startswith(WRITTEN) else LARGEST_BODY
        body = await _read_up_to(receive, most) if announced.isdigit() and int(announced) <= most else None
        if body is None:
            answer = problem(413, f"That is too much at once: up to {most // 1024} KiB can be read.")
            await answer(scope, receive, send)
            return
        sent = False

        async def again() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, again, send)


async def _read_up_to(receive: Receive, most: int) -> bytes | None:
    """The whole body, or None when it is larger than it may be."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        part = message.get("body", b"")
        parts.append(part)
        size += len(part)
        if size > most:
            return None
        if not message.get("more_body"):
            return b"".join(parts)
