"""The widget's files, as `widget/` builds them."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from clinic.settings import Settings
from clinic.web.errors import HttpProblem
from clinic.web.files import is_file

router = APIRouter(include_in_schema=False)
SCRIPT = "text/javascript; charset=utf-8"
ANYWHERE = {"cross-origin-resource-policy": "cross-origin", "access-control-allow-origin": "*"}


def script_path(settings: Settings) -> Path | None:
    """The one file a page loads, or None when the widget is not built."""
    path = settings.root / "widget" / "dist" / "pointe.js"
    return path if path.exists() else None


@lru_cache(maxsize=32)
def _read(path: Path, changed: float) -> tuple[bytes, str]:
    body = path.read_bytes()
    return body, f'"{hashlib.sha256(body).hexdigest()[:20]}"'


@lru_cache(maxsize=8)
def _read_script(path: Path, changed: float, help_line: str) -> tuple[bytes, str]:
    """The script with the clinic's own line for when nobody can be reached, in place of the one it was built with."""
    body = path.read_bytes()
    built_with = json.loads((path.parent / "manifest.json").read_bytes())["help"].encode()
    body = body.replace(built_with, _within_a_string(help_line))
    return body, f'"{hashlib.sha256(body).hexdigest()[:20]}"'


def _within_a_string(text: str) -> bytes:
    """The text as it may stand between any kind of quotation marks of a script."""
    told = json.dumps(text)[1:-1]
    for sign in "'`$<":
        told = told.replace(sign, f"\\u{ord(sign):04x}")
    return told.encode()


@router.get("/widget/permission")
async def permission(request: Request) -> JSONResponse:
    """Whether pages like the one that asks may use the chat: the script tells their owner where they may not."""
    origin, allowed = request.headers.get("origin", ""), request.app.state.settings.web.allowed_origins
    headers = {"cache-control": "no-store", **ANYWHERE}
    return JSONResponse({"allowed": not origin or origin in allowed}, headers=headers)


@router.get("/widget.js")
async def script(request: Request) -> Response:
    """The one file a page loads, by content hash: asked again, answered 304."""
    path = script_path(request.app.state.settings)
    if path is None:
        raise HttpProblem(404, "The widget is not built: run `make setup`.")
    body, tag = _read_script(path, path.stat().st_mtime, request.app.state.help_line())
    headers = {"etag": tag, "cache-control": "public, max-age=300, must-revalidate", **ANYWHERE}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=SCRIPT, headers=headers)


@router.get("/widget/{name}")
async def part(request: Request, name: str) -> Response:
    """A part that is loaded when the chat is first opened; its name holds its hash, so it may be kept for ever."""
    folder = request.app.state.settings.root / "widget" / "dist" / "widget"
    path = folder / name
    if path.parent != folder or path.suffix not in {".js", ".css"} or not is_file(path):
        raise HttpProblem(404, "There is no such part of the widget.")
    body, tag = _read(path, path.stat().st_mtime)
    headers = {"etag": tag, "cache-control": "public, max-age=31536000, immutable", **ANYWHERE}
    return Response(body, media_type=SCRIPT, headers=headers)
