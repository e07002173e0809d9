"""`bin/clinic`: Pointe's own command line."""

from __future__ import annotations

import sys

from clinic.commands.app import app
from clinic.problem import Problem
from clinic.runtime.terminal import guard_terminal

if __name__ == "__main__":
    guard_terminal()
    try:
        app()
    except Problem as problem:
        print(f"{problem}", file=sys.stderr)
        sys.exit(1)
