"""What a process loads once is not looked at again by the garbage collector; what comes and goes is."""

from __future__ import annotations

import gc
import weakref

from clinic.runtime.memory import keep_for_good


class Ring:
    """Only the collector frees one."""

    def __init__(self) -> None:
        self.me = self


def test_what_is_loaded_is_looked_past_and_what_comes_later_is_still_freed() -> None:
    loaded = [Ring() for _ in range(1000)]
    keep_for_good()
    try:
        assert gc.get_freeze_count() >= len(loaded)
        assert not any(one in loaded for one in gc.get_objects() if isinstance(one, Ring))
        later = weakref.ref(Ring())
        gc.collect()
        assert later() is None
    finally:
        gc.unfreeze()
