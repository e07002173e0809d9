"""The demo: a clinic's article page with the widget on it."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from clinic.web.errors import HttpProblem
from clinic.web.files import is_file
from clinic.web.public.articles import TEMPLATES, published

router = APIRouter(include_in_schema=False)
STATIC = Path(__file__).parents[1] / "static"


@router.get("/")
async def demo(request: Request) -> Response:
    """The first published article; a page that says how to add one where there is none."""
    settings = request.app.state.settings
    articles = published(settings)
    if len(articles) == 1:
        return RedirectResponse(f"/articles/{articles[0].slug}", 307)
    values = {"articles": articles, "clinic": settings.clinic, "service": settings.service}
    response: HTMLResponse = TEMPLATES.TemplateResponse(request, "articles.html", values)
    return response


@router.get("/static/{name}")
async def static(name: str) -> FileResponse:
    """A style sheet or picture of our own pages."""
    path = STATIC / name
    if path.parent != STATIC or not is_file(path):
        raise HttpProblem(404, "There is no such file.")
    return FileResponse(path)
