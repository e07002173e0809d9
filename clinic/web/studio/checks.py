"""What is looked at before a file of `data/` is written: each kind of file is read as the assistant reads it."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path

from clinic.dialogue.responses import Responses, ResponsesError
from clinic.knowledge.articles.files import read_folder
from clinic.safety.flags import FlagsError, load_flags
from clinic.settings import Settings
from clinic.teaching.nlu_files import Names, file_faults, find_file_faults
from clinic.teaching.workspace import Check
from language.data_file import DataFileError, load
from language.lay_words import LayWords, LayWordsInvalid

REFUSALS = (DataFileError, FlagsError, LayWordsInvalid, ResponsesError)
_SOUND: deque[str] = deque(maxlen=4)


def checks_of(settings: Settings) -> dict[str, Check]:
    """The checks by how a file's name begins or ends."""
    nation = settings.clinic.nation
    return {
        "data/nlu/": lambda root, name: file_faults(root / name, Names.load(root / "domain.yml")),
        "data/lay_words.yml": partial(_faults, LayWords.load),
        "data/responses.yml": partial(_faults, lambda path: Responses.load(path, settings.facts, nation)),
        "data/red_flags.yml": _flag_faults,
        "data/conditions.yml": partial(_faults, load),
        "data/rules.yml": partial(_faults, load),
        "domain.yml": partial(_faults, load),
        "data/articles/": lambda root, _: list(read_folder(root / "data" / "articles")[1]),
    }


def taught_faults(settings: Settings) -> list[str]:
    """Everything that keeps what is taught from being learned, each with its file and line."""
    faults = find_file_faults(settings.data / "nlu", Names.load(settings.root / "domain.yml"))
    for name, check in checks_of(settings).items():
        if name.endswith(".yml"):
            faults += check(settings.root, name)
    return faults


def _flag_faults(root: Path, name: str) -> list[str]:
    """Its thousands of lines take a second to read: what was found sound is not read again."""
    digest = hashlib.sha256((root / name).read_bytes()).hexdigest() if (root / name).is_file() else ""
    faults = [] if digest in _SOUND else _faults(load_flags, root, name)
    if digest and not faults:
        _SOUND.append(digest)
    return faults


def _faults(read: Callable[[Path], object], root: Path, name: str) -> list[str]:
    try:
        read(root / name)
    except REFUSALS as error:
        return [str(error).replace(f"{root}/", "")]
    return []
