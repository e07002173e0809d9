"""Utterances added, edited, moved and taken out: each a change to the lines of `data/nlu` and to nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from clinic.teaching.change_model import ChangeRefused, Draft, Hunk
from clinic.teaching.nlu_examples import words
from clinic.teaching.utterance_index import Block, Snapshot, Utterance

LONGEST = 400
STUDIO_FILE = "data/nlu/studio.yml"
HEAD = 'version: "3.1"\n\n# Utterances added in the studio with their source, or without a list elsewhere.\n\nnlu:\n'
_LISTED = re.compile(r"^(?:[-*•]\s+|\d{1,4}[.)]\s+)")


def tidy(written: str) -> str:
    """One utterance as it may stand in a file: on one line, without a bullet; raises ChangeRefused for what is none."""
    text = _LISTED.sub("", " ".join(written.split()))
    if not words(text):
        raise ChangeRefused("There are no words in this utterance.")
    if len(text) > LONGEST:
        raise ChangeRefused(f"An utterance has {LONGEST} letters at most, this one has {len(text)}.")
    if hidden := next((one for one in text if not one.isprintable()), ""):
        raise ChangeRefused(f"This utterance holds the invisible sign U+{ord(hidden):04X}: take it out.")
    return text


def add(snapshot: Snapshot, intent: str, texts: Sequence[str], source: str = "") -> Draft:
    """Add utterances at the end of the intent's list.

    Those with a `source` (Rasa's `metadata`) stand in a list of their own, so that it is known where they came from.
    """
    if not texts:
        raise ChangeRefused("There is nothing to add.")
    lists = [one for one in snapshot.blocks if one.intent == intent and one.source == source]
    block = next((one for one in lists if one.note), lists[0] if lists else None)
    hunk = _appended(block, texts) if block else _new_block(snapshot, intent, texts, source)
    told = f"“{texts[0]}”" if len(texts) == 1 else f"{len(texts)} utterances"
    return Draft("utterance added", f"{told} added to {intent}", (hunk,), f"from {source}" if source else "")


def edit(snapshot: Snapshot, found: Utterance, text: str) -> Draft:
    """Put other words in the place of an utterance."""
    if text == found.text:
        raise ChangeRefused("Nothing was changed in this utterance.")
    others = [one for one in snapshot.same_words(text) if one != found and one.key != found.key]
    if others:
        raise ChangeRefused(f"The same words stand already at {others[0].path}:{others[0].line} ({others[0].intent}).")
    hunk = Hunk(found.path, found.line, (found.raw,), (_line_like(found, text),))
    return Draft("utterance edited", f"“{found.text}” is now “{text}”", (hunk,))


def move(snapshot: Snapshot, found: Sequence[Utterance], intent: str) -> Draft:
    """Take utterances out of their intents and add them to another."""
    going = [one for one in found if one.intent != intent]
    if not going:
        raise ChangeRefused(f"There is nothing to move to {intent}.")
    arrival = add(snapshot, intent, [one.text for one in going]).hunks[0]
    leaving = _taken_out(snapshot, going)
    # Lines are counted as they are when a hunk is put in, so what lies further down goes first.
    before = [one for one in leaving if one.path == arrival.path and one.line >= arrival.line]
    after = [one for one in leaving if one not in before]
    told = f"“{going[0].text}” moved from {going[0].intent}" if len(going) == 1 else f"{len(going)} utterances moved"
    return Draft("utterance moved", f"{told} to {intent}", (*before, arrival, *after))


def take_out(snapshot: Snapshot, found: Sequence[Utterance]) -> Draft:
    """Take utterances out of the files."""
    if not found:
        raise ChangeRefused("No utterance was chosen.")
    one = found[0]
    told = f"“{one.text}” taken out of {one.intent}" if len(found) == 1 else f"{len(found)} utterances taken out"
    return Draft("utterance taken out", told, _taken_out(snapshot, found))


def chosen(snapshot: Snapshot, picks: Iterable[tuple[str, str]]) -> list[Utterance]:
    """The utterances a form names by place and line; one that moved is found by its line, a changed one refused."""
    lines = {}
    for key, raw in picks:
        found = snapshot.at(key)
        if found is None or found.raw.strip() != raw.strip():
            path = key.rpartition(":")[0]
            same = [one for one in snapshot.utterances if one.path == path and one.raw.strip() == raw.strip()]
            if len(same) != 1:
                raise ChangeRefused(f"{key} was changed by somebody else meanwhile. Load the page again.")
            found = same[0]
        lines[found.key] = found
    return list(lines.values())


def need_intent(intent: str, known: Iterable[str]) -> str:
    """The intent where the domain knows it; raises ChangeRefused."""
    if intent not in set(known):
        raise ChangeRefused(f"`{intent}` is no intent of domain.yml. Choose one of the list.")
    return intent


def _appended(block: Block, texts: Sequence[str]) -> Hunk:
    return Hunk(block.path, block.end, (), tuple(f"{block.indent}- {one}" for one in texts), block.above)


def _new_block(snapshot: Snapshot, intent: str, texts: Sequence[str], source: str) -> Hunk:
    """A list of its own in the file for such lists, made where there is none yet."""
    lines = [f"- intent: {intent}"]
    if source:
        lines += ["  metadata:", f"    source: {source}"]
    lines += ["  examples: |", *(f"    - {one}" for one in texts)]
    last = [one for one in snapshot.blocks if one.path == STUDIO_FILE]
    if last:
        end = max(last, key=lambda one: one.end)
        return Hunk(STUDIO_FILE, end.end, (), ("", *lines), end.above)
    return Hunk(STUDIO_FILE, 1, (), (HEAD + "\n".join(lines) + "\n",), whole=True)


def _taken_out(snapshot: Snapshot, found: Sequence[Utterance]) -> tuple[Hunk, ...]:
    for intent in {one.intent for one in found}:
        if len(snapshot.by_intent[intent]) == sum(one.intent == intent for one in found):
            raise ChangeRefused(f"These are the last utterances of {intent}; without any it cannot be learned.")
    ordered = sorted(found, key=lambda one: (one.path, -one.line))
    return tuple(Hunk(one.path, one.line, (one.raw,), ()) for one in ordered)


def _line_like(found: Utterance, text: str) -> str:
    indent = found.raw[: len(found.raw) - len(found.raw.lstrip())]
    return f"{indent}- {text}"
