"""What Chromium's trace says of a page's main thread."""

from __future__ import annotations

import json

TRACED = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "__metadata"]
SCRIPT = {"EvaluateScript", "v8.evaluateModule", "FunctionCall"}


def longest_tasks(trace: bytes) -> tuple[float, float]:
    """CPU milliseconds of the longest task on a main thread, and of the longest that ran a script.

    Waiting for a core does not count.
    """
    events = json.loads(trace)["traceEvents"]
    threads = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    timed = [event for event in events if "tdur" in event and (event["pid"], event["tid"]) in threads]
    tasks = [event for event in timed if event["name"] == "RunTask"]
    scripts = [(event["pid"], event["ts"]) for event in timed if event["name"] in SCRIPT]
    with_script = [
        task for task in tasks if any(task["pid"] == pid and 0 <= at - task["ts"] <= task["dur"] for pid, at in scripts)
    ]
    longest, scripted = (max((task["tdur"] for task in each), default=0) / 1000 for each in (tasks, with_script))
    return longest, scripted
