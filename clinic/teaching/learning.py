"""What changed decides what is learned: an utterance moves the intents alone, anything else is a whole training."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from clinic.teaching.fingerprint import MADE_OF
from clinic.teaching.nlu_examples import plain, read_examples
from clinic.teaching.releases import Release

RED_FLAG = "report_red_flag"


@dataclass(frozen=True, slots=True)
class State:
    """What is taught, in the parts that are learned apart, each as a hash."""

    utterances: str
    else_taught: str


def read_state(root: Path) -> State:
    """The state of what is taught now. An utterance counts without its annotations; those are in `else_taught`, with
    red-flag examples, rules, words and code.
    """
    examples = read_examples(root / "data" / "nlu")
    moved = sorted((plain(one.text), one.intent) for one in examples if one.intent != RED_FLAG)
    kept = sorted({one.text for one in examples if one.text != plain(one.text) or one.intent == RED_FLAG})
    intents = sorted({one.intent for one in examples})
    return State(_hash(moved), _hash((kept, intents, _beside(root), _others(root))))


def may_be_quick(now: State, whole: State | None) -> bool:
    """Whether only utterances changed since the wholly trained model."""
    return whole is not None and now.else_taught == whole.else_taught


def state_file(root: Path, release: Release) -> Path:
    """Where the state that a wholly trained model was made of is kept."""
    return root / "models" / f"{release.whole.removesuffix('.tar.gz')}.state.json"


def keep_state(root: Path, release: Release) -> None:
    """Remember what a wholly trained model was made of, so that it is known what may be learned quickly from it."""
    state_file(root, release).write_text(json.dumps(asdict(read_state(root))), encoding="utf-8")


def state_of(root: Path, release: Release) -> State | None:
    """What that model was made of; None where it was not kept."""
    try:
        return State(**json.loads(state_file(root, release).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _others(root: Path) -> str:
    summed = hashlib.sha256()
    for name in MADE_OF:
        if name == "data/nlu":
            continue
        place = root / name
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and "__pycache__" not in file.parts:
                summed.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return summed.hexdigest()


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


def _hash(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()
