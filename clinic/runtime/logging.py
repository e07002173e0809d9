"""Log files under var/logs: rotated, and masked before a byte is written."""

from __future__ import annotations

import atexit
import logging
from contextlib import suppress
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
from queue import Full, Queue

from clinic.privacy.log_filter import MaskingFilter
from clinic.settings import Settings

LARGEST = 2_000_000
KEPT = 3
MOST_WAITING = 10_000
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


class UnhurriedHandler(QueueHandler):
    """Leaves records to a thread that masks and writes them: where whoever reads them hangs, nobody waits for it.

    What comes while MOST_WAITING lines are unread is lost.
    """

    def __init__(self, handler: logging.Handler) -> None:
        super().__init__(Queue(MOST_WAITING))
        self.setFormatter(logging.Formatter())  # or `basicConfig` would give it one that names level and logger
        self._writer = QueueListener(self.queue, handler)
        self._writer.start()
        atexit.register(self.write_rest)

    def enqueue(self, record: logging.LogRecord) -> None:
        """Keep the record for the thread, where there is room."""
        with suppress(Full):
            self.queue.put_nowait(record)

    def write_rest(self) -> None:
        """Wait until what was logged is written; nothing is afterwards."""
        with suppress(Full):
            self._writer.stop()


def log_to_output() -> None:
    """For a process under the supervisor: everything to its output, masked; the supervisor keeps it."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    handler.addFilter(MaskingFilter())
    logging.basicConfig(level=logging.INFO, handlers=[UnhurriedHandler(handler)], force=True)
    for noisy in ("httpx", "httpcore", "sanic.access", "uvicorn.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
