"""An intent renamed or taken away, wherever it stands; one that something else relies on stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from clinic.teaching.change_model import ChangeRefused, Draft, Hunk
from clinic.teaching.intent_names import DOMAIN, OWN, RESPONSES, RULES, check_name
from clinic.teaching.list_files import lines_of
from clinic.teaching.utterance_index import Snapshot
from clinic.teaching.utterances import add
from language.data_file import read

FIXED = ("config.yml", "data/stories.yml")
CODE = ("actions", "clinic", "engine", "language")


def take_away_intent(root: Path, snapshot: Snapshot, intent: str, to: str) -> Draft:
    """Take an intent out of everything, its utterances moved to `to`; raises ChangeRefused naming where it is used."""
    places = mentions(root, snapshot, intent)
    _refuse_used(root, intent, places)
    texts = [one.text for one in snapshot.by_intent.get(intent, ())]
    if texts and (not to or to == intent):
        first = snapshot.by_intent[intent][0]
        raise ChangeRefused(f"{intent} has {len(texts)} utterances, the first at {first.key}: say where they go.")
    moved = add(snapshot, to, texts).hunks if texts else ()
    gone = [_or_the_file(root, _gone(path, lines_of(root, path), at)) for path, at in places]
    told = f"{intent} taken away" + (f", its {len(texts)} utterances moved to {to}" if texts else "")
    # Lines are counted as they are when a hunk is put in, so what lies further down goes first.
    return Draft("intent taken away", told, tuple(sorted([*gone, *moved], key=lambda one: (one.path, -one.line))))


def rename_intent(root: Path, snapshot: Snapshot, intent: str, name: str) -> Draft:
    """Give an intent another name wherever it stands in files; raises ChangeRefused where the code knows it."""
    check_name(root, snapshot, name)
    places = mentions(root, snapshot, intent)
    _refuse_used(root, intent, [one for one in places if one[0] != "data/stories.yml"])
    hunks = []
    for path, at in places:
        raw = lines_of(root, path)[at]
        hunks.append(Hunk(path, at + 1, (raw,), (re.sub(rf"\b({OWN})?{intent}\b", rf"\g<1>{name}", raw, count=1),)))
    return Draft("intent renamed", f"{intent} is called {name} now", tuple(hunks))


def mentions(root: Path, snapshot: Snapshot, intent: str) -> list[tuple[str, int]]:
    """Every line that names the intent as one, by file and place from 0: in what is taught and in `config.yml`."""
    files = [DOMAIN, "config.yml", RULES, "data/stories.yml", RESPONSES, *sorted({one.path for one in snapshot.blocks})]
    wanted = re.compile(rf"\s*(?:- intent: {intent}|- {intent}:?|{OWN}{intent}:.*)\s*(?:#.*)?")
    return [
        (path, at)
        for path in files
        if (root / path).exists()
        for at, line in enumerate(lines_of(root, path))
        if wanted.fullmatch(line)
    ]


def _refuse_used(root: Path, intent: str, places: Sequence[tuple[str, int]]) -> None:
    used = [f"{path}:{at + 1}" for path, at in places if path in FIXED] + list(_in_code(root, intent))
    if used:
        more = f" and {len(used) - 3} more places" if len(used) > 3 else ""
        raise ChangeRefused(
            f"{intent} is in use: {', '.join(used[:3])}{more}. Only what nothing else relies on may go."
        )


def _in_code(root: Path, intent: str) -> Iterator[str]:
    for folder in CODE:
        for path in sorted((root / folder).rglob("*.py")):
            if ".venv" in path.parts:
                continue
            for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if f'"{intent}"' in line or re.search(rf'"[^"]*\b{intent}\b[^"]*"', line):
                    yield f"{path.relative_to(root).as_posix()}:{at}"


def _gone(path: str, lines: Sequence[str], at: int) -> Hunk:
    """What goes with the line that names an intent: a list of utterances with its note, a text with its comment."""
    start, end = at, at + 1
    if re.match(r"\s*- intent:", lines[at]) and end < len(lines) and re.match(r"\s+(?:examples|metadata):", lines[end]):
        depth = len(lines[at]) - len(lines[at].lstrip())
        while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > depth):
            end += 1
        while not lines[end - 1].strip():
            end -= 1
    if end - start > 1 or lines[at].startswith(OWN):
        while start and lines[start - 1].startswith("#"):
            start -= 1
        start -= bool(start and not lines[start - 1].strip())
    return Hunk(path, start + 1, tuple(lines[start:end]), ())


def _or_the_file(root: Path, hunk: Hunk) -> Hunk:
    """The hunk, or the whole file where nothing would be left in it to learn."""
    lines = lines_of(root, hunk.path)
    rest = (*lines[: hunk.line - 1], *lines[hunk.line - 1 + len(hunk.before) :])
    if not hunk.path.startswith("data/nlu/") or any(re.match(r"\s*- \w+:", line) for line in rest):
        return hunk
    return Hunk(hunk.path, 1, (read(root / hunk.path).text,), (), whole=True)
