"""What an engine does once it has started, before it hears anything."""

from __future__ import annotations

import gc
import logging
import os
from typing import Any

from sanic import Sanic

logger = logging.getLogger(__name__)


async def end_without_model(app: Sanic, _loop: Any) -> None:
    """End an engine that could not load its model, so that it is started again and looks anew."""
    agent = getattr(app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        logger.error("The engine has no model (see above), so it hears nothing: it ends and is started again.")
        os._exit(1)


async def keep_model(_app: Sanic, _loop: Any) -> None:
    """Have the garbage collector, which stops everything while it looks, look past what is loaded by now."""
    gc.collect()
    gc.freeze()
