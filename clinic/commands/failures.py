"""Failures that are told in one sentence, without a traceback."""

from __future__ import annotations

from clinic.appointments.letters import MailTextError
from clinic.engine import EngineUnavailable
from clinic.knowledge.model import ArticleError
from clinic.rasa_cli import TrainingFailed
from clinic.safety.flags import FlagsError
from clinic.settings import SettingsError
from clinic.supervisor import PortTaken
from clinic.teaching.examples import UnreadableExamples
from clinic.teaching.models import ModelError
from clinic.wording import WordingError

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
    WordingError,
)
