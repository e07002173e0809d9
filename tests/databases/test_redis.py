from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.requests import Request

from clinic.settings_file import load_settings
from clinic.settings_operation import Web
from clinic.web.errors import HttpProblem
from clinic.web.limits import Limits

ROOT = Path(__file__).resolve().parents[2]


def test_two_processes_share_one_limit_through_redis(redis: str) -> None:
    settings = replace(
        load_settings(ROOT, {"POINTE_SECRET": "secret"}), redis_url=redis, web=Web(messages_per_minute=2)
    )
    request = Request({"type": "http", "headers": [], "client": ("127.0.0.1", 1)})
    first, second = Limits(settings), Limits(settings)
    first.check_message(request, "conversation")
    second.check_message(request, "conversation")
    with pytest.raises(HttpProblem) as refused:
        first.check_message(request, "conversation")
    assert refused.value.status == 429
    for each in (first, second):
        each.close()
