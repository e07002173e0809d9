"""`python -m bench.changing`: from a change that is saved to the visitor who is answered by it, while visitors talk.

It works on a copy of the project with a database of its own. A row is one kind of change: the seconds until it is
live (median and worst), the median and the slowest turn of any visitor in the ten calm seconds before, the slowest
meanwhile and its ratio to that median, and the errors they got.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.living import Crowd, Live, Trainer, ask, live_copy
from bench.processes import BenchFailed
from bench.table import row
from bench.usage import cpu_seconds, descendants, need_proc

WIDTHS = (-28, 4, 9, 9, 10, 13, 11, 7, 7)
HEADINGS = ("change", "n", "median s", "worst s", "median ms", "calm slowest", "slowest ms", "ratio", "errors")
VISITORS = 8
SETTLED = 3.0
WITHIN = 60.0
ASKED_EACH = 0.3  # seconds: asked more often, the question itself would be most of what visitors meet
ANSWERED = "'kind': 'answer'"  # as `ask` tells replies
ODD = (
    "do marmalade ferrets yodel",
    "whence comes the kerfuffle",
    "may turnips juggle lanterns",
    "shall pelicans knit trousers",
    "who taught the teapot to polka",
    "is moonlight made of biscuits",
    "can a wardrobe whistle backwards",
    "how loud is a purple tuba",
    "will the gravy sail to Norway",
    "which comet ate my umbrella",
    "do brass kettles dream of trams",
    "where did the tartan walrus park",
    "can custard outrun a bicycle",
    "why is the violin full of peas",
    "must every lighthouse wear socks",
    "is the accordion allergic to hail",
    "how many hats has a puddle",
    "will the parsnip chair the meeting",
    "did a giraffe sell you that cloud",
    "are teaspoons afraid of velvet",
)
Change = Callable[[int], float]


def main() -> int:
    """Prints the table; 1 and a sentence where it cannot be made."""
    parser = argparse.ArgumentParser(prog="python -m bench.changing")
    parser.add_argument("--times", type=int, default=10, help="of each kind of change (default 10, at most 10)")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds a visitor thinks between turns (default 1)")
    parser.add_argument("--only", default="", help="rows whose name holds this")
    options = parser.parse_args()
    try:
        need_proc()
        with TemporaryDirectory(prefix="changing-") as folder, live_copy(Path(folder)) as live:
            _measure(live, options)
    except BenchFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


def _measure(live: Live, options: argparse.Namespace) -> None:
    print(f"at rest: {live.megabytes():.0f} MB (PSS of all processes)", flush=True)
    trainer, crowd = Trainer(live), Crowd(live, options.pause)
    rows = [one for one in _rows(options.times) if options.only in one[0]]
    if any(change in (_Changes.utterance, _Changes.red_flag) for _, change, _ in rows):
        trainer.publish("try")
    _settle(live)
    crowd.start(VISITORS)
    time.sleep(5)
    print(f"{VISITORS} visitors, {options.pause:g} s between turns; load {os.getloadavg()[0]:.1f}")
    print(row(HEADINGS, WIDTHS), flush=True)
    before, parts = live.megabytes(), live.shares()
    for name, change, count in rows:
        _row(name, crowd, partial(change, _Changes(live, trainer)), count)
        if change is _Changes.red_flag:
            after = live.megabytes()
            print(f"memory before the publishes {before:.0f} MB, after {after:.0f} MB (PSS, trainer warm)", flush=True)
            print(f"  before: {parts}\n  after: {live.shares()}", flush=True)
    crowd.stop()


def _rows(times: int) -> tuple[tuple[str, Callable[[_Changes, int], float], int], ...]:
    """What is changed, how, and how often."""
    return (
        ("utterance, published", _Changes.utterance, times),
        ("red-flag example, published", _Changes.red_flag, max(2, times // 3)),
        ("question beside an article", _Changes.question, times),
        ("article", _Changes.article, times),
        ("lay word", _Changes.lay_word, times),
        ("response", _Changes.response, times),
        ("setting", _Changes.setting, times),
    )


def _row(name: str, crowd: Crowd, change: Change, times: int) -> None:
    began = time.monotonic()
    time.sleep(10)
    calm = [turn[1] for turn in crowd.since(began)]
    began = time.monotonic()
    seconds = [change(number) for number in range(times)]
    turns = crowd.since(began)
    slowest, usual = max((turn[1] for turn in turns), default=0.0), statistics.median(calm) if calm else 0.0
    told = [f"{statistics.median(seconds):.2f}", f"{max(seconds):.2f}"]
    told += [f"{one:.0f}" for one in (usual, max(calm, default=0.0), slowest)]
    ratio = f"{slowest / usual:.1f}×" if usual else "-"
    print(row((name, str(times), *told, ratio, str(sum(turn[2] for turn in turns))), WIDTHS), flush=True)


class _Changes:
    """Each change is saved, and asked for until it is live; the seconds between."""

    def __init__(self, live: Live, trainer: Trainer) -> None:
        self._data, self._root = live.root / "data", live.root
        self._trainer, self._live = trainer, live
        self._odd = iter(ODD)

    def question(self, number: int) -> float:
        """A line that nobody would say, each unlike the others, under the article's first sentence."""
        path = next((self._data / "articles").glob("*.asked.yml"))
        said = next(one for one in self._odd if ANSWERED not in self._asks(one))
        lines = path.read_text("utf-8").split("\n")
        first = next(at for at, line in enumerate(lines) if line.startswith('  "'))
        return self._saved(path, "\n".join([*lines[: first + 1], f"    - {said}", *lines[first + 1 :]]), said, ANSWERED)

    def article(self, number: int) -> float:
        """Another word in its first sentence."""
        path = next((self._data / "articles").glob("*.md"))
        text = path.read_text("utf-8")
        old = "is irritation" if number == 0 else f"is {_word(number - 1)} irritation"
        new = text.replace(old, f"is {_word(number)} irritation", 1)
        asked = next((self._data / "articles").glob("*.asked.yml"))
        key = asked.read_text("utf-8").replace(f"impingement {old}", f"impingement is {_word(number)} irritation", 1)
        asked.write_text(key, "utf-8")
        return self._saved(path, new, "what is posterior ankle impingement", f"is {_word(number)} irritation")

    def lay_word(self, number: int) -> float:
        """A made-up word for the article's condition: asked with it, the article is quoted."""
        word = f"quozzle{_word(number)}"
        path = self._data / "lay_words.yml"
        text = path.read_text("utf-8").rstrip("\n") + f'\n  - say: ["{word}"]\n    means: posterior ankle impingement\n'
        return self._saved(path, text, f"what is {word}", ANSWERED)

    def response(self, number: int) -> float:
        """Another greeting."""
        path = self._data / "responses.yml"
        text = path.read_text("utf-8")
        old = "  Hello! What" if number == 0 else f"  Hello {_word(number - 1)}! What"
        return self._saved(
            path, text.replace(old, f"  Hello {_word(number)}! What", 1), "hello", f"Hello {_word(number)}!"
        )

    def setting(self, number: int) -> float:
        """Another price of the appointment."""
        path = self._root / "settings.yml"
        price = f"{51 + number}.00"
        text = "\n".join(
            f'{line.partition(":")[0]}: "{price}"' if line.strip().startswith("price:") else line
            for line in path.read_text("utf-8").split("\n")
        )
        return self._saved(path, text, "what does an appointment cost", f"£{51 + number}")

    def utterance(self, number: int) -> float:
        """A line under a list of utterances, learned and published by a trainer, then a visitor's turn."""
        path = self._data / "nlu" / "clinic.yml"
        lines = path.read_text("utf-8").split("\n")
        at = next(place for place, line in enumerate(lines) if line.lstrip().startswith("- ") and "intent" not in line)
        indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
        said = f"at what hour doth the {_word(number)} shutter rise"
        return self._published(path, "\n".join([*lines[:at], f"{indent}- {said}", *lines[at:]]), said)

    def red_flag(self, number: int) -> float:
        """An example more of the first flag."""
        path = self._data / "red_flags.yml"
        lines = path.read_text("utf-8").split("\n")
        at = next(place for place, line in enumerate(lines) if line.strip() == "examples: |") + 1
        indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
        said = f"my {_word(number)} leg has gone like a barrel since the long flight and it is hot"
        return self._published(path, "\n".join([*lines[:at], f"{indent}{said}", *lines[at:]]), said)

    def _saved(self, path: Path, text: str, asked: str, wanted: str) -> float:
        if wanted in self._asks(asked):
            raise BenchFailed(f"“{asked}” is answered so already.")
        path.write_text(text, "utf-8")
        began = time.monotonic()
        while wanted not in (told := self._asks(asked)):
            if time.monotonic() - began > WITHIN:
                raise BenchFailed(f"{path.name}: not live after {WITHIN:.0f} s. “{asked}” gets {told[:300]}")
            time.sleep(ASKED_EACH)
        return time.monotonic() - began

    def _published(self, path: Path, text: str, said: str) -> float:
        path.write_text(text, "utf-8")
        began = time.monotonic()
        page, _ = self._trainer.publish()
        if 'data-state="done"' not in page:
            raise BenchFailed(f"{path.name}: not published: {page[-3000:]}")
        self._asks(said)
        return time.monotonic() - began

    def _asks(self, text: str) -> str:
        """What a new visitor is told: one who has asked the same in vain is offered a person instead."""
        with self._live.visitor() as client:
            return ask(client, text)[0]


def _word(number: int) -> str:
    return ("amber", "brisk", "cobalt", "dapper", "ember", "fallow", "gentle", "hazel", "ivory", "jolly")[
        number % 10
    ] + ("" if number < 10 else "ish" * (number // 10))


def _settle(live: Live) -> None:
    """Until what is made ready beside is done: no process of it works any longer."""
    until = time.monotonic() + 180
    while time.monotonic() < until:
        before = cpu_seconds(descendants(live.leader))
        time.sleep(SETTLED)
        if cpu_seconds(descendants(live.leader)) - before < 0.4:
            return


if __name__ == "__main__":
    sys.exit(main())
