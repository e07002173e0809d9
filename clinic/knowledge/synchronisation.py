"""The articles' files brought into the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from clinic.db import Sessions
from clinic.knowledge import store
from clinic.knowledge.articles.files import read_folder
from clinic.knowledge.search.embedded_texts import Vectors


@dataclass(frozen=True, slots=True)
class Synced:
    """What a synchronisation changed, and what it had to leave out, in a sentence each."""

    changes: store.Changes
    problems: tuple[str, ...]


def sync_folder(
    sessions: Sessions, folder: Path, vectors: Vectors, tell: Callable[[int, int], None] | None = None
) -> Synced:
    """Bring `data/articles/` into the database; a file that cannot be read keeps its last good state there."""
    articles, problems = read_folder(folder)
    broken = {problem.split(":")[0].removesuffix(".md") for problem in problems}
    changes = store.sync_articles(sessions, articles, vectors, keep=broken, tell=tell or (lambda done, all: None))
    return Synced(changes, tuple(problems))
