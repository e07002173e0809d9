"""Lists of `data/` beside the utterances, one thing a line: added to, edited and taken from, every other byte kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clinic.teaching.change_model import ChangeRefused, Draft, Hunk
from clinic.teaching.nlu_examples import words

_PLAIN = re.compile(r"[A-Za-z][\w ,.'’£()/-]*[\w.)]")
_NOT_WORDS = frozenset(("yes", "no", "on", "off", "true", "false", "null", "y", "n"))


@dataclass(frozen=True, slots=True)
class TaughtLine:
    """One line of a list: its words as they are meant, and the whole line as it stands."""

    text: str
    path: str
    line: int
    raw: str

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class TaughtList:
    """One list of a file: `end` is the line a new one is put on, `above` the line before that.

    `lead` stands before the words of a line; `quoted` lists hold YAML scalars, others bare text. `head` are the lines
    that go with the last line of the list, none where it may not become empty.
    """

    name: str
    path: str
    end: int
    above: str
    lead: str
    quoted: bool
    lines: tuple[TaughtLine, ...]
    head: tuple[str, ...] = ()
    begins: int = 0


def add_line(to: TaughtList, text: str, beside: Iterable[TaughtList]) -> Draft:
    """Add a line at the end of a list; raises ChangeRefused where `beside` holds the same words."""
    _refuse_same(text, beside, None)
    hunk = Hunk(to.path, to.end, (), (f"{to.lead}{written(text, to.quoted)}",), to.above)
    return Draft("line added", f"“{text}” added to {to.name}", (hunk,))


def edit_line(of: TaughtList, found: TaughtLine, text: str, beside: Iterable[TaughtList]) -> Draft:
    """Put other words in the place of a line; raises ChangeRefused."""
    if text == found.text:
        raise ChangeRefused("Nothing was changed in this line.")
    _refuse_same(text, beside, found)
    fresh = (f"{_lead_of(found.raw, of.lead)}{written(text, of.quoted)}",)
    hunk = Hunk(found.path, found.line, (found.raw,), fresh)
    return Draft("line edited", f"“{found.text}” is now “{text}” in {of.name}", (hunk,))


def take_out_line(of: TaughtList, found: TaughtLine) -> Draft:
    """Take a line out; the last one takes the list's heading with it where the list may go."""
    told = f"“{found.text}” taken out of {of.name}"
    if len(of.lines) > 1:
        return Draft("line taken out", told, (Hunk(found.path, found.line, (found.raw,), ()),))
    if not of.head:
        raise ChangeRefused(f"This is the last line of {of.name}, and that list may not be empty. Edit it instead.")
    hunks = (
        Hunk(found.path, found.line, (found.raw,), ()),
        Hunk(of.path, of.begins, of.head, ()),
    )
    return Draft("list taken out", f"{told}, which was its last line", hunks)


def find_line(lists: Iterable[TaughtList], key: str, raw: str | None = None) -> tuple[TaughtList, TaughtLine]:
    """The line a form names, found by its text where it has moved; raises ChangeRefused where it was changed."""
    all_lines = [(of, one) for of in lists for one in of.lines]
    here = [pair for pair in all_lines if pair[1].key == key and (raw is None or pair[1].raw.strip() == raw.strip())]
    if not here and raw is not None:
        path = key.rpartition(":")[0]
        here = [pair for pair in all_lines if pair[1].path == path and pair[1].raw.strip() == raw.strip()]
    if len(here) != 1:
        raise ChangeRefused(f"{key} was changed by somebody else meanwhile. Load the page again.")
    return here[0]


def written(text: str, quoted: bool) -> str:
    """The text as a file has it: a YAML scalar is put in quotes where a bare one would be read as something else."""
    if not quoted or (_PLAIN.fullmatch(text) and text.casefold() not in _NOT_WORDS):
        return text
    return json.dumps(text, ensure_ascii=False)


def meant(scalar: str) -> str:
    """What a YAML scalar of one line says."""
    text = scalar.strip()
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        try:
            return str(json.loads(text))
        except ValueError:
            return text[1:-1]
    if text.startswith("'") and text.endswith("'") and len(text) > 1:
        return text[1:-1].replace("''", "'")
    return text


def _lead_of(raw: str, lead: str) -> str:
    indent = raw[: len(raw) - len(raw.lstrip())]
    return indent + lead.lstrip()


def _refuse_same(text: str, beside: Iterable[TaughtList], but: TaughtLine | None) -> None:
    wanted = words(text)
    for one in _lines_of(beside):
        if one != but and words(one.text) == wanted:
            raise ChangeRefused(f"The same words stand already at {one.path.rpartition('/')[2]}:{one.line}.")


def _lines_of(lists: Iterable[TaughtList]) -> Sequence[TaughtLine]:
    return [line for one in lists for line in one.lines]
