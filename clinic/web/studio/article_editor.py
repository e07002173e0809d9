"""The editor of an article: its text, what it would answer, review, versions."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from clinic.accounts.model import SignedIn
from clinic.engine.client import EngineUnavailable
from clinic.engine.events import FALLBACK
from clinic.knowledge.articles.drafts_store import ArticleDraft
from clinic.knowledge.importer.review import review_article
from clinic.knowledge.model import Article, ArticleError
from clinic.problem import Problem
from clinic.runtime.line_process import NotAnswered
from clinic.web.staff.access import Fields, StaffProblem, Trainer, go, page, services_of
from clinic.web.studio.articles import LIST
from clinic.web.studio.desk import studio_of, studio_page

router = APIRouter(include_in_schema=False)


@router.get(LIST + "/{slug}")
def editor(request: Request, user: Trainer, slug: str) -> Response:
    """One article to read or edit."""
    return _editor(request, user, slug, {})


@router.post(LIST + "/{slug}/preview")
def preview(request: Request, user: Trainer, slug: str, fields: Fields) -> Response:
    """The sections of what is in the editor, while it is typed."""
    return page(request, "studio/article_preview.html", user, _preview(request, slug, fields.get("text", "")))


@router.post(LIST + "/{slug}/try")
async def try_questions(request: Request, user: Trainer, slug: str, fields: Fields) -> Response:
    """What visitors would be told if it were published as it stands in the editor."""
    text = fields.get("text", "")
    values = await run_in_threadpool(_preview, request, slug, text)
    article = values.get("article")
    tried: object = []
    if isinstance(article, Article):
        review = review_article(article)
        asked = [*review.questions, *review.silent, *(one for one in [fields.get("question", "")] if one)]
        try:
            tried = await _answers(request, (slug, text), asked)
        except (EngineUnavailable, NotAnswered) as error:
            values["problem"] = str(error)
    more = {**values, "tried": tried, "text": text, "question": fields.get("question", "")}
    return await run_in_threadpool(_editor, request, user, slug, more)


@router.post(LIST + "/{slug}")
def act(request: Request, user: Trainer, slug: str, fields: Fields) -> Response:
    """Save, send to review, publish, archive, restore, or let go."""
    try:
        done = _act(request, user, slug, fields)
    except Problem as error:
        return _editor(request, user, slug, {"problem": str(error), "text": fields.get("text") or None}, 409)
    services_of(request).audit.add(user.account.name, f"article {done}", slug)
    return go(f"{LIST}/{slug}?done={done}" if done != "discarded" else LIST)


def _act(request: Request, user: SignedIn, slug: str, fields: dict[str, str]) -> str:
    desk, who, action = studio_of(request).services.articles, user.account.name, fields.get("do", "")
    if action in ("save", "review"):
        if (draft := desk.drafts.find(slug)) is None or fields.get("text", "").split() != draft.text.split():
            desk.save(slug, fields.get("text", ""), who)
        if action == "review":
            desk.send_to_review(slug, who)
        return {"save": "saved", "review": "sent to review"}[action]
    if action == "publish":
        desk.publish(slug, who, fields.get("reason", "") if user.may("admin") else "")
        return "published"
    if action == "archive":
        desk.archive(slug, who)
        return "archived"
    if action == "rebase":
        desk.rebase(slug)
        return "compared"
    if action == "discard":
        desk.drafts.discard(slug)
        return "discarded"
    if action == "restore" and fields.get("number", "").isdecimal():
        desk.restore(slug, int(fields["number"]), who)
        return "restored"
    raise ArticleError("The form did not say what to do.")


def _editor(request: Request, user: SignedIn, slug: str, more: dict[str, object], status: int = 200) -> Response:
    desk = studio_of(request).services.articles
    try:
        now = desk.files.text(slug)
    except Problem as error:
        raise StaffProblem(404, str(error)) from None
    draft: ArticleDraft | None = desk.drafts.find(slug)
    if not now and draft is None:
        raise StaffProblem(404, "There is no such article.")
    text = more.pop("text", None) or (draft.text if draft else now)
    values: dict[str, object] = {
        **_preview(request, slug, str(text)),
        "slug": slug,
        "text": text,
        "now": now,
        "live": "\nstate: published" in now,
        "draft": draft,
        "behind": desk.is_behind(slug),
        "differences": desk.differences(slug),
        "versions": desk.drafts.versions(slug),
        "done": request.query_params.get("done", "")[:20],
        "tried": None,
        "question": "",
        **more,
    }
    return studio_page(request, "studio/article.html", user, values, status)


def _preview(request: Request, slug: str, text: str) -> dict[str, object]:
    """The article that a text is, its questions, and what is wrong with it."""
    try:
        article = studio_of(request).services.articles.files.read(slug, text.replace("\r\n", "\n"))
    except Problem as error:
        return {"article": None, "review": None, "fault": str(error), "problem": ""}
    return {"article": article, "review": review_article(article), "fault": "", "problem": ""}


async def _answers(request: Request, draft: tuple[str, str], asked: list[str]) -> object:
    parses = await request.app.state.engine.parse(asked)
    rankings = [
        [(one["name"], one["confidence"]) for one in parse.get("intent_ranking") or () if one["name"] != FALLBACK]
        for parse in parses
    ]
    questions = [{"text": text, "ranking": ranking} for text, ranking in zip(asked, rankings, strict=True)]
    told = {"do": "try", "name": f"{draft[0]}.md", "text": draft[1].replace("\r\n", "\n"), "questions": questions}
    return await run_in_threadpool(studio_of(request).services.reader.ask, told)
