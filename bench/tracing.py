"""What Chromium's trace says of a page's main thread."""

from __future__ import annotations

import json
from typing import Any

TRACED = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "__metadata"]
MODULE = "v8.evaluateModule"
SCRIPT = {"EvaluateScript", "FunctionCall"}


def longest(trace: bytes, origin: str) -> tuple[float, float]:
    """CPU milliseconds of the longest task on a main thread, and of the longest run of a script of `origin`.

    Waiting for a core does not count; what the measuring itself runs in the page does not either.
    """
    events = json.loads(trace)["traceEvents"]
    threads = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    timed = [event for event in events if "tdur" in event and (event["pid"], event["tid"]) in threads]
    tasks = [event["tdur"] for event in timed if event["name"] == "RunTask"]
    runs = [event["tdur"] for event in timed if _is_script(event, origin)]
    return max(tasks, default=0) / 1000, max(runs, default=0) / 1000


def _is_script(event: dict[str, Any], origin: str) -> bool:
    # A module's event does not say whose it is; the measuring runs none.
    return event["name"] == MODULE or (event["name"] in SCRIPT and origin in json.dumps(event["args"]))
