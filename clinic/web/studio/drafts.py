"""Accepted examples on their way into what is taught: each is a change of the workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from clinic.teaching.change_model import ChangeRefused, Draft
from clinic.teaching.utterance_index import UtteranceIndex
from clinic.teaching.utterances import add, need_intent, tidy
from clinic.teaching.workspace import Workspace


class WorkspaceDrafts:
    """Puts accepted examples into `data/nlu`; visitors notice nothing until they are learned and published."""

    def __init__(self, workspace: Workspace, index: UtteranceIndex) -> None:
        self._workspace = workspace
        self._index = index

    def intents(self) -> Sequence[str]:
        """Every intent that has examples."""
        return sorted(self._index.snapshot().by_intent)

    def known(self) -> Mapping[tuple[str, ...], str]:
        """The folded words of everything taught, with its intent."""
        return {said: found[0].intent for said, found in self._index.snapshot().by_words.items()}

    def add_example(self, intent: str, text: str, who: str, source: str) -> str:
        """Write the example and return the change's id; raises ChangeRefused."""
        return self._workspace.apply(who, lambda: self._draft(intent, text, source)).id

    def withdraw(self, change: str, who: str) -> None:
        """Undo the change, unless somebody has undone or edited it since."""
        with suppress(ChangeRefused):
            self._workspace.undo(change, who)

    def _draft(self, intent: str, text: str, source: str) -> Draft:
        snapshot = self._index.snapshot()
        need_intent(intent, snapshot.by_intent)
        if same := snapshot.same_words(text):
            raise ChangeRefused(f"{same[0].key}: that is an example of {same[0].intent} already.")
        return add(snapshot, intent, [tidy(text)], source)
