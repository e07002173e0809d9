"""`python -m actions PORT`: the action server on loopback, in one process that listens once it can answer."""

from __future__ import annotations

import sys

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor

from actions.services import services
from clinic.runtime.logging import log_to_output
from clinic.runtime.memory import keep_for_good

KEEP_ALIVE_SECONDS = 120

if __name__ == "__main__":
    log_to_output()
    services()  # Opened before the port listens, in the process that answers.
    executor = ActionExecutor()
    executor.register_package("actions")
    app = create_app(executor, cors_origins=[])
    app.config.KEEP_ALIVE_TIMEOUT = KEEP_ALIVE_SECONDS
    keep_for_good()
    app.run(host="127.0.0.1", port=int(sys.argv[1]), single_process=True, access_log=False, motd=False)
