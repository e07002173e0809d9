"""A conversation as a story test in Rasa's own format, which `bin/clinic stories` replays once it is accepted."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from clinic.conversations.log_model import LogTurn
from clinic.engine.events import FALLBACK

FOLDER, ACCEPTED = "stories", "stories"
"""Where they stand in `var` until they are accepted, and in `tests` afterwards."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What should have happened after the last message: its intent, and kinds of replies in a row ("answer say")."""

    intent: str = ""
    kinds: str = ""


def story_text(name: str, turns: Sequence[LogTurn], last: Expected, actions: Mapping[str, str]) -> str:
    """The story of these turns, the last of them as it should have been; `actions` names the action of an intent.

    The turns' words are written as they are: mask them first.
    """
    steps: list[dict[str, str]] = []
    for turn in turns:
        wanted = last.intent if turn is turns[-1] else ""
        intent = wanted or next((guess for guess, _ in turn.guesses), turn.intent)
        steps.append({"user": turn.text.strip() + "\n", "intent": intent or FALLBACK})
        done = (actions[wanted],) if wanted in actions else turn.actions
        steps += [{"action": one} for one in done]
    kinds = [" ".join(str(reply.get("kind", "say")) for reply in turn.replies) for turn in turns]
    if kinds and last.kinds:
        kinds[-1] = last.kinds
    written = io.StringIO()
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.width = 4096
    yaml.dump({"version": "3.1", "stories": [{"story": name, "metadata": {"replies": kinds}, "steps": steps}]}, written)
    return written.getvalue()


def actions_of_intents(rules: Path) -> dict[str, str]:
    """Which action each intent's rule begins with, from `data/rules.yml`."""
    written = YAML(typ="safe").load(rules.read_text(encoding="utf-8")) or {}
    found: dict[str, str] = {}
    for rule in written.get("rules") or []:
        steps = rule.get("steps") or []
        if len(steps) > 1 and "intent" in steps[0] and "action" in steps[1] and not rule.get("condition"):
            found.setdefault(steps[0]["intent"], steps[1]["action"])
    return found


class StoryFiles:
    """Story tests made of conversations, in a folder of their own; they go with their conversation."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, conversation_id: str, place: int, make: Callable[[], str]) -> str:
        """Write the story up to a turn, in the place of an earlier one of it; the file's name."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{conversation_id[:8]}-{place + 1}.yml"
        path.write_text(make(), encoding="utf-8")
        return path.name

    def read(self, name: str) -> str | None:
        """The text of one, or None when there is none of that name."""
        return next((one.read_text(encoding="utf-8") for one in self._all() if one.name == name), None)

    def of(self, conversation_id: str) -> list[str]:
        """The names of those made of a conversation."""
        return [one.name for one in self._all() if one.name.startswith(f"{conversation_id[:8]}-")]

    def erase(self, conversation_id: str) -> None:
        """Delete those made of a conversation."""
        for one in self._all():
            if one.name.startswith(f"{conversation_id[:8]}-"):
                one.unlink(missing_ok=True)

    def all(self) -> list[str]:
        """The names of all that nobody has taken into the tests yet."""
        return [one.name for one in self._all()]

    def accept(self, name: str, tests: Path) -> Path:
        """Move one into `tests/stories`, and its last message to what candidates are compared on; its new place.

        From then on it is a file like any other of the repository's, which no erasure reaches. Raises FileNotFoundError
        where there is none of that name.
        """
        written = self.read(name)
        if written is None:
            raise FileNotFoundError(name)
        place = tests / ACCEPTED / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(written, encoding="utf-8")
        _add_utterance(tests / "evaluation" / "tuning" / ACCEPTED / "utterances.jsonl", last_utterance(written))
        (self._folder / name).unlink(missing_ok=True)
        return place

    def _all(self) -> list[Path]:
        return sorted(self._folder.glob("*.yml")) if self._folder.is_dir() else []


def last_utterance(written: str) -> tuple[str, str]:
    """The text of a story's last message and the intent that it should be taken for, "" where none is named."""
    story = YAML(typ="safe").load(written)["stories"][0]
    step = [one for one in story["steps"] if "user" in one][-1]
    intent = str(step.get("intent") or "")
    return str(step["user"]).strip(), "" if intent == FALLBACK else intent


def _add_utterance(path: Path, utterance: tuple[str, str]) -> None:
    text, intent = utterance
    line = json.dumps({"text": text, "intent": intent}, ensure_ascii=False)
    before = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    if intent and line not in before:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([*before, line]) + "\n", encoding="utf-8")
