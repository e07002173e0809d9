"""`python -m actions PORT`: the action server on loopback, its services opened before the first visitor comes."""

from __future__ import annotations

import os
import sys

from rasa_sdk import endpoint
from rasa_sdk.executor import ActionExecutor

from actions.services import services
from clinic.runtime.logging import log_to_output

if __name__ == "__main__":
    # The SDK listens on every address unless told.
    os.environ["SANIC_HOST"] = "127.0.0.1"
    log_to_output()
    services()
    executor = ActionExecutor()
    executor.register_package("actions")
    endpoint.run(executor, port=int(sys.argv[1]))
