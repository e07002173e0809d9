"""The cure of each part that can fail besides the topic: lines put beside an article, or into the lists of words."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from clinic.teaching.change_model import ChangeRefused, Draft, Hunk
from clinic.teaching.nlu_examples import words
from clinic.teaching.taught_list import written
from clinic.teaching.utterances import tidy
from language.data_file import DataFileError, read

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEY = re.compile(r"^  (?P<quote>['\"]?)(?P<key>.+?)(?P=quote):\s*$")
FLAGS = "data/red_flags.yml"
_ASKED = "# How visitors ask for each sentence of the article; they help to find it and are never shown."


def draft_question(root: Path, slug: str, sentence: str, text: str) -> Draft:
    """A question beside the sentence of an article that answers it; raises ChangeRefused."""
    path, lines = _asked_file(root, slug)
    line = f"    - {written(_new(lines, text, path), quoted=True)}"
    summary = f"“{text}” asks for “{_short(sentence)}”"
    if not lines:
        made = "\n".join((_ASKED, "asked:", f"  {json.dumps(sentence, ensure_ascii=False)}:", line, ""))
        return Draft("question added", summary, (Hunk(path, 1, (), (made,), whole=True),))
    start = _line_of(lines, "asked:")
    keys = [
        at for at in range(start, _end(lines, start)) if (m := _KEY.match(lines[at])) and sentence.startswith(m["key"])
    ]
    if keys:
        return Draft("question added", summary, (_after(path, lines, _end(lines, keys[0] + 1), (line,)),))
    fresh = (f"  {json.dumps(sentence, ensure_ascii=False)}:", line)
    return Draft("question added", summary, (_after(path, lines, _end(lines, start), fresh),))


def draft_unanswerable(root: Path, slug: str, text: str) -> Draft:
    """A question that sounds close and that the article leaves out; raises ChangeRefused."""
    path, lines = _asked_file(root, slug)
    line = f"  - {written(_new(lines, text, path), quoted=True)}"
    summary = f"“{text}” is not answered by {slug}"
    if not lines:
        made = "\n".join((_ASKED, "unanswered:", line, ""))
        return Draft("question left out", summary, (Hunk(path, 1, (), (made,), whole=True),))
    at = next((place for place, one in enumerate(lines, 1) if one.rstrip() == "unanswered:"), 0)
    if at:
        return Draft("question left out", summary, (_after(path, lines, _end(lines, at), (line,)),))
    return Draft("question left out", summary, (_after(path, lines, len(lines), ("unanswered:", line)),))


def draft_no_condition(root: Path, name: str) -> Draft:
    """A name that is no condition of its own, so that it keeps no article from answering; raises ChangeRefused."""
    path = "data/conditions.yml"
    lines = _lines(root, path)
    wanted = words(name)
    at = next((place for place, one in enumerate(lines, 1) if one.startswith("  - ") and words(one[4:]) == wanted), 0)
    if not at:
        raise ChangeRefused(f"“{name}” is not in the list of names.")
    return Draft("name taken out", f"“{name}” keeps no article from answering", (Hunk(path, at, (lines[at - 1],), ()),))


def draft_flag_example(root: Path, card: str, text: str, *, look_alike: bool) -> Draft:
    """A message that must raise a card, or a look-alike that must not; raises ChangeRefused."""
    lines = _lines(root, FLAGS)
    text = _new(lines, text, FLAGS)
    name, _, inner = card.partition(".")
    at = _line_of(lines, f"- name: {name}")
    inner = "" if look_alike else inner  # A card's look-alikes stand with its flag.
    if inner:
        at = _line_of(lines, f"  - name: {inner}", at)
    field = "look_alikes" if look_alike else "examples"
    indent = "    " if inner else "  "
    start = _line_of(lines, f"{indent}{field}: |", at)
    end = start
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith(indent + "  ")):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    kind = "look-alike added" if look_alike else "red flag example added"
    told = "must not raise" if look_alike else "must raise"
    return Draft(kind, f"“{text}” {told} {card}", (_after(FLAGS, lines, end, (f"{indent}  {text}",)),))


def card_names(root: Path) -> list[tuple[str, str]]:
    """Every card by its key with its title, read by the file's layout: that takes a moment, YAML takes seconds."""
    found: list[tuple[str, str]] = []
    name = title = ""
    for line in _lines(root, FLAGS):
        if match := re.match(r"- name: (\w+)", line):
            name = match[1]
        elif match := re.match(r"  title: (.+)", line):
            title = match[1].strip("\"' ")
            found.append((name, title))
        elif name and (match := re.match(r"  - name: (\w+)", line)):
            found.append((f"{name}.{match[1]}", f"{title} ({match[1]})"))
    return found


def _asked_file(root: Path, slug: str) -> tuple[str, tuple[str, ...]]:
    if not _SLUG.fullmatch(slug) or not (root / "data" / "articles" / f"{slug}.md").exists():
        raise ChangeRefused("There is no such article.")
    path = f"data/articles/{slug}.asked.yml"
    return path, _lines(root, path) if (root / path).exists() else ()


def _lines(root: Path, path: str) -> tuple[str, ...]:
    try:
        return read(root / path).lines
    except DataFileError as error:
        raise ChangeRefused(f"{error}. Nothing was saved.") from None


def _new(lines: Sequence[str], text: str, path: str) -> str:
    text = tidy(text)
    wanted = words(text)
    for at, line in enumerate(lines, 1):
        if words(line.strip().removeprefix("- ").strip("\"'")) == wanted:
            raise ChangeRefused(f"{Path(path).name}:{at}: that stands there already.")
    return text


def _line_of(lines: Sequence[str], wanted: str, after: int = 0) -> int:
    for at in range(after, len(lines)):
        if lines[at].rstrip() == wanted:
            return at + 1
        if after and lines[at].startswith("- "):
            break
    raise ChangeRefused(f"There is no `{wanted.strip()}` in the file.")


def _end(lines: Sequence[str], start: int) -> int:
    """The last line of what is written below line `start` and further in; blank lines at its end do not count."""
    depth = len(lines[start - 1]) - len(lines[start - 1].lstrip())
    end = start
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > depth):
        end += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return end


def _after(path: str, lines: Sequence[str], line: int, fresh: tuple[str, ...]) -> Hunk:
    return Hunk(path, line + 1, (), fresh, lines[line - 1])


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
