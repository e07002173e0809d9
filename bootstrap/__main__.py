"""`python3 -m bootstrap [--dev] [--stock]`: everything up to the point where `bin/clinic` can take over."""

from __future__ import annotations

import sys

from bootstrap.build import build_steps
from bootstrap.environments import Wanted, environment_steps, holds_tests
from bootstrap.pythons import check_own
from bootstrap.step import SetupError, run_steps, say


def main() -> int:
    """Run every step that is not done; 1 with one sentence when a step cannot be."""
    wanted = Wanted(dev="--dev" in sys.argv, stock="--stock" in sys.argv)
    try:
        check_own(sys.version_info[:2])
        run_steps(environment_steps(wanted))
        run_steps(build_steps(keep=holds_tests()))
    except SetupError as error:
        say(f"\n{error}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. What was done is kept; run the same command to go on.")
        return 130
    except OSError as error:
        say(f"\n{error.strerror or error}: {error.filename or ''}. Mend that (is the disk full?) and run again.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
