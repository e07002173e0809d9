"""The first correction of the trainers' manual, done as the manual says it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from clinic.db import Base, open_sessions
from clinic.migrations.tables import load_stores
from clinic.teaching.changes_store import Changes
from clinic.teaching.learning import may_be_quick, read_state
from clinic.teaching.nlu_examples import words
from clinic.teaching.nlu_files import Names, file_faults
from clinic.teaching.repetitions import compare
from clinic.teaching.utterance_index import UtteranceIndex
from clinic.teaching.utterances import add
from clinic.teaching.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
MANUAL = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")


def test_the_first_correction_works_as_it_is_written(tmp_path: Path) -> None:
    asked, intent = re.search(r"A visitor asked `([^`]+)`.*?the intent is `([^`]+)`", MANUAL, re.DOTALL).groups()  # type: ignore[union-attr]
    (by_hand,) = re.findall(r"```yaml\n +(    - .+)\n", MANUAL[MANUAL.index("## With an editor") :])[:1]
    shutil.copytree(ROOT / "data" / "nlu", tmp_path / "data" / "nlu")
    for name in ("domain.yml", "data/rules.yml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    load_stores()
    sessions = open_sessions(f"sqlite:///{tmp_path / 'clinic.db'}")
    Base.metadata.create_all(sessions.kw["bind"])
    checks = {"data/nlu/": lambda root, name: file_faults(root / name, Names.load(root / "domain.yml"))}
    workspace = Workspace(tmp_path, tmp_path / "var", Changes(sessions), checks)
    index, before = UtteranceIndex(tmp_path), read_state(tmp_path)

    assert not [one for one in index.snapshot().utterances if compare(words(asked), words(one.text))]
    change = workspace.apply("a-trainer", lambda: add(index.snapshot(), intent, [asked]))
    (found,) = index.snapshot().same_words(asked)
    assert (found.intent, found.raw) == (intent, by_hand)
    assert may_be_quick(read_state(tmp_path), before)
    workspace.undo(change.id, "a-trainer")
    assert read_state(tmp_path) == before
