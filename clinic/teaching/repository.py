"""Each change a commit in its trainer's name, where the project is a git repository and the clinic wants it."""

from __future__ import annotations

import logging
import subprocess
from pathlib import Path

from clinic.teaching.change_model import Change

log = logging.getLogger(__name__)
SECONDS = 20.0


class Repository:
    """Commits the files of a change and nothing else, whatever else is changed or staged in the checkout.

    A commit that fails is logged and harms nothing: the change is in the files and in the list of changes.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def commit(self, change: Change) -> bool:
        """Whether it was committed; no repository, or nothing that differs, is no failure."""
        if not (self._root / ".git").exists():
            return False
        name = change.who.replace("<", "").replace(">", "").strip() or "trainer"
        whose = ("-c", f"user.name={name}", "-c", f"user.email={name.replace(' ', '.')}@localhost")
        files = [str(self._root / one) for one in change.files]
        words = f"{change.summary}\n\n{change.kind}{f': {change.why}' if change.why else ''}\n"
        try:
            self._git("add", "--all", "--", *files)
            self._git(*whose, "commit", "--quiet", "--only", "--message", words, "--", *files)
        except (OSError, subprocess.SubprocessError) as error:
            said = getattr(error, "stderr", "") or str(error)
            log.warning("a change of %s was saved and not committed: %s", change.files, said.strip()[:300])
            return False
        return True

    def _git(self, *words: str) -> None:
        subprocess.run(
            ["git", "-C", str(self._root), *words], check=True, capture_output=True, text=True, timeout=SECONDS
        )
