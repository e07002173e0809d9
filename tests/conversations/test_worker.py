from __future__ import annotations

import subprocess
import sys

from clinic.runtime.scheduler import Job, Worker


def test_a_job_that_fails_does_not_keep_the_others_from_being_done() -> None:
    done: list[str] = []

    def fail() -> int:
        raise RuntimeError("database is locked")

    def work() -> int:
        done.append("work")
        return 1

    worker = Worker([Job("broken", 10.0, fail), Job("steady", 10.0, work)])
    worker.do_due(100.0)
    worker.do_due(105.0)
    worker.do_due(111.0)
    assert done == ["work", "work"]


def test_the_worker_loads_nothing_of_the_web() -> None:
    asked = "import sys, clinic.commands.working; sys.exit(bool({'fastapi', 'uvicorn', 'openpyxl'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
