"""The articles' list, with state, use and gaps; where one is begun or imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.accounts.model import SignedIn
from clinic.conversations.article_use_store import count_use
from clinic.knowledge.articles.files import read_folder
from clinic.knowledge.model import Article, ArticleError
from clinic.knowledge.unanswered_store import load_gaps
from clinic.problem import Problem
from clinic.web.staff.access import Fields, Trainer, go, services_of
from clinic.web.studio.desk import studio_of, studio_page

router = APIRouter(include_in_schema=False)
LIST = "/studio/articles"
NEWEST_GAPS = 2000


@router.get(LIST)
def articles_page(request: Request, user: Trainer) -> Response:
    """Every article with state, review, use and gaps, and the drafts on their way."""
    return _list(request, user, {})


@router.post(LIST)
def add(request: Request, user: Trainer, fields: Fields) -> Response:
    """Begin an article, or import one."""
    studio, who = studio_of(request).services, user.account.name
    try:
        if fields.get("do") == "begin":
            return go(f"{LIST}/{studio.articles.begin(fields.get('title', ''), who)}")
        source, written = fields.get("source", ""), fields.get("written", "")
        if not written and not source.startswith(("http://", "https://")):
            raise ArticleError("Give the page's address, beginning with https://, or paste its text.")
        told = studio.imports.take_in(source, written, who)
    except Problem as error:
        return _list(request, user, {"problem": str(error), "fields": fields}, 409)
    services_of(request).audit.add(who, "articles imported", str(sum(bool(slug) for slug, _ in told)))
    return _list(request, user, {"imported": told})


def _list(request: Request, user: SignedIn, more: dict[str, object], status: int = 200) -> Response:
    studio = studio_of(request)
    articles, problems = read_folder(studio.settings.data / "articles")
    drafts = studio.services.articles.drafts.all()
    known = {one.slug for one in articles}
    gaps = Counter(one.nearest for one in load_gaps(studio.sessions, NEWEST_GAPS))
    values: dict[str, object] = {
        "articles": sorted(articles, key=lambda one: one.title.casefold()),
        "fresh": [one for slug, one in sorted(drafts.items()) if slug not in known],
        "drafts": drafts,
        "use": count_use(studio.sessions),
        "gaps": gaps,
        "problems": problems,
        "broken": list(_broken_related(articles)),
        "resync_days": studio.settings.teaching.resync_days,
        "today": date.today().isoformat(),
        "problem": "",
        "imported": None,
        "fields": {},
        **more,
    }
    return studio_page(request, "studio/articles.html", user, values, status)


def _broken_related(articles: Sequence[Article]) -> Iterator[tuple[Article, str]]:
    """Each article with a name under its `related` that is no article's title, slug or address."""
    known = {name.casefold() for one in articles for name in (one.slug, one.title, one.url) if name}
    for one in articles:
        for name in one.related:
            if not known & {name.casefold(), name.casefold().rstrip("/").rpartition("/")[2]}:
                yield one, name
