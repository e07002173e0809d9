from __future__ import annotations

import time

import httpx

from tests.whole.conftest import Whole, kinds, say

SECRETS = ("Wilhelmina", "07700 900456", "w.brandt@example.org", "a peculiar purple twinge")


def _traces(whole: Whole) -> list[str]:
    found = []
    for path in whole.var.rglob("*"):
        if path.is_file():
            content = path.read_bytes().lower()
            found += [f"{one} in {path.name}" for one in SECRETS if one.lower().encode() in content]
    return found


def test_after_delete_my_data_no_byte_of_it_is_left(whole: Whole) -> None:
    with whole.client() as client:
        say(client, "Hello, I am Wilhelmina, 07700 900456, w.brandt@example.org")
        say(client, "I get a peculiar purple twinge when I jump, what causes it")
        say(client, "Is a peculiar purple twinge painted by Wilhelmina? And what is the capital of Peru?")
        assert _traces(whole)
        say(client, "please delete my data")
        erased = say(client, "yes")
        assert "erased" in erased[0]
        assert client.get("/api/messages").status_code == 401
    time.sleep(1)
    assert _traces(whole) == []


def test_a_no_keeps_the_chat(visitor: httpx.Client) -> None:
    say(visitor, "please delete my data")
    assert kinds(say(visitor, "no")) == ["say"]
    assert visitor.get("/api/messages").status_code == 200
