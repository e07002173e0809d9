"""The sentence encoder tells nobody anything, and leaves nothing in the home of whoever runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = "from pathlib import Path; from language.encoder import Encoder; Encoder.load(Path({!r})).encode(['hello'])"


def test_encoding_a_message_writes_nothing_into_the_home_folder(tmp_path: Path) -> None:
    encoder = os.environ.get("POINTE_ENCODER") or str(ROOT / "models" / "encoder")
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-c", CODE.format(encoder)], cwd=ROOT, env=home, check=True)
    assert [str(path) for path in tmp_path.rglob("*")] == []
