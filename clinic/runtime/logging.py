"""Log files under var/logs: rotated, and masked before a byte is written."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

from clinic.privacy.log_filter import MaskingFilter
from clinic.settings import Settings

LARGEST = 2_000_000
KEPT = 3
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def open_log(settings: Settings, name: str) -> logging.Logger:
    """A logger that writes to var/logs/<name>.log and nowhere else."""
    folder = settings.var / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / f"{name}.log", maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
    handler.setFormatter(logging.Formatter(FORMAT))
    handler.addFilter(MaskingFilter())
    logger = logging.getLogger(f"pointe.{name}")
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.INFO)
    return logger


def log_to_output() -> None:
    """For a process under the supervisor: everything to its output, masked; the supervisor keeps it."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    handler.addFilter(MaskingFilter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for noisy in ("httpx", "httpcore", "sanic.access", "uvicorn.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
