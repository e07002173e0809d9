from __future__ import annotations

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
