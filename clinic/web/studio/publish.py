"""Try, publish and go back: with progress, what got better and worse, and a history of who published what."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.teaching.publishing import Refused, Wish
from clinic.teaching.releases import ModelError, history, published_or_none
from clinic.web.staff.access import Fields, Number, StaffProblem, Trainer, go, page, services_of
from clinic.web.studio.desk import studio_of, studio_page

router = APIRouter(include_in_schema=False)
FRAGMENT = "x-fragment"
KEPT = 30


@router.get("/studio/publish")
def publish_page(request: Request, user: Trainer) -> Response:
    """What waits, and the runs so far."""
    studio = studio_of(request)
    studio.learning.warm_up()
    runs = studio.runs.newest(12)
    values: dict[str, object] = {
        "runs": runs,
        "running": next((one for one in runs if one.state == "running"), None),
        "changes": studio.workspace.changes.open(),
        "live": published_or_none(studio.settings.root),
        "by_another": studio.publishing.needs_two and studio.publishing.is_last_of(user.account.name),
    }
    return studio_page(request, "studio/publish.html", user, values)


@router.post("/studio/publish")
def start(request: Request, user: Trainer, fields: Fields) -> Response:
    """Begin to try or to publish; an admin may publish in spite of a refusal, with a reason."""
    kind, why = fields.get("do", ""), fields.get("why", "")[:300]
    override = kind == "override"
    if kind not in ("try", "publish", "override"):
        raise StaffProblem(400, "The form did not say what to do.")
    if override and (not user.may("admin") or not why):
        raise StaffProblem(403, "Only an admin may publish in spite of this, and has to say why.")
    wish = Wish("try" if kind == "try" else "publish", user.account.name, why, override)
    try:
        run = studio_of(request).publishing.start(wish)
    except Refused as error:
        raise StaffProblem(409, str(error)) from None
    if run is None:
        raise StaffProblem(
            409, "Somebody is trying, publishing or cross-validating: wait until that is over, or cancel it."
        )
    action = "published against refusal" if override else f"{wish.kind} begun"
    services_of(request).audit.add(user.account.name, action, str(run.number))
    return go(f"/studio/runs/{run.number}")


@router.get("/studio/runs/{number}")
def run_page(request: Request, user: Trainer, number: Number) -> Response:
    """One run: how far it is, and what it found; the page asks again by itself."""
    studio = studio_of(request)
    run = studio.runs.find(number)
    if run is None:
        raise StaffProblem(404, "There is no such run.")
    values: dict[str, object] = {"run": run, "changes": studio.workspace.changes.of_release(run.release or "-")}
    if request.headers.get(FRAGMENT):
        values["waiting"] = len(studio.workspace.changes.open())
        return page(request, "studio/run_part.html", user, values)
    return studio_page(request, "studio/run.html", user, values)


@router.post("/studio/runs/{number}/cancel")
def cancel(request: Request, user: Trainer, fields: Fields, number: Number) -> Response:
    """Stop a run."""
    if not studio_of(request).publishing.cancel(number):
        raise StaffProblem(409, "This run has ended already.")
    services_of(request).audit.add(user.account.name, "run cancelled", str(number))
    return go(f"/studio/runs/{number}")


@router.get("/studio/history")
def history_page(request: Request, user: Trainer) -> Response:
    """Every published model that is still there: who, when, why, what changed, and going back to it."""
    studio = studio_of(request)
    releases = history(studio.settings.root)[:KEPT]
    changes = {one.file: studio.workspace.changes.of_release(one.file) for one in releases}
    values: dict[str, object] = {
        "releases": releases,
        "changes": changes,
        "live": published_or_none(studio.settings.root),
        "said": request.query_params.get("said", ""),
    }
    return studio_page(request, "studio/history.html", user, values)


@router.post("/studio/back")
def back(request: Request, user: Trainer, fields: Fields) -> Response:
    """Take an earlier model at once; the files stay as they are."""
    studio = studio_of(request)
    try:
        release, said = studio.publishing.go_back(user.account.name, fields.get("model", ""))
    except ModelError as error:
        raise StaffProblem(409, str(error)) from None
    services_of(request).audit.add(user.account.name, "gone back", release.file)
    return go(f"/studio/history?said={'live' if 'from now on' in said else 'start'}")
