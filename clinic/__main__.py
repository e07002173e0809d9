"""`bin/clinic`: Pointe's own command line."""

from __future__ import annotations

import sys

from clinic.commands.app import app
from clinic.commands.failures import KNOWN

if __name__ == "__main__":
    try:
        app()
    except KNOWN as failure:
        print(f"{failure}", file=sys.stderr)
        sys.exit(1)
