"""What goes wrong for a reason that a person can mend."""

from __future__ import annotations


class Problem(Exception):
    """Told in its own sentence, without a traceback: what is wrong, where, and what to do."""
