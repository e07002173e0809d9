"""Libraries that Rasa imports and that are not installed: their names are there, their use is refused.

Rasa 3.6.21 imports TensorFlow for DIET and TED, and a library for every channel and store that it knows, whether or
not one of them is configured. `make setup-stock` brings them. Without it, `name_absent` puts a finder behind all
others, so that whatever is installed is found first. For the rest `import`, `class Mine(theirs.Base)` and
`except theirs.Error` work, and the first call raises `NotInstalledError`, which says what to do.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

ABSENT = (
    "aio_pika", "aiogram", "aiormq", "boto3", "botocore", "cachecontrol", "confluent_kafka", "cryptography",
    "fbmessenger", "google.auth", "google.oauth2", "keras", "mattermostwrapper", "pymongo", "rocketchat_API",
    "sentry_sdk", "sklearn_crfsuite", "skops", "slack_sdk", "socketio", "structlog_sentry", "tensorflow",
    "tensorflow_hub", "tensorflow_text", "twilio", "webexteamssdk",
)  # fmt: skip
CURE = "The engine comes without what this assistant does not use: `make setup-stock` brings it."


class NotInstalledError(ImportError):
    """Something of a library that is not installed was called."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{library_of(name)} is not installed, and {name} was called. {CURE}", name=name)


class AbsentName(type):
    """The type of a name in an absent library: a class, to be inherited from, caught and annotated with."""

    def __getattr__(cls, name: str) -> Any:
        return _name(f"{cls.__module__}.{cls.__name__}", name)

    def __call__(cls, *_: Any, **__: Any) -> Any:
        """Refuse: nothing can be made of what is not there."""
        raise NotInstalledError(f"{cls.__module__}.{cls.__name__}")

    def __getitem__(cls, _: Any) -> Any:
        return cls

    def __iter__(cls) -> Iterator[Any]:
        return iter(())


class AbsentModule(ModuleType):
    """A module of an absent library: every name is there."""

    def __getattr__(self, name: str) -> Any:
        made = _name(self.__name__, name)
        setattr(self, name, made)
        return made


class _Finder(MetaPathFinder, Loader):
    def find_spec(self, name: str, _: Sequence[str] | None = None, __: ModuleType | None = None) -> ModuleSpec | None:
        # A module that an installed library does not have is missing there, and must stay so.
        absent = name in ABSENT or isinstance(sys.modules.get(name.rpartition(".")[0]), AbsentModule)
        return ModuleSpec(name, self, is_package=True) if absent else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return AbsentModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


def name_absent() -> None:
    """Put the finder in place, before Rasa is imported; may be called again."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.append(_Finder())


def absent_in(module: str) -> list[str]:
    """The absent libraries that an imported module has names of."""
    held = vars(sys.modules[module]).values()
    names = [
        one.__name__ if isinstance(one, AbsentModule) else one.__module__
        for one in held
        if isinstance(one, AbsentModule | AbsentName)
    ]
    return sorted({library for name in names if (library := library_of(name))})


def library_of(name: str) -> str:
    """The library that a dotted name belongs to, among those that may be absent; empty for any other."""
    # Part of an absent library is absent only where its own package is: `google` is there without `google.auth`.
    return next((one for one in ABSENT if name == one or name.startswith(f"{one}.")), "")


def _name(within: str, name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return AbsentName(name, (Exception,), {"__module__": within})
