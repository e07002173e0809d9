"""Whether an emergency stays one beside an ordinary clause, and a denied one stays none: kept and lost by flag.

    engine/.venv/bin/python -m bench.metamorphic                                  # the clauses for tuning
    engine/.venv/bin/python -m bench.metamorphic --held-out                       # the others, totals alone
    engine/.venv/bin/python -m bench.metamorphic --model models/<archive>.tar.gz  # the detector in a model

Every message of the sets for tuning that is caught alone is joined with clauses that change nothing, before and
after it, by every joiner; it is kept when a card at least as urgent is raised. The pairs are the same every time.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from bench.redflags import load, read, train, wilson
from engine.components.red_flags.detector import Detector, Found
from language.text import normalise_lines

ROOT = Path(__file__).parents[1]
HELD_OUT = ROOT / "tests/evaluation/metamorphic.json"
TUNING = ROOT / "tests/evaluation/tuning"
PAIRS = 20_000
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of a file: `neutral` ones, those that only stand `before`, joiners, and how signs are denied."""

    neutral: tuple[str, ...]
    before: tuple[str, ...]
    joiners: tuple[str, ...]
    denied: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, file: Path) -> Clauses:
        """The clauses in the file; each denial with the flag of its sign."""
        raw = json.loads(file.read_text(encoding="utf-8"))
        denied = (
            (flag, denial.replace("{sign}", sign))
            for flag, signs in raw["signs"].items()
            for sign in signs
            for denial in raw["denials"]
        )
        return cls(tuple(raw["neutral"]), tuple(raw["before_only"]), tuple(raw["joiners"]), tuple(denied))


@dataclass(frozen=True, slots=True)
class Pair:
    """A caught message beside a clause, and what the message raises alone."""

    flag: str
    text: str
    alone: Found


def caught_alone(detector: Detector, files: Iterable[Path]) -> list[Pair]:
    """The red flags of the files that raise a card by themselves."""
    rows = [row for row in read(files) if row.get("flag")]
    found = detect_all(detector, [row["text"] for row in rows])
    return [Pair(row["flag"], row["text"], one) for row, one in zip(rows, found, strict=True) if one]


def pairs_of(caught: Sequence[Pair], clauses: Clauses, count: int) -> list[Pair]:
    """`count` pairs, the same every time, in which flags, messages, clauses, sides and joiners take turns."""
    chance = random.Random(9)
    by_flag: dict[str, list[Pair]] = {}
    for one in caught:
        by_flag.setdefault(one.flag, []).append(one)
    turns = [cycle(chance.sample(ones, len(ones))) for _, ones in sorted(by_flag.items())]
    messages = (next(turn) for turn in cycle(turns))
    return [_join(next(messages), place) for place in islice(_places(clauses, chance), count)]


def _places(clauses: Clauses, chance: random.Random) -> Iterator[tuple[str, str, bool]]:
    sides = [(clause, True) for clause in (*clauses.neutral, *clauses.before)]
    sides += [(clause, False) for clause in clauses.neutral]
    every = [(clause, joiner, before) for clause, before in sides for joiner in clauses.joiners]
    while True:
        yield from chance.sample(every, len(every))


def _join(message: Pair, place: tuple[str, str, bool]) -> Pair:
    clause, joiner, before = place
    parts = (clause, message.text) if before else (message.text.rstrip(" .,;"), clause)
    return Pair(message.flag, joiner.join(parts), message.alone)


def detect_all(detector: Detector, texts: Sequence[str]) -> list[Found | None]:
    """What each text raises, batch by batch."""
    found: list[Found | None] = []
    for start in range(0, len(texts), _BATCH):
        found += detector.detect_all([(normalise_lines(text),) for text in texts[start : start + _BATCH]])
    return found


def lost(detector: Detector, pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs that raise nothing, or something less urgent than the message alone."""
    urgency = {card.key: card.urgency for card in detector.cards}
    found = detect_all(detector, [pair.text for pair in pairs])
    return [
        pair
        for pair, one in zip(pairs, found, strict=True)
        if one is None or urgency[one.key] > urgency[pair.alone.key]
    ]


def alarms(detector: Detector, denied: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The denials that raise a card all the same."""
    found = detect_all(detector, [text for _, text in denied])
    return [one for one, raised in zip(denied, found, strict=True) if raised]


def _report(title: str, all_flags: Iterable[str], missed_flags: Iterable[str]) -> None:
    every, missed = Counter(all_flags), Counter(missed_flags)
    print(f"{title:26}{'pairs':>8}{'right':>8}{'wrong':>8}")
    for flag, count in sorted(every.items()):
        print(f"{flag:26}{count:8}{count - missed[flag]:8}{missed[flag]:8}")
    print(f"{'all':26}{wilson(every.total() - missed.total(), every.total())}\n")


def main() -> None:
    """Print both tables; the lost pairs too, where they may be read."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--model", type=Path)
    arguments.add_argument("--held-out", action="store_true")
    arguments.add_argument("--pairs", type=int, default=PAIRS)
    given = arguments.parse_args()
    detector = load(given.model) if given.model else train()
    clauses = Clauses.read(HELD_OUT if given.held_out else TUNING / "metamorphic.json")
    caught = caught_alone(detector, sorted(TUNING.rglob("redflags*.jsonl")))
    pairs = pairs_of(caught, clauses, given.pairs)
    missed, wrong = lost(detector, pairs), alarms(detector, clauses.denied)
    _report("kept beside a clause", (pair.flag for pair in pairs), (pair.flag for pair in missed))
    _report("denied, and no card", (flag for flag, _ in clauses.denied), (flag for flag, _ in wrong))
    if not given.held_out:
        for flag, text in [*((pair.flag, pair.text) for pair in missed), *wrong]:
            print(f"{flag}: {text!r}", file=sys.stderr)


if __name__ == "__main__":
    main()
