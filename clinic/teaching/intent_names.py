"""A new intent: in the domain, in a rule, in what is said and in its utterances, all as one change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clinic.teaching.change_model import ChangeRefused, Draft, Hunk
from clinic.teaching.list_files import lines_of
from clinic.teaching.taught_list import written
from clinic.teaching.utterance_index import Snapshot
from clinic.teaching.utterances import HEAD, STUDIO_FILE, tidy

NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
LONGEST_NAME = 40
FEWEST = 3
OWN = "say_"
"""A text of this name and the intent's is what the intent is answered with."""
DOES = {"action_answer": "looked for in the articles", "action_small_talk": "answered with a sentence of its own"}
RULES, RESPONSES, DOMAIN = "data/rules.yml", "data/responses.yml", "domain.yml"


@dataclass(frozen=True, slots=True)
class NewIntent:
    """What a trainer says of an intent that is not there yet: `does` is a key of DOES, `says` its own sentence."""

    name: str
    note: str
    does: str
    utterances: tuple[str, ...]
    says: str = ""


def begin_intent(root: Path, snapshot: Snapshot, new: NewIntent) -> Draft:
    """The intent in the domain, in a rule, with its note, first utterances and sentence; raises ChangeRefused."""
    check_name(root, snapshot, new.name)
    texts = [tidy(one) for one in new.utterances]
    if len(set(texts)) < FEWEST:
        raise ChangeRefused(f"Write at least {FEWEST} utterances, one a line: without any it cannot be learned.")
    for one in texts:
        if same := snapshot.same_words(one):
            raise ChangeRefused(f"“{one}” stands already at {same[0].key} ({same[0].intent}): move it there later.")
    note = " ".join(new.note.split())
    if not note:
        raise ChangeRefused("Say in a sentence what a visitor wants with it, and where the line to others runs.")
    if new.does not in DOES:
        raise ChangeRefused("Choose what the assistant does with it.")
    hunks = [_in_domain(root, new.name), _in_rule(root, new), _in_utterances(snapshot, new.name, note, texts)]
    if new.does == "action_small_talk":
        hunks.append(_in_responses(root, new, note))
    return Draft("intent begun", f"{new.name} begun with {len(texts)} utterances: {DOES[new.does]}", tuple(hunks))


def check_name(root: Path, snapshot: Snapshot, name: str) -> None:
    """Raise ChangeRefused for a name that is none or is taken."""
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise ChangeRefused(
            f"A name has small letters, digits and single underscores, {LONGEST_NAME} at most: such as ask_vouchers."
        )
    lines = lines_of(root, DOMAIN)
    known = next((at for at, line in enumerate(lines, 1) if line.strip() in (f"- {name}", f"- {name}:")), 0)
    if known or name in snapshot.by_intent or name == "nlu_fallback":
        place = f"at {DOMAIN}:{known}" if known else "among the utterances"
        raise ChangeRefused(f"{name} is the name of something already, {place}: choose another.")


def _in_domain(root: Path, name: str) -> Hunk:
    lines = lines_of(root, DOMAIN)
    at = next((at for at, line in enumerate(lines) if line.rstrip() == "intents:"), None)
    if at is None:
        raise ChangeRefused(f"{DOMAIN} holds no list `intents:` with one name a line: add it there by hand.")
    last = at
    while last + 1 < len(lines) and re.match(r"\s*- \S", lines[last + 1]):
        last += 1
    lead = re.match(r"\s*- ", lines[last])
    return Hunk(DOMAIN, last + 2, (), (f"{lead.group() if lead else '  - '}{name}",), lines[last])


def _in_rule(root: Path, new: NewIntent) -> Hunk:
    """Below the last intent of the list that the action's rule begins with."""
    lines = lines_of(root, RULES)
    action = next((at for at, line in enumerate(lines) if line.strip() == f"- action: {new.does}"), 0)
    above = lines[action - 1] if action else ""
    if not (match := re.match(r"(\s{7,}- intent: )", above)):
        raise ChangeRefused(f"No rule of {RULES} gives a list of intents to {new.does}: add it there by hand.")
    return Hunk(RULES, action + 1, (), (f"{match[1]}{new.name}",), above)


def _in_utterances(snapshot: Snapshot, name: str, note: str, texts: Sequence[str]) -> Hunk:
    block = [f"# {note}", f"- intent: {name}", "  examples: |", *(f"    - {one}" for one in texts)]
    here = [one for one in snapshot.blocks if one.path == STUDIO_FILE]
    if here:
        end = max(here, key=lambda one: one.end)
        return Hunk(STUDIO_FILE, end.end, (), ("", *block), end.above)
    return Hunk(STUDIO_FILE, 1, (), (HEAD + "\n".join(block) + "\n",), whole=True)


def _in_responses(root: Path, new: NewIntent, note: str) -> Hunk:
    says = " ".join(new.says.split())
    if not says:
        raise ChangeRefused("Write the sentence that the assistant says to it.")
    lines = lines_of(root, RESPONSES)
    last = max(at for at, line in enumerate(lines, 1) if line.strip())
    fresh = ("", f"# {note}", f"{OWN}{new.name}: {written(says, quoted=True)}")
    return Hunk(RESPONSES, last + 1, (), fresh, lines[last - 1])
