"""Failures that are told in one sentence, without a traceback."""

from __future__ import annotations

from clinic.appointments.mail.messages import MailTextError
from clinic.dialogue.responses import ResponsesError
from clinic.engine.cli import TrainingFailed
from clinic.engine.client import EngineUnavailable
from clinic.knowledge.model import ArticleError
from clinic.runtime.supervisor import PortTaken
from clinic.safety.flags import FlagsError
from clinic.settings import SettingsError
from clinic.teaching.nlu_examples import UnreadableExamples
from clinic.teaching.releases import ModelError

KNOWN = (
    ArticleError,
    EngineUnavailable,
    FlagsError,
    MailTextError,
    ModelError,
    PortTaken,
    SettingsError,
    TrainingFailed,
    UnreadableExamples,
    ResponsesError,
)
