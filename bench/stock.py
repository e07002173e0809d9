"""`python -m bench.stock`: stock Rasa, with all that its pipelines use, in an environment of its own.

It is installed from `engine/requirements-stock.lock`: every version that ours has too is the same, and TensorFlow's
build for processors is taken. Rasa is started there by its own command, so nothing of `engine` changes it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.installing import install
from bench.processes import BenchFailed

ROOT = Path(__file__).resolve().parents[1]
STOCK = ROOT / "bench" / ".stock"
STOCK_PYTHON, STOCK_RASA = STOCK / "bin" / "python", STOCK / "bin" / "rasa"
ENGINE_PYTHON = ROOT / "engine" / ".venv" / "bin" / "python"
LOCK = ROOT / "engine" / "requirements-stock.lock"


def install_stock() -> None:
    """Make stock Rasa's environment, unless it is there; raises BenchFailed."""
    if not ENGINE_PYTHON.exists():
        raise BenchFailed("The engine is not set up: run `make setup`.")
    # What uv makes an environment with is the interpreter behind the one that it is given.
    install(STOCK, LOCK, str(ENGINE_PYTHON), "Stock Rasa is installed into bench/.stock, once: about 650 MB.")


def main() -> int:
    """Install it; 1 and a sentence when that cannot be done."""
    try:
        install_stock()
    except BenchFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
