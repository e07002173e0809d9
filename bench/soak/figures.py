"""What a run is judged by, and its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bench.soak.faults import Struck
from bench.soak.visitors import Post, Sent, Visitor
from bench.table import quantile, row
from clinic.engine.tracker_store import Tracker

PROMISED_SECONDS = 5.0
WIDTHS = (-44, 24)
FAULT_WIDTHS = (-22, 9, 9, 11, 11, 13)
FAULT_HEADINGS = ("fault", "messages", "errors", "over 5 s", "slowest s", "longest wait")


@dataclass(frozen=True)
class Kept:
    """What the assistant has of what it acknowledged."""

    lost: int
    heard_twice: int
    differed: int
    answered_twice: int


async def look_back(visitors: Sequence[Visitor], tracker_url: str) -> Kept:
    """Compare every visitor's own record with the history that the assistant gives, and with what the engine heard."""
    lost = twice = differed = 0
    for visitor in visitors:
        said = await visitor.history() if visitor.sent else []
        times = Counter(one["id"] for one in said or () if one["from"] == "visitor")
        lost += sum(message.acknowledged and not times[message.id] for message in visitor.sent)
        twice += sum(times[message.id] > 1 for message in visitor.sent)
        differed += sum(message.differed for message in visitor.sent)
    return Kept(lost, twice, differed, _answered_twice(tracker_url))


def print_table(messages: Sequence[Sent], kept: Kept, struck: Sequence[Struck]) -> None:
    """The figures of the whole run, then of the time after each fault."""
    posts = [post for message in messages for post in message.posts]
    taken = [post.seconds for post in posts if post.status]
    rows = {
        "messages": len(messages),
        "acknowledged, then lost": kept.lost,
        "twice in the history": kept.heard_twice,
        "sent again, another reply": kept.differed,
        "answered twice by the engine": kept.answered_twice,
        "never answered": sum(message.replies is None for message in messages),
        "POSTs": len(posts),
        "  answered after more than 5 s": _slow(posts, struck),
        "  the same of a web that itself hung": _slow(posts) - _slow(posts, struck),
        "  p50, p95, slowest (s)": f"{quantile(taken, 0.5):.3f} {quantile(taken, 0.95):.3f} {max(taken):.2f}",
        "  an `error` reply": sum(post.error and post.status == 200 for post in posts),
        "  503": sum(post.status == 503 for post in posts),
        "  other statuses": _others(posts),
        "  no answer (refused, cut, or not in 8 s)": sum(post.status == 0 for post in posts),
        "longest until answered (s)": f"{max(message.waited for message in messages):.1f}",
    }
    for name, value in rows.items():
        print(row((name, str(value)), WIDTHS))
    _print_faults(messages, struck)
    _print_late(messages, struck)


def _print_faults(messages: Sequence[Sent], struck: Sequence[Struck]) -> None:
    print("\n" + row(FAULT_HEADINGS, FAULT_WIDTHS))
    edges = [*(one.at for one in struck), float("inf")]
    for fault, after in zip(struck, edges[1:], strict=True):
        mine = [one for one in messages if one.posts and fault.at <= one.posts[0].at < after]
        posts = [post for one in mine for post in one.posts]
        if not posts:
            continue
        cells = (len(mine), sum(post.error for post in posts), _slow(posts, struck))
        times = (max(post.seconds for post in posts), max(one.waited for one in mine))
        print(row((fault.name, *map(str, cells), *(f"{one:.1f}" for one in times)), FAULT_WIDTHS))


def _print_late(messages: Sequence[Sent], struck: Sequence[Struck]) -> None:
    """Each late answer: what had happened last and how long before it was asked, its seconds, status and kinds."""
    for message in messages:
        for post in message.posts:
            if not _slow([post], struck):
                continue
            before = [one for one in struck if one.at <= post.at]
            since = f"{post.at - before[-1].at:.1f} s after {before[-1].name}" if before else "before any fault"
            print(f"late: {post.seconds:.2f} s, status {post.status}{' error' * post.error}, {since}, {post.address}")


def _slow(posts: Sequence[Post], struck: Sequence[Struck] = ()) -> int:
    """Answers that came late, but for those of a web that `struck` says hung itself meanwhile."""
    late = [post for post in posts if post.seconds > PROMISED_SECONDS and post.status > 0]
    return sum(not any(_is_silenced(post, one) for one in struck) for post in late)


def _is_silenced(post: Post, fault: Struck) -> bool:
    return post.address == fault.silenced and post.at < fault.until and fault.at < post.at + post.seconds


def _others(posts: Sequence[Post]) -> str:
    found = Counter(post.status for post in posts if post.status not in (0, 200, 503))
    return ", ".join(f"{status}: {count}" for status, count in sorted(found.items())) or "0"


def _answered_twice(tracker_url: str) -> int:
    tracker = Tracker(tracker_url)
    rows = [conversation for _, conversation in tracker.heard_after(0, 10_000_000)]
    found = 0
    for conversation in dict.fromkeys(rows):
        answered = Counter(turn.message_id for turn in tracker.turns(conversation) if turn.is_answered)
        found += sum(count > 1 for name, count in answered.items() if name)
    return found
