"""`make soak`, or a part of it: `python -m bench.soak --stores shared --only faults --seconds 120`."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.processes import BenchFailed
from bench.soak.crowds import hold_streams, overload
from bench.soak.faults import faults_of
from bench.soak.groups import Site, one_machine, two_groups
from bench.soak.pairs import race
from bench.soak.soak import soak
from bench.usage import need_proc

STORES = {"sqlite": "one machine on SQLite", "shared": "two groups on PostgreSQL and Redis"}
TRIALS = ("faults", "pairs", "streams", "overload")


def main() -> int:
    """Prints a table for each kind of site; 1 and a sentence where one does not start."""
    options = _options()
    try:
        need_proc()
        for stores in options.stores:
            print(f"\n{STORES[stores].capitalize()}: {options.visitors} visitors, {options.seconds:.0f} s", flush=True)
            with ExitStack() as stack:
                folder = options.keep or stack.enter_context(TemporaryDirectory(prefix="soak-"))
                asyncio.run(_try(stack.enter_context(_site(stores, Path(folder))), options))
    except BenchFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; nothing is left running.", file=sys.stderr)
        return 130
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.soak")
    parser.add_argument("--seconds", type=float, default=600, help="the visitors talk (default 600)")
    parser.add_argument("--visitors", type=int, default=50, help="at once, thinking 8 to 15 s (default 50)")
    parser.add_argument("--pairs", type=int, default=1000, help="that race to the two groups (default 1,000)")
    parser.add_argument("--stores", nargs="+", choices=STORES, default=list(STORES))
    parser.add_argument("--only", nargs="+", choices=TRIALS, default=list(TRIALS), help="of the trials")
    parser.add_argument("--breaking", default="", help="only faults whose name holds this")
    parser.add_argument("--keep", type=Path, help="an empty folder for databases and logs, kept afterwards")
    return parser.parse_args()


def _site(stores: str, folder: Path) -> AbstractContextManager[Site]:
    return two_groups(folder) if stores == "shared" else one_machine(folder)


async def _try(site: Site, options: argparse.Namespace) -> None:
    only: Sequence[str] = options.only
    if "pairs" in only and len(site.groups) > 1:
        await race(site, options.pairs)
    if "streams" in only:
        await hold_streams(site)
    if "overload" in only:
        await overload(site)
    if "faults" in only:
        faults = [one for one in faults_of(site) if options.breaking in one.name]
        await soak(site, options.visitors, options.seconds, faults)


if __name__ == "__main__":
    sys.exit(main())
