"""`data/lay_words.yml` entry by entry: what visitors say, and the articles' words for it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clinic.teaching.change_model import ChangeRefused, Draft, Hunk
from clinic.teaching.list_files import lines_of
from clinic.teaching.taught_list import meant, written
from clinic.teaching.utterances import tidy

PATH = "data/lay_words.yml"
_SAY = re.compile(r"^\s*- say:\s*\[(?P<said>.*)\]\s*$")
_MEANS = re.compile(r"^\s*means:\s*(?P<means>.+?)\s*$")
_PHRASE = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'|[^,\s][^,]*')


@dataclass(frozen=True, slots=True)
class LayEntry:
    """One entry: phrases of visitors, the words they stand for, and its two lines, the first of them `line`."""

    said: tuple[str, ...]
    means: str
    line: int
    raw: tuple[str, str]


def read_entries(root: Path) -> list[LayEntry]:
    """Every entry written as the file's own head says; one that somebody wrote otherwise is left to an editor."""
    lines = lines_of(root, PATH)
    found = []
    for at, line in enumerate(lines[:-1]):
        say, means = _SAY.match(line), _MEANS.match(lines[at + 1])
        if say and means:
            said = tuple(meant(one) for one in _PHRASE.findall(say["said"]))
            found.append(LayEntry(said, meant(means["means"]), at + 1, (line, lines[at + 1])))
    return found


def add_entry(root: Path, said: Sequence[str], means: str) -> Draft:
    """A new entry at the end; raises ChangeRefused for a phrase that stands in another one."""
    entries, lines = read_entries(root), lines_of(root, PATH)
    said, means = _checked(entries, said, means, None)
    last = max(at for at, line in enumerate(lines, 1) if line.strip())
    fresh = (f"  - say: {_listed(said)}", f"    means: {written(means, quoted=True)}")
    return Draft("lay word added", _told(said, means), (Hunk(PATH, last + 1, (), fresh, lines[last - 1]),))


def edit_entry(root: Path, found: LayEntry, said: Sequence[str], means: str) -> Draft:
    """Other phrases or another meaning in the place of an entry's; raises ChangeRefused."""
    said, means = _checked(read_entries(root), said, means, found)
    if (said, means) == (found.said, found.means):
        raise ChangeRefused("Nothing was changed in this entry.")
    say, means_lead = found.raw[0].partition("[")[0], found.raw[1].partition("means:")[0]
    fresh = (f"{say}{_listed(said)}", f"{means_lead}means: {written(means, quoted=True)}")
    return Draft("lay word edited", _told(said, means), (Hunk(PATH, found.line, found.raw, fresh),))


def take_out_entry(found: LayEntry) -> Draft:
    """Take an entry out."""
    return Draft(
        "lay word taken out", f"{_told(found.said, found.means)}: taken out", (Hunk(PATH, found.line, found.raw, ()),)
    )


def find_entry(root: Path, line: str, raw: str | None = None) -> LayEntry:
    """The entry a form names by its line, and by its first line's text where it has moved; raises ChangeRefused."""
    entries = read_entries(root)
    here = [one for one in entries if str(one.line) == line and raw in (None, one.raw[0].strip())]
    if not here and raw:
        here = [one for one in entries if one.raw[0].strip() == raw]
    if len(here) != 1:
        raise ChangeRefused("This entry was changed by somebody else meanwhile. Load the page again.")
    return here[0]


def _checked(
    entries: Sequence[LayEntry], said: Sequence[str], means: str, but: LayEntry | None
) -> tuple[tuple[str, ...], str]:
    phrases = tuple(dict.fromkeys(tidy(one).casefold() for one in said if one.strip()))
    if not phrases:
        raise ChangeRefused("Write at least one thing that visitors say, one a line.")
    for other in entries:
        if other != but and (both := set(phrases) & {one.casefold() for one in other.said}):
            raise ChangeRefused(
                f"“{min(both)}” stands already at {PATH}:{other.line} (“{other.means}”): edit it there."
            )
    return phrases, tidy(means)


def _listed(said: Sequence[str]) -> str:
    return "[" + ", ".join(json.dumps(one, ensure_ascii=False) for one in said) + "]"


def _told(said: Sequence[str], means: str) -> str:
    more = f" and {len(said) - 1} more" if len(said) > 1 else ""
    return f"“{said[0]}”{more} means “{means}”"
