"""Keeps personal details out of every log: a filter that masks the whole record before it is written."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from clinic.privacy.masking import mask

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_TRACEBACKS = logging.Formatter()


class MaskingFilter(logging.Filter):
    """Masks message, arguments, exception, stack and extra fields; never drops a record, never raises.

    Put it on handlers (a logger's filter does not see its children's records). The record itself is changed, so
    no later handler or formatter can write the details either; its `exc_info` becomes masked `exc_text`.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask `record` in place and let it pass."""
        self._mask_message(record)
        if isinstance(record.exc_info, tuple):
            record.exc_text = record.exc_text or _TRACEBACKS.formatException(record.exc_info)
        record.exc_info = None
        record.exc_text = mask(record.exc_text).text if record.exc_text else None
        record.stack_info = mask(record.stack_info).text if record.stack_info else None
        for name in vars(record).keys() - _STANDARD:
            setattr(record, name, _mask_value(getattr(record, name)))
        return True

    def _mask_message(self, record: logging.LogRecord) -> None:
        try:
            whole = record.getMessage()
        except Exception:  # a wrong format string is the caller's; what was logged must still be masked
            record.msg, record.args = mask(f"{record.msg} {record.args}").text, ()
            return
        if isinstance(record.args, Mapping):
            record.args = {name: _mask_value(value) for name, value in record.args.items()}
        elif record.args:
            record.args = tuple(_mask_value(value) for value in record.args)
        masked = mask(whole).text
        if masked != whole and not self._says(record, masked):
            record.msg, record.args = masked, ()

    def _says(self, record: logging.LogRecord, masked: str) -> bool:
        """Whether masking each argument was enough; a number may be split over two, or stand in the message."""
        try:
            return record.getMessage() == masked
        except Exception:
            return False


def mask_logs(logger: logging.Logger) -> None:
    """Put the filter, once, on every handler that `logger` has now."""
    for handler in logger.handlers:
        if not any(isinstance(one, MaskingFilter) for one in handler.filters):
            handler.addFilter(MaskingFilter())


def _mask_value(value: object) -> object:
    """Mask a string, or anything that would print a detail; other values keep their type for `%d` and the like."""
    if value is None or isinstance(value, bool | float):
        return value
    try:
        written = str(value)
    except Exception:
        return "[unprintable]"
    masked = mask(written).text
    return value if masked == written else masked
