"""Accepted examples on their way into what is taught."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clinic.settings import Settings
from clinic.teaching.example_lines import add_line, intents_of, known_words, remove_line


class WorkspaceDrafts:
    """Puts accepted examples into `data/nlu`; visitors notice nothing until they are learned and published."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.data / "nlu"

    def intents(self) -> Sequence[str]:
        """Every intent that has examples."""
        return intents_of(self._folder)

    def known(self) -> Mapping[tuple[str, ...], str]:
        """The folded words of everything taught, with its intent."""
        return known_words(self._folder)

    def add_example(self, intent: str, text: str, who: str, source: str) -> str:
        """Write the example; its id is made of intent and words. Raises NotTaught."""
        add_line(self._folder, intent, text)
        return f"{intent}\n{text}"

    def withdraw(self, change: str, who: str) -> None:
        """Take the example out again, if it stands there as it was accepted."""
        intent, _, text = change.partition("\n")
        remove_line(self._folder, intent, text)
