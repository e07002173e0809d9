"""What the studio's pages work with, put together once."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import Response

from clinic.accounts.model import SignedIn
from clinic.db import Sessions
from clinic.engine.trainer import Trainer
from clinic.settings import Settings
from clinic.teaching.change_model import ChangeRefused
from clinic.teaching.changes_store import Changes
from clinic.teaching.learning_desk import LearningDesk
from clinic.teaching.publishing import Publishing
from clinic.teaching.repository import Repository
from clinic.teaching.runs_store import Runs
from clinic.teaching.utterance_index import UtteranceIndex
from clinic.teaching.validation import CrossValidation
from clinic.teaching.workspace import Build, Workspace
from clinic.web.staff.access import StaffProblem, page, services_of
from clinic.web.studio.checks import checks_of, taught_faults
from clinic.web.studio.doors import EngineDoors
from clinic.web.studio.services import TrainerServices

# The studio's navigation, in order; each page adds its own line.
PLACES = (
    ("/studio", "Utterances"),
    ("/studio/lists", "Lists"),
    ("/studio/inbox", "Inbox"),
    ("/studio/why", "What went wrong?"),
    ("/studio/articles", "Articles"),
    ("/studio/try", "Try it"),
    ("/studio/changes", "Changes"),
    ("/studio/publish", "Publish"),
    ("/studio/history", "History"),
)


@dataclass(frozen=True, slots=True)
class Studio:
    """The stores and workers behind the pages; `app.state.studio`."""

    settings: Settings
    sessions: Sessions
    workspace: Workspace
    runs: Runs
    index: UtteranceIndex
    services: TrainerServices
    learning: LearningDesk
    publishing: Publishing
    validation: CrossValidation

    @classmethod
    def open(cls, settings: Settings, sessions: Sessions) -> Studio:
        """Everything on one project and one database."""
        workspace = Workspace(settings.root, settings.var, Changes(sessions), checks_of(settings))
        if settings.teaching.commit_changes:
            workspace.heard = Repository(settings.root).commit
        index = UtteranceIndex(settings.root)
        services = TrainerServices.open(settings, sessions, workspace, index)
        runs, learning = Runs(sessions), LearningDesk(settings.root, Trainer)
        publishing = Publishing(settings.root, learning, EngineDoors(settings), (runs, workspace.changes))
        publishing.faults = lambda: taught_faults(settings)
        publishing.needs_two = settings.teaching.publish_by_two
        validation = CrossValidation(learning, runs)
        return cls(settings, sessions, workspace, runs, index, services, learning, publishing, validation)


def studio_of(request: Request) -> Studio:
    """The studio of this application."""
    studio: Studio = request.app.state.studio
    return studio


def studio_page(request: Request, name: str, user: SignedIn, values: dict[str, object], status: int = 200) -> Response:
    """A page of the studio: beside `page`'s values `places`, and how many changes wait to be published."""
    waiting = len(studio_of(request).workspace.changes.open())
    return page(request, name, user, {"places": PLACES, "waiting": waiting, **values}, status)


def save(request: Request, user: SignedIn, build: Build) -> str:
    """Write a change and note it in the audit log; its id, or a page that says why nothing was written."""
    try:
        change = studio_of(request).workspace.apply(user.account.name, build)
    except ChangeRefused as error:
        raise StaffProblem(409, str(error)) from None
    services_of(request).audit.add(user.account.name, change.kind, change.id)
    return change.id
