from __future__ import annotations

import json
import threading

import httpx

from tests.whole.conftest import Whole, say


def test_another_tab_hears_of_a_message_and_its_reply(whole: Whole, visitor: httpx.Client) -> None:
    headers = dict(visitor.headers)
    with (
        httpx.Client(base_url=whole.address, headers=headers, timeout=20.0, trust_env=False) as tab,
        tab.stream("GET", "/api/events") as stream,
    ):
        lines = stream.iter_lines()
        assert next(lines) == ": connected"
        speaking = threading.Thread(target=say, args=(visitor, "what causes posterior ankle impingement"))
        speaking.start()
        said: list[dict[str, str]] = []
        for line in lines:
            if line.startswith("data: "):
                said = json.loads(line.removeprefix("data: "))["messages"]
                if any(one["from"] == "assistant" for one in said):
                    break
        speaking.join()
    assert said[0]["text"] == "what causes posterior ankle impingement"
    assert said[1]["kind"] == "answer"


def test_an_erased_conversation_ends_its_stream(whole: Whole, visitor: httpx.Client) -> None:
    headers = dict(visitor.headers)
    with (
        httpx.Client(base_url=whole.address, headers=headers, timeout=20.0, trust_env=False) as tab,
        tab.stream("GET", "/api/events") as stream,
    ):
        lines = stream.iter_lines()
        next(lines)
        visitor.delete("/api/conversations")
        assert "event: erased" in list(lines)
