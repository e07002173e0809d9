"""`make bench`: our assistant beside stock Rasa, in one run on this machine.

The baseline is the bot that Rasa's own `rasa init` makes (default pipeline with DIET, default policies with TED, no
action server), once with its conversations in memory and once with Rasa's own SQL tracker store on SQLite. Ours does
more in a turn: it answers from the articles through its action server and keeps the conversation in SQLite. All get
the same messages, in turn.
With --full, the default pipeline is also trained on what ours is taught.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from bench.bots import (
    ACTIONS_PORT,
    ENGINE_PORT,
    STOCK_PORT,
    STOCK_SQL_PORT,
    WEB_PORT,
    OurBot,
    StockBot,
    need_setup,
)
from bench.doors import Door, EngineDoor, PublicDoor, RestDoor
from bench.figures import cost_figures, long_figures, print_figures, say_where, speed_figures
from bench.processes import BenchFailed, Spent, need_free
from bench.serving import serve
from bench.stock import ROOT, STOCK_PYTHON
from bench.talking import VISITORS, Timed, ask_at_once, ask_in_turn, ask_long
from bench.usage import need_proc


@dataclass(frozen=True)
class Asked:
    """How much is asked: messages one after the other, rounds at once, turns of one conversation."""

    messages: int
    rounds: int
    turns: int


@dataclass(frozen=True)
class Made:
    """Both assistants, and what the training of each cost; None where an earlier run's is used."""

    stock: StockBot
    ours: OurBot
    training: tuple[Spent | None, Spent]
    folder: Path


def main() -> int:
    """Prints the table; 1 and a sentence when the comparison cannot be made."""
    parser = argparse.ArgumentParser(prog="python -m bench.engine")
    parser.add_argument("--messages", type=int, default=60, help="to each door, one after the other (default 60)")
    parser.add_argument("--rounds", type=int, default=12, help=f"of {VISITORS} messages at once (default 12)")
    parser.add_argument("--turns", type=int, default=500, help="of one long conversation (default 500; 0: none)")
    parser.add_argument("--stock", type=Path, help="a folder to keep rasa init's bot in, and to use it from again")
    parser.add_argument("--full", action="store_true", help="also the default pipeline on our own examples (minutes)")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        _need_everything()
        with TemporaryDirectory() as folder:
            _compare(_make(Path(folder), options.stock), Asked(options.messages, options.rounds, options.turns))
            if options.full:
                subprocess.run([STOCK_PYTHON, "-m", "bench.pipelines", folder], cwd=ROOT, check=True)
    except (BenchFailed, subprocess.CalledProcessError) as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; nothing is left running.", file=sys.stderr)
        return 130
    return 0


def _need_everything() -> None:
    need_proc()
    need_setup()
    for port in (ENGINE_PORT, ACTIONS_PORT, STOCK_PORT, STOCK_SQL_PORT, WEB_PORT):
        need_free(port)


def _make(folder: Path, kept: Path | None) -> Made:
    stock, ours = StockBot((kept or folder / "stock").absolute()), OurBot(folder / "ours")
    stock_training = None
    if not stock.is_made:
        _tell("rasa init makes and trains its bot ...")
        stock_training = stock.make()
    _tell("ours is trained, its databases are made ...")
    our_training = ours.train()
    ours.prepare()
    return Made(stock, ours, (stock_training, our_training), folder)


def _compare(made: Made, asked: Asked) -> None:
    public = PublicDoor(f"http://127.0.0.1:{WEB_PORT}", made.ours.secret)
    inner = EngineDoor(f"http://127.0.0.1:{ENGINE_PORT}", made.ours.secret)
    rest, on_sqlite = (RestDoor(f"http://127.0.0.1:{port}") for port in (STOCK_PORT, STOCK_SQL_PORT))
    with ExitStack() as stack:
        _tell("the servers start ...")
        stock = stack.enter_context(serve([made.stock.server()], rest))
        stored = stack.enter_context(serve([made.stock.server_on_sqlite(made.folder / "sqlite")], on_sqlite))
        ours = stack.enter_context(serve(made.ours.servers(), public))
        doors: list[tuple[Door, dict[str, list[int]]]] = [
            (rest, stock.by_name),
            (on_sqlite, stored.by_name),
            (inner, ours.parts("engine", "actions")),
            (public, ours.parts("engine", "actions", "web")),
        ]
        alone = [Timed(door, pids) for door, pids in doors]
        crowd = [Timed(door, pids) for door, pids in doors]
        costs = cost_figures((stock, stored), ours, made.training)
        _tell(f"{asked.messages} messages to each in turn, {asked.rounds} rounds of {VISITORS} at once ...")
        asyncio.run(_ask(alone, crowd, asked))
        print_figures(speed_figures(alone, crowd) + costs)
        print(say_where(alone), flush=True)
        if asked.turns:
            _tell(f"one conversation of {asked.turns} turns at each ...")
            print_figures(long_figures(asyncio.run(_ask_long(alone, asked.turns)), asked.turns))


async def _ask(alone: list[Timed], crowd: list[Timed], asked: Asked) -> None:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
        warm = [Timed(timed.door, timed.pids) for timed in alone]
        await ask_in_turn(session, warm, 6)
        await ask_in_turn(session, alone, asked.messages)
        await ask_at_once(session, crowd, asked.rounds)


async def _ask_long(doors: list[Timed], turns: int) -> list[tuple[float, float]]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
        found = []
        for timed in reversed(doors):  # ours first: the others take minutes
            found += await ask_long(session, [Timed(timed.door, timed.pids)], turns)
            _tell(f"{type(timed.door).__name__}: first turns {found[-1][0]:.0f} ms, the last {found[-1][1]:.0f} ms")
        return found[::-1]


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
