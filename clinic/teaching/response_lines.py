"""`data/responses.yml` text by text: each edited in its own place, comments and every other text kept."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

from clinic.teaching.change_model import ChangeRefused, Draft, Hunk
from clinic.teaching.list_files import lines_of
from clinic.teaching.taught_list import meant, written

PATH = "data/responses.yml"
WIDTH = 118
_NAME = re.compile(r"^(?P<name>[a-z_0-9]+):\s*(?P<rest>.*?)\s*$")
_VARIANT = re.compile(r"_\d+$")


@dataclass(frozen=True, slots=True)
class ResponseText:
    """One text: `note` is the comment above it, `style` its block's sign (`>-`, `|-`) or empty, `raw` all its lines."""

    name: str
    note: str
    text: str
    style: str
    line: int
    raw: tuple[str, ...]

    @property
    def family(self) -> str:
        """What it and its variants are called: texts that take turns."""
        return _VARIANT.sub("", self.name)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """Words in curly brackets, each once, in order."""
        return tuple(dict.fromkeys(re.findall(r"\{(\w+)\}", self.text)))


def read_texts(root: Path) -> list[ResponseText]:
    """Every text in the order of the file."""
    lines, found = lines_of(root, PATH), []
    for at, line in enumerate(lines):
        if match := _NAME.match(line):
            end = at + 1
            while end < len(lines) and (not lines[end].strip() or lines[end].startswith(" ")):
                end += 1
            while not lines[end - 1].strip():
                end -= 1
            style = match["rest"] if match["rest"][:1] in (">", "|") else ""
            text = _said(lines[at + 1 : end], style) if style else meant(match["rest"])
            found.append(ResponseText(match["name"], _note(lines, at), text, style, at + 1, tuple(lines[at:end])))
    return found


def find_text(root: Path, name: str) -> ResponseText:
    """The text of that name; raises ChangeRefused."""
    found = next((one for one in read_texts(root) if one.name == name), None)
    if found is None:
        raise ChangeRefused(f"There is no text called {name}.")
    return found


def edit_text(found: ResponseText, text: str) -> Draft:
    """Other words in the place of a text's; what they may hold is checked when the file is written."""
    if not text.strip():
        raise ChangeRefused("There are no words in this text: the assistant would be silent.")
    fresh = _lines(found, text)
    if (_said(fresh[1:], found.style) if found.style else " ".join(text.split())) == found.text:
        raise ChangeRefused("Nothing was changed in this text.")
    hunk = Hunk(PATH, found.line, found.raw, fresh)
    return Draft("response edited", f"{found.name} says now: “{' '.join(text.split())}”", (hunk,))


def _lines(found: ResponseText, text: str) -> tuple[str, ...]:
    if not found.style:
        return (f"{found.name}: {written(' '.join(text.split()), quoted=True)}",)
    if found.style.startswith("|"):
        body = [line.rstrip() for line in text.strip().splitlines()]
    else:
        body = []
        for paragraph in re.split(r"\n\s*\n", text.strip()):
            body += ([""] if body else []) + textwrap.wrap(
                " ".join(paragraph.split()), WIDTH - 2, break_long_words=False, break_on_hyphens=False
            )
    return (found.raw[0], *(f"  {line}" if line else "" for line in body))


def _said(body: tuple[str, ...], style: str) -> str:
    lines = [line.strip() for line in body]
    if style.startswith("|"):
        return "\n".join(lines)
    return "\n\n".join(" ".join(part.split("\n")) for part in "\n".join(lines).split("\n\n"))


def _note(lines: tuple[str, ...], at: int) -> str:
    above: list[str] = []
    while at > 0 and lines[at - 1].startswith("#"):
        at -= 1
        above.append(lines[at].lstrip("# ").strip())
    return " ".join(reversed([one for one in above if not one.startswith("---")]))
