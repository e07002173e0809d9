"""Accepted examples on their way into what is taught: each is a change of the workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from clinic.teaching.change_model import ChangeRefused
from clinic.teaching.example_lines import draft_example, intents_of, known_words
from clinic.teaching.workspace import Workspace


class WorkspaceDrafts:
    """Puts accepted examples into `data/nlu`; visitors notice nothing until they are learned and published."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._folder = workspace.root / "data" / "nlu"

    def intents(self) -> Sequence[str]:
        """Every intent that has examples."""
        return intents_of(self._folder)

    def known(self) -> Mapping[tuple[str, ...], str]:
        """The folded words of everything taught, with its intent."""
        return known_words(self._folder)

    def add_example(self, intent: str, text: str, who: str, source: str) -> str:
        """Write the example and return the change's id; raises ChangeRefused."""
        return self._workspace.apply(who, lambda: draft_example(self._workspace.root, intent, text, source)).id

    def withdraw(self, change: str, who: str) -> None:
        """Undo the change, unless somebody has undone or edited it since."""
        with suppress(ChangeRefused):
            self._workspace.undo(change, who)
