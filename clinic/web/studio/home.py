"""The studio's first page: on to what waits."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from clinic.web.staff.access import Trainer, go

router = APIRouter(include_in_schema=False)


@router.get("/studio")
def home(user: Trainer) -> Response:
    """On to the inbox."""
    return go("/studio/inbox")
