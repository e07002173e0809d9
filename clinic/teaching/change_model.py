"""What a change to `data/` is: lines that give way to other lines, told in a sentence; standard library only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from clinic.problem import Problem


class ChangeRefused(Problem):
    """Nothing was written; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """In the file `path` (from the root) the lines `before`, from `line` on, give way to `after`.

    Where `before` is empty, `after` is put in under the line `above`. With `whole`, either side is the text of the
    whole file, or empty where there is no such file: so files are made and taken away.
    """

    path: str
    line: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    above: str = ""
    whole: bool = False

    def turned(self) -> Hunk:
        """The hunk that undoes this one."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class Draft:
    """A change not yet written: its kind, what it does in a sentence, and where."""

    kind: str
    summary: str
    hunks: tuple[Hunk, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A change as it was written: by whom and when, whether it was undone, and the model that learned it first."""

    id: str
    at: datetime
    who: str
    kind: str
    summary: str
    hunks: tuple[Hunk, ...]
    why: str = ""
    undone_by: str = ""
    release: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        """The files it touches, each once."""
        return tuple(dict.fromkeys(one.path for one in self.hunks))
