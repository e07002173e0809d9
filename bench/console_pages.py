"""Every page of the console over HTTP, as a browser asks for it: median and 95th percentile, and the web's memory."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from statistics import median

import httpx

from bench.processes import BenchFailed
from bench.soak.groups import Group
from bench.table import quantile
from bench.usage import resident_megabytes

TIMES = 40
LIST = "/staff/conversations"
MODEL = "5ac1e0de0000000000000000000000aa"
LISTS = {
    "list": "",
    "list, a page further": "?before={before}",
    "topic": "?intent=ask_treatment",
    "kind of reply": "?kind=urgent",
    "topic and kind": "?intent=ask_treatment&kind=urgent",
    "not covered": "?covered=no",
    "why not covered": "?why=other_condition",
    "red flags": "?flag=any",
    "one red flag": "?flag=limb",
    "did not help, open": "?feedback=down&state=open",
    "with a request": "?request=yes",
    "reviewed": "?state=reviewed",
    "somebody's": "?assignee=bench",
    "a tag nobody gave": "?tag=nowhere",
    "flagged": "?marked=yes",
    "confidence": "?below=0.5",
    "model, length, reason": f"?model={MODEL}&least=6&why=other_condition",
    "a day": "?since={day}&until={day}",
    "unread": "?unread=me",
    "a day's sample": "?sample={day}",
}
SEARCHES = {
    "search, common words": "?q=parking+clinic",
    "search, one word": "?q=scan",
    "search, nothing found": "?q=zwiebelkuchen",
    "search and filter": "?q=sprain&flag=any",
    "search and a rare filter": "?q=parking&tag=nowhere",
}
OTHERS = {"today": "/staff", "content gaps": "/staff/gaps", "numbers": "/staff/numbers"}
OTHERS |= {"appointments": "/staff/appointments", "privacy": "/staff/privacy"}


@contextmanager
def sign_in(address: str, name: str, words: str) -> Iterator[httpx.Client]:
    """A browser in which somebody is signed in."""
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        answer = client.post("/login", data={"name": name, "password": words})
        if answer.status_code != 303:
            raise BenchFailed(f"Signing in was answered {answer.status_code}.")
        yield client


def measure_pages(client: httpx.Client, group: Group) -> None:
    """Print what every list, search, conversation and other page takes."""
    first = client.get(LIST).text
    places = re.findall(r'class="lead" href="(/staff/conversations/\w{8})"', first)
    given = {
        "before": _found(r"before=(\w+)", first),
        "day": f"{time.strftime('%Y-%m-%d', time.gmtime(time.time() - 7 * 86400))}",
    }
    print(f"{'page over HTTP, ms':28}{'median':>9}{'95 %':>9}")
    lists = [_time(client, name, [LIST + path.format(**given)]) for name, path in LISTS.items()]
    print(f"{'slowest list':28}{'':9}{max(lists):9.1f}")
    searches = [_time(client, name, [LIST + path]) for name, path in SEARCHES.items()]
    print(f"{'slowest search':28}{'':9}{max(searches):9.1f}")
    _time(client, "one conversation", places)
    for name, path in OTHERS.items():
        _time(client, name, [path])
    print(f"memory of the web process: {resident_megabytes(group.part('web')):.0f} MiB", flush=True)


def _found(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    return found[1] if found else ""


def _time(client: httpx.Client, name: str, paths: Sequence[str]) -> float:
    taken, some = [], cycle(paths)
    for _ in range(TIMES):
        path, begin = next(some), time.perf_counter()
        answer = client.get(path)
        taken.append((time.perf_counter() - begin) * 1000)
        if answer.status_code != 200:
            raise BenchFailed(f"{path} was answered {answer.status_code}.")
    late = quantile(taken, 0.95)
    print(f"{name:28}{median(taken):9.1f}{late:9.1f}", flush=True)
    return late
