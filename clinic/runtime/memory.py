"""What is loaded once and stays until the end."""

from __future__ import annotations

import gc


def keep_for_good() -> None:
    """Have the garbage collector look past everything that is loaded by now.

    It stops all threads while it looks: 0.3 seconds for what the web loads, at some request or other, and more where
    the machine is busy.
    """
    gc.collect()
    gc.freeze()
