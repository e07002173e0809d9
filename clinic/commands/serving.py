"""The web under the supervisor."""

from __future__ import annotations

import sys
from functools import partial

import uvicorn

from clinic.composition import here
from clinic.db import wait_at_most
from clinic.runtime.logging import log_to_output
from clinic.runtime.memory import keep_for_good
from clinic.web.app import create_app
from clinic.web.connections import KEEP_ALIVE_SECONDS, PatientProtocol

SWITCH_SECONDS = 0.0005  # after which a thread lets others go on: what staff ask for is work for many, beside visitors
DATABASE_SECONDS = 3.0  # for one statement on PostgreSQL, of the five that a visitor waits


def web() -> None:
    """The web alone, under the supervisor."""
    log_to_output()
    wait_at_most(DATABASE_SECONDS)
    settings = here()
    trusted = list(settings.web.trusted_proxies)
    app = create_app(settings)
    keep_for_good()
    sys.setswitchinterval(SWITCH_SECONDS)
    uvicorn.run(
        app,
        host=settings.web.host,
        port=settings.web.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted),
        forwarded_allow_ips=trusted,
        http=partial(PatientProtocol, is_refused=app.state.reception.followers.is_refused),  # type: ignore[arg-type]
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=5,
    )
