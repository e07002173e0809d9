"""The clinic's articles as pages, so that every source has a place to be read on."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from clinic.knowledge.articles.files import read_article
from clinic.knowledge.model import Article, ArticleError
from clinic.settings import Settings
from clinic.web.errors import HttpProblem
from clinic.web.files import is_file

router = APIRouter(include_in_schema=False)
TEMPLATES = Jinja2Templates(Path(__file__).parents[1] / "templates")


def published(settings: Settings) -> list[Article]:
    """The published articles that can be read, by title."""
    found = []
    for path in sorted((settings.data / "articles").glob("*.md")):
        try:
            article = read_article(path)
        except ArticleError:
            continue
        if article.published:
            found.append(article)
    return sorted(found, key=lambda one: one.title)


def find_published(settings: Settings, slug: str) -> Article | None:
    """The published article of this name, where there is one that can be read."""
    path = settings.data / "articles" / f"{slug}.md"
    if not slug.replace("-", "").isalnum() or not is_file(path):
        return None
    try:
        article = read_article(path)
    except ArticleError:
        return None
    return article if article.published else None


@router.get("/articles/{slug}")
async def article_page(request: Request, slug: str) -> HTMLResponse:
    """One article as its visitors read it; 404 for a draft."""
    settings = request.app.state.settings
    article = find_published(settings, slug)
    if article is None:
        raise HttpProblem(404, "There is no such article.")
    values = {"article": article, "clinic": settings.clinic, "service": settings.service}
    return TEMPLATES.TemplateResponse(request, "article.html", values)
