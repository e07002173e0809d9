from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from clinic.conversations.followup_store import FollowUps
from clinic.conversations.model import Page
from clinic.conversations.store import Conversations
from clinic.db import Base, open_sessions


def test_a_complaint_is_noted_once_until_staff_have_dealt_with_it(tmp_path: Path) -> None:
    sessions = open_sessions(f"sqlite:///{tmp_path / 'clinic.db'}")
    with sessions() as session:
        Base.metadata.create_all(session.get_bind())
    _, conversation = Conversations(sessions, timedelta(days=1)).start(Page(), [])
    follow_ups = FollowUps(sessions)
    follow_ups.note(conversation.id, "complaint")
    follow_ups.note(conversation.id, "complaint")
    waiting = follow_ups.open()
    assert [one.reason for one in waiting] == ["complaint"]
    assert follow_ups.close(waiting[0].number)
    assert follow_ups.open() == []
    assert not follow_ups.close(waiting[0].number)
