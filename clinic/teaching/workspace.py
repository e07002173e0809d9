"""The one writer of `data/` for our pages: a change is checked, written whole or not at all, remembered, and undone."""

from __future__ import annotations

import fcntl
import shutil
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from clinic.teaching.change_model import Change, ChangeRefused, Draft
from clinic.teaching.changes_store import Changes
from clinic.teaching.hunks import apply_hunks, write_all

# Faults of one file, given the folder that stands for the root and the file's name from there.
Check = Callable[[Path, str], list[str]]
# Makes a change from the files as they are now, while nobody else of ours writes.
Build = Callable[[], Draft]
# Hears of each change once it is written.
Heard = Callable[[Change], object]


class Workspace:
    """Every change of a trainer goes through here; `checks` are found by how a file's name begins or ends.

    One lock for all processes of a machine. What trainers edit by hand meanwhile is kept or the change is refused.
    """

    def __init__(self, root: Path, var: Path, changes: Changes, checks: Mapping[str, Check]) -> None:
        self.root, self.changes = root, changes
        self.heard: Heard = lambda change: None
        self._var, self._checks = var, checks
        self._lock = threading.Lock()

    def apply(self, who: str, build: Build) -> Change:
        """Write what `build` makes of the files; raises ChangeRefused, and then nothing was written."""
        with self._alone():
            return self._write(who, build())

    def undo(self, change_id: str, who: str) -> Change:
        """Take a change back, the latest hunk first; raises ChangeRefused where its lines were edited since."""
        with self._alone():
            change = self.changes.find(change_id)
            if change is None:
                raise ChangeRefused("There is no such change.")
            if change.undone_by:
                raise ChangeRefused(f"{change.undone_by} has undone this already.")
            turned = tuple(one.turned() for one in reversed(change.hunks))
            made = self._write(who, Draft("undone", f"Undone: {change.summary}", turned))
            self.changes.mark_undone(change.id, who)
            if not change.release:
                self.changes.mark_undone(made.id, who)  # both together are nothing to learn
            return made

    def _write(self, who: str, draft: Draft) -> Change:
        texts, hunks = apply_hunks(self.root, draft.hunks)
        if faults := self._new_faults(texts):
            raise ChangeRefused("Nothing was saved. " + " ".join(faults[:5]))
        change = Change(uuid.uuid4().hex[:12], datetime.now(UTC), who, draft.kind, draft.summary, hunks, draft.why)
        self.changes.add(change)
        try:
            write_all(texts)
        except ChangeRefused:
            self.changes.drop(change.id)
            raise
        self.heard(change)
        return change

    def _new_faults(self, texts: Mapping[Path, str | None]) -> list[str]:
        """What would be wrong that was not: a fault already there does not stop anybody else's change."""
        found: list[str] = []
        kept = {path.relative_to(self.root).as_posix(): text for path, text in texts.items() if text is not None}
        with TemporaryDirectory(dir=self._made_var()) as folder:
            staged = _stage(self.root, Path(folder), kept)
            for name in kept:
                path = self.root / name
                for check in self._checks_of(name):
                    if faults := check(staged, name):  # What was wrong before is asked only where something is.
                        known = {_without_line(one) for one in check(self.root, name)} if path.exists() else set()
                        found += [one for one in faults if _without_line(one) not in known]
        return found

    def _checks_of(self, name: str) -> list[Check]:
        return [check for part, check in self._checks.items() if name.startswith(part) or name.endswith(part)]

    def _made_var(self) -> Path:
        self._var.mkdir(parents=True, exist_ok=True)
        return self._var

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._lock, (self._made_var() / "studio.lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield


def _stage(root: Path, folder: Path, texts: Mapping[str, str]) -> Path:
    """A root in which only these files are new; what lies beside them under the same stem is copied."""
    shutil.copyfile(root / "domain.yml", folder / "domain.yml")
    for name in texts:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        for beside in (root / name).parent.glob(f"{target.name.split('.')[0]}.*"):
            shutil.copyfile(beside, target.parent / beside.name)
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    return folder


def _without_line(fault: str) -> str:
    return ":".join(part for part in fault.split(":") if not part.isdigit())
