"""Rasa without the libraries of `engine.absent`.

What is configured and cannot run without one is refused when it is read, in a sentence, and not at the first message.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import rasa.core.run
import rasa.engine.validation
import rasa.utils.log_utils
from rasa.core.channels import BUILTIN_CHANNELS
from rasa.engine.exceptions import GraphSchemaValidationException
from rasa.engine.graph import SchemaNode
from rasa.shared.exceptions import RasaException

from engine.absent import CURE, AbsentModule, AbsentName, absent_in

_CREATE_CHANNEL = rasa.core.run._create_single_channel


class LibraryMissing(GraphSchemaValidationException, RasaException):
    """Something configured needs a library that is not installed; Rasa's command line prints the sentence alone."""


def make_lean() -> None:
    """Puts the checks in the place of Rasa's; may be called again."""
    if isinstance(rasa.utils.log_utils.SentryProcessor, AbsentName):
        rasa.utils.log_utils.SentryProcessor = lambda **_: _report_nothing
    rasa.engine.validation._validate_required_packages = _check_component
    rasa.core.run._create_single_channel = _create_channel


def _check_component(node: SchemaNode) -> None:
    """Raise for a component of config.yml whose libraries are not installed."""
    asked = node.uses.required_packages()
    missing = {one for one in asked if _is_absent(one)} | {
        one for kind in node.uses.__mro__ for one in absent_in(kind.__module__)
    }
    if missing:
        raise LibraryMissing(_sentence(f"The component {node.uses.__name__}", missing))


def _create_channel(channel: str, credentials: dict[str, Any]) -> Any:
    """The channel of credentials.yml; raises where its library is not installed."""
    kind = BUILTIN_CHANNELS.get(channel)
    missing = absent_in(kind.__module__) if kind else []
    if missing:
        raise LibraryMissing(_sentence(f"The channel {channel}", missing))
    return _CREATE_CHANNEL(channel, credentials)


def _report_nothing(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """In the place of the step of Rasa's log that would tell Sentry."""
    return event


def _is_absent(package: str) -> bool:
    try:
        return isinstance(import_module(package), AbsentModule)
    except ImportError:
        return True


def _sentence(who: str, missing: set[str] | list[str]) -> str:
    return f"{who} needs what is not installed: {', '.join(sorted(missing))}. {CURE}"
