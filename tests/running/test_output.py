"""A process goes on though nobody reads what it logs."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TALKATIVE = """
import logging, os, sys
from pathlib import Path
from clinic.runtime.logging import log_to_output
log_to_output()
for number in range(3000):
    logging.error("line %s of jo@example.org " + "x" * 80, number)
Path(sys.argv[1]).write_text("done")
"""


def test_a_supervisor_that_hangs_holds_nobody_and_reads_every_line_masked_afterwards(tmp_path: Path) -> None:
    done = tmp_path / "done"
    process = subprocess.Popen(
        [sys.executable, "-c", TALKATIVE, str(done)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    for _ in range(100):
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
        if done.exists():
            break
    assert done.exists()
    told, _ = process.communicate(timeout=20)
    lines = told.decode().splitlines()
    assert len(lines) == 3000
    assert "jo@example.org" not in lines[2999]
    assert lines[2999].startswith("ERROR root: line 2999")
