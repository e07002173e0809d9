"""Changing `data/` through the pages: nothing but the lines meant, nothing half-written, nobody's edit lost."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from clinic.db import Base, open_sessions
from clinic.migrations.tables import load_stores
from clinic.teaching.change_model import ChangeRefused, Draft, Hunk
from clinic.teaching.changes_store import Changes
from clinic.teaching.nlu_files import Names, file_faults
from clinic.teaching.workspace import Workspace

NLU = """version: "3.1"  # by hand
nlu:
# Why it happens.
- intent: ask_causes
  examples: |
    - why do I get it
    - is my [ankle](body_part) to blame

- intent: greet
  examples: |
    - hello
"""
FILE = "data/nlu/questions.yml"
DOMAIN = "intents:\n  - ask_causes\n  - greet\nentities:\n  - body_part\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    (tmp_path / "domain.yml").write_text(DOMAIN)
    (tmp_path / FILE).write_text(NLU)
    return tmp_path


@pytest.fixture
def workspace(root: Path) -> Workspace:
    load_stores()
    sessions = open_sessions(f"sqlite:///{root / 'clinic.db'}")
    Base.metadata.create_all(sessions.kw["bind"])
    check = {"data/nlu/": lambda at, name: file_faults(at / name, Names.load(at / "domain.yml"))}
    return Workspace(root, root / "var", Changes(sessions), check)


def added(line: int, text: str, above: str) -> Draft:
    return Draft("utterance added", f"Added {text}", (Hunk(FILE, line, (), (text,), above),))


BLAME = "    - is my [ankle](body_part) to blame"


def test_a_line_is_added_and_undone_to_the_same_bytes(root: Path, workspace: Workspace) -> None:
    change = workspace.apply("a-trainer", lambda: added(8, "    - wot brings this on", BLAME))
    assert (root / FILE).read_text() == NLU.replace(BLAME, f"{BLAME}\n    - wot brings this on")
    assert [one.id for one in workspace.changes.open()] == [change.id]
    workspace.undo(change.id, "b-trainer")
    assert (root / FILE).read_text() == NLU
    assert workspace.changes.open() == []


def test_an_edit_made_by_hand_meanwhile_is_kept(root: Path, workspace: Workspace) -> None:
    (root / FILE).write_text(NLU.replace("# Why it happens.", "# Why it happens.\n# Not who gets it."))
    change = workspace.apply("a-trainer", lambda: added(8, "    - wot brings this on", BLAME))
    assert change.hunks[0].line == 9
    assert "# Not who gets it." in (root / FILE).read_text()


def test_a_line_somebody_else_edited_is_refused(root: Path, workspace: Workspace) -> None:
    hunk = Hunk(FILE, 6, ("    - why do I get it",), ("    - why do I have it",))
    text = NLU.replace("why do I get it", "why does one get it")
    (root / FILE).write_text(text)
    with pytest.raises(ChangeRefused, match=r"questions\.yml:6 was changed by somebody else"):
        workspace.apply("a-trainer", lambda: Draft("edited", "", (hunk,)))
    assert (root / FILE).read_text() == text
    assert workspace.changes.newest() == []


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("    - is it [broken](bone", "a bracket without its pair"),
        ("    - is it my [foot](foot)", "is no entity of domain.yml"),
        ("    - control \x85 \x07 character", "holds the character"),
        ("no utterance", r"questions\.yml:\d+: not valid YAML"),
    ],
)
def test_a_line_that_would_break_the_file_is_refused_with_its_place(
    root: Path, workspace: Workspace, line: str, sentence: str
) -> None:
    with pytest.raises(ChangeRefused, match=sentence):
        workspace.apply("a-trainer", lambda: added(8, line, BLAME))
    assert (root / FILE).read_text() == NLU
    assert workspace.changes.newest() == []


def test_a_fault_that_was_there_before_stops_nobody(root: Path, workspace: Workspace) -> None:
    (root / FILE).write_text(NLU + "- intent: made_up\n  examples: |\n    - ahoy\n")
    workspace.apply("a-trainer", lambda: added(8, "    - wot brings this on", BLAME))
    assert "wot brings this on" in (root / FILE).read_text()


def test_a_file_in_another_encoding_is_refused_by_name(root: Path, workspace: Workspace) -> None:
    (root / FILE).write_bytes(NLU.replace("get it", "get it, Ren\u00e9").encode("latin-1"))
    with pytest.raises(ChangeRefused, match=r"questions\.yml:6: not UTF-8 text"):
        workspace.apply("a-trainer", lambda: added(8, "    - wot brings this on", BLAME))


def test_nothing_outside_data_is_written(workspace: Workspace) -> None:
    for name in ("config.yml", "data/../config.yml", "../elsewhere.yml"):
        hunk = Hunk(name, 1, (), ("intents: []",))
        with pytest.raises(ChangeRefused, match="folder data"):
            workspace.apply("a-trainer", lambda hunk=hunk: Draft("edited", "", (hunk,)))  # type: ignore[misc]


def test_two_files_are_written_both_or_neither(
    root: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "data" / "nlu" / "zz.yml").write_text(NLU)
    draft = Draft(
        "moved",
        "",
        (
            Hunk(FILE, 6, ("    - why do I get it",), ()),
            Hunk("data/nlu/zz.yml", 12, (), ("    - why do I get it",), "    - hello"),
        ),
    )
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if Path(target).name == "zz.yml" and "part" in self.name:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ChangeRefused, match="No space left on device"):
        workspace.apply("a-trainer", lambda: draft)
    monkeypatch.undo()
    assert (root / FILE).read_text() == NLU
    assert (root / "data" / "nlu" / "zz.yml").read_text() == NLU
    assert workspace.changes.newest() == []
    assert [one.name for one in (root / "data" / "nlu").iterdir() if one.name.startswith(".")] == []


def test_a_file_made_is_taken_away_by_undoing(root: Path, workspace: Workspace) -> None:
    hunk = Hunk("data/nlu/new.yml", 1, (), (NLU,), whole=True)
    change = workspace.apply("a-trainer", lambda: Draft("file written", "", (hunk,)))
    assert (root / "data/nlu/new.yml").read_text() == NLU
    workspace.undo(change.id, "a-trainer")
    assert not (root / "data/nlu/new.yml").exists()
    with pytest.raises(ChangeRefused, match="undone this already"):
        workspace.undo(change.id, "a-trainer")


def test_many_trainers_at_once_lose_nothing(root: Path, workspace: Workspace) -> None:
    def teach(number: int) -> None:
        workspace.apply("a-trainer", lambda: added(8, f"    - number {number}", BLAME))

    threads = [threading.Thread(target=teach, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert all(f"- number {number}\n" in (root / FILE).read_text() for number in range(8))
    assert len(workspace.changes.open()) == 8
