"""Nothing a visitor said about who they are reaches a log."""

from __future__ import annotations

import io
import logging

import pytest

from clinic.privacy.log_filter import MaskingFilter, mask_logs


class Log:
    """A real logger and handler that write into memory."""

    def __init__(self) -> None:
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.logger = logging.Logger("pointe.test")
        self.logger.addHandler(self.handler)
        mask_logs(self.logger)

    @property
    def text(self) -> str:
        return self.stream.getvalue()


@pytest.fixture
def log() -> Log:
    return Log()


def test_the_message_is_masked(log: Log) -> None:
    log.logger.warning("no reply for jo@example.org")
    assert log.text == "no reply for [email]\n"


def test_arguments_are_masked_and_others_keep_their_type(log: Log) -> None:
    log.logger.warning("%s waits %d s, %.1f of it idle", "07700 900123", 4, 0.5)
    log.logger.warning("%(who)s asked", {"who": "jo@example.org"})
    assert log.text == "[phone] waits 4 s, 0.5 of it idle\n[email] asked\n"


def test_a_number_split_over_arguments_or_given_as_an_integer_is_masked(log: Log) -> None:
    log.logger.warning("%s %s", "07700", "900123")
    log.logger.warning("called %d", 7700900123)
    assert log.text == "[phone]\ncalled [phone]\n"


def test_an_object_that_prints_a_detail_is_masked(log: Log) -> None:
    log.logger.warning("failed: %s", ValueError("bad address jo@example.org"))
    log.logger.warning({"email": "jo@example.org"})
    assert log.text == "failed: bad address [email]\n{'email': '[email]'}\n"


def test_the_exception_and_its_cause_are_masked(log: Log) -> None:
    def fail(said: str) -> None:
        try:
            raise KeyError(said)
        except KeyError as error:
            raise ValueError(f"cannot store {said}") from error

    try:
        fail("ring 020 7946 0018")
    except ValueError:
        log.logger.exception("lost")
    assert "7946" not in log.text
    assert "ValueError: cannot store ring [phone]" in log.text
    assert "KeyError: 'ring [phone]'" in log.text


def test_extra_fields_are_masked(log: Log) -> None:
    log.handler.setFormatter(logging.Formatter("%(message)s %(visitor)s %(count)d"))
    log.logger.warning("seen", extra={"visitor": {"phone": "07700 900123"}, "count": 2})
    assert log.text == "seen {'phone': '[phone]'} 2\n"


def test_a_wrong_format_string_neither_leaks_nor_raises(log: Log) -> None:
    log.logger.warning("%d replies", "jo@example.org")
    assert log.text == "%d replies ('[email]',)\n"


def test_an_object_that_cannot_be_printed_does_not_break_the_log(log: Log) -> None:
    class Broken:
        def __str__(self) -> str:
            raise RuntimeError("jo@example.org")

        __repr__ = __str__

    log.handler.setFormatter(logging.Formatter("%(message)s %(thing)s"))
    log.logger.warning("seen", extra={"thing": Broken()})
    assert log.text == "seen [unprintable]\n"


def test_an_access_log_keeps_the_arguments_its_formatter_needs(log: Log) -> None:
    arguments = ("127.0.0.1:50000", "GET", "/api/messages?q=jo@example.org", "1.1", 200)
    record = logging.LogRecord("uvicorn.access", logging.INFO, __file__, 1, '%s - "%s %s HTTP/%s" %d', arguments, None)
    MaskingFilter().filter(record)
    assert record.args == ("127.0.0.1:50000", "GET", "/api/messages?q=[email]", "1.1", 200)


def test_a_child_loggers_record_is_masked_by_its_parents_handler(log: Log) -> None:
    child = logging.Logger("pointe.test.child")
    child.parent = log.logger
    child.warning("from jo@example.org")
    assert log.text == "from [email]\n"


def test_the_filter_is_put_on_a_handler_once(log: Log) -> None:
    mask_logs(log.logger)
    assert len(log.handler.filters) == 1
