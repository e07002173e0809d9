"""A yes to erasing the chat that means the request beside it."""

from __future__ import annotations

import pytest

from actions.consent import means_request


@pytest.mark.parametrize("said", ["yes now send", "Yes, book it please"])
def test_a_yes_that_sends_the_request_erases_nothing(said: str) -> None:
    assert means_request(said)


@pytest.mark.parametrize(
    "said", ["yes", "yes, erase it and don't send anything", "Yes, erase but keep the request", "delete what I sent"]
)
def test_a_yes_that_erases_is_one_whatever_stands_beside_it(said: str) -> None:
    assert not means_request(said)
