from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic.runtime.line_process import LineProcess, NotAnswered

ECHO = """
import json, os, sys
for line in sys.stdin:
    asked = json.loads(line)
    if asked == "end":
        sys.exit()
    print(json.dumps({"failed": "no"} if asked == "fail" else {"done": [asked, os.getpid()]}), flush=True)
"""


@pytest.fixture
def echo(tmp_path: Path) -> Iterator[LineProcess]:
    process = LineProcess([sys.executable, "-c", ECHO], tmp_path)
    yield process
    process.close()


def test_one_process_answers_until_it_ends_and_then_another_does(echo: LineProcess) -> None:
    first = echo.ask({"text": "hello"})
    assert first[0] == {"text": "hello"}
    assert echo.ask({})[1] == first[1]
    os.kill(first[1], 9)
    assert echo.ask({})[1] != first[1]


def test_a_failure_is_said_in_its_own_words(echo: LineProcess) -> None:
    with pytest.raises(NotAnswered, match="no"):
        echo.ask("fail")  # type: ignore[arg-type]


def test_a_process_that_always_ends_is_not_asked_for_ever(echo: LineProcess) -> None:
    with pytest.raises(NotAnswered, match="did not start"):
        echo.ask("end")  # type: ignore[arg-type]
