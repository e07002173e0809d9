"""A run in a thread of its own: its steps, its beat, and what it ends as, whatever happens."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from clinic.problem import Problem
from clinic.teaching.runs_store import Runs

Tell = Callable[[str], None]
Result = dict[str, Any]
Work = Callable[[Tell, Result], tuple[str, str]]
"""What is done: it tells its steps, fills the result, and returns the state it ends in and the release, or ""."""
BEAT = 5.0


class Cancelled(Problem):
    """The run was stopped by a trainer."""


class Refused(Problem):
    """The candidate may not be published; the sentence says why."""


def run_aside(runs: Runs, number: int, work: Work) -> None:
    """Do the work of a run that has begun, and return at once; however it ends, the run is closed with it."""
    threading.Thread(target=_run, args=(runs, number, work), daemon=True).start()


def _run(runs: Runs, number: int, work: Work) -> None:
    over, began = threading.Event(), time.monotonic()
    threading.Thread(target=_beat, args=(runs, number, over), daemon=True).start()
    result: Result = {}

    def tell(sentence: str) -> None:
        if not runs.tell(number, f"{time.monotonic() - began:.1f} s: {sentence}"):
            raise Cancelled("stopped")

    try:
        state, release = work(tell, result)
        runs.end(number, state, result, release)
    except Cancelled:
        runs.end(number, "cancelled", result)
    except Refused as error:
        runs.end(number, "refused", {**result, "said": str(error)})
    except Problem as error:
        runs.end(number, "failed", {**result, "said": str(error)})
    except OSError as error:
        said = f"Nothing was published; the live model goes on. {error.strerror or error}: make room, then again."
        runs.end(number, "failed", {**result, "said": said})
    except Exception as error:
        runs.end(number, "failed", {**result, "said": f"{type(error).__name__}: {error}"})
    finally:
        over.set()


def _beat(runs: Runs, number: int, over: threading.Event) -> None:
    while not over.wait(BEAT):
        runs.tell(number)
