from __future__ import annotations

import os
import signal
import time

import httpx

from tests.whole.conftest import Whole, kinds, say


def _kill(whole: Whole, part: str) -> None:
    os.kill(whole.part(part), signal.SIGKILL)


def _wait_until_answered(client: httpx.Client) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        if "error" not in kinds(say(client, "what is posterior ankle impingement")):
            return
        time.sleep(1)
    raise AssertionError("not answered again")


def test_without_the_action_server_a_red_flag_still_gets_its_card_and_others_an_apology(whole: Whole) -> None:
    with whole.client() as client:
        _kill(whole, "-m actions")
        assert kinds(say(client, "crushing chest pain and my left arm is heavy"))[0] == "urgent"
        apology = say(client, "what causes posterior ankle impingement")
        assert kinds(apology)[0] in {"error", "answer"}
        _wait_until_answered(client)


def test_a_killed_engine_is_started_again_and_nothing_said_is_lost(whole: Whole) -> None:
    with whole.client() as client:
        say(client, "what causes posterior ankle impingement")
        _kill(whole, "-m engine run")
        began = time.monotonic()
        failed = say(client, "and how is it treated")
        assert time.monotonic() - began < 6
        assert kinds(failed) == ["error"]
        assert "999" in failed[0]["text"]
        _wait_until_answered(client)
        typed = [one["text"] for one in client.get("/api/messages").json()["messages"] if one["from"] == "visitor"]
        assert typed[:2] == ["what causes posterior ankle impingement", "and how is it treated"]


def test_the_off_switch_works_at_once(whole: Whole) -> None:
    with whole.client() as client:
        whole.clinic("off", "a test")
        assert kinds(say(client, "what causes posterior ankle impingement")) == ["error"]
        whole.clinic("on")
        assert "answer" in kinds(say(client, "what are the symptoms of it"))
