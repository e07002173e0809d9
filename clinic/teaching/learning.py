"""What changed decides what is learned: an utterance moves the intents, an example of an emergency the red flags,
anything else is a whole training.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from clinic.teaching.fingerprint import fingerprint
from clinic.teaching.nlu_examples import plain, read_examples
from clinic.teaching.releases import Release
from language.red_flag_file import split_examples

RED_FLAG = "report_red_flag"
APART = ("data/nlu", "data/red_flags.yml")


@dataclass(frozen=True, slots=True)
class State:
    """What is taught, in the parts that are learned apart, each as a hash."""

    utterances: str
    emergencies: str
    else_taught: str


def read_state(root: Path) -> State:
    """The state of what is taught now. An utterance counts without its annotations; those are in `else_taught`, with
    rules, words and code. `emergencies` are the examples and look-alikes of the red flags, and those of their intent.
    """
    examples = read_examples(root / "data" / "nlu")
    moved = sorted((plain(one.text), one.intent) for one in examples if one.intent != RED_FLAG)
    reported = sorted(plain(one.text) for one in examples if one.intent == RED_FLAG)
    kept = sorted({one.text for one in examples if one.text != plain(one.text)})
    intents = sorted({one.intent for one in examples})
    flags, emergencies = split_examples(_text(root / "data" / "red_flags.yml"))
    others = (kept, intents, _beside(root), flags, fingerprint(root, APART))
    return State(_hash(moved), _hash((reported, emergencies)), _hash(others))


def is_as_before(now: State, live: State | None) -> bool:
    """Whether the emergencies are those that the live model was taught."""
    return live is not None and now.emergencies == live.emergencies


def may_be_quick(now: State, whole: State | None) -> bool:
    """Whether only utterances, or examples of emergencies, changed since the wholly trained model."""
    return whole is not None and now.else_taught == whole.else_taught


def keep_state(root: Path, release: Release, state: State) -> None:
    """Remember what a model was made of, so that it is known what may be learned quickly from it."""
    _state_file(root, release.file).write_text(json.dumps(asdict(state)), encoding="utf-8")


def state_of(root: Path, file: str) -> State | None:
    """What the model of that file was made of; None where it was not kept."""
    try:
        return State(**json.loads(_state_file(root, file).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _state_file(root: Path, file: str) -> Path:
    return root / "models" / f"{file.removesuffix('.tar.gz')}.state.json"


def _beside(root: Path) -> list[str]:
    """Lookups, synonyms and regexes: the lines of blocks that hold no intent."""
    lines = []
    for path in sorted((root / "data" / "nlu").glob("*.y*ml")):
        inside = False
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.lstrip().startswith(("- lookup:", "- synonym:", "- regex:")):
                inside = True
            elif line.lstrip().startswith("- intent:"):
                inside = False
            if inside:
                lines.append(line)
    return lines


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _hash(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()
