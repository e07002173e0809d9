"""The processes of one machine: engine, action server, web and worker."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from clinic.runtime.logging import open_log
from clinic.runtime.supervisor import Program
from clinic.settings import Settings, SettingsError

# What engine/endpoints.production.yml asks for beside the tracker store.
SHARED = ("POINTE_REDIS_HOST", "POINTE_REDIS_PORT", "POINTE_REDIS_DB", "POINTE_REDIS_PASSWORD")


def programs_of(settings: Settings, model: Path) -> list[Program]:
    """What the supervisor keeps running. The engine is given its model by name, never "the newest"."""
    root = settings.root
    engine = (
        str(root / "bin" / "rasa"), "run", "-i", "127.0.0.1", "-p", str(settings.engine.port), "--model", str(model),
        "--endpoints", endpoints_of(settings), "--credentials", "credentials.yml",
    )  # fmt: skip
    actions = (sys.executable, "-m", "actions", str(settings.engine.actions_port))
    environment = _environment(settings)
    return [
        Program("engine", engine, environment, open_log(settings, "engine")),
        Program("actions", actions, environment, open_log(settings, "actions")),
        Program("web", (sys.executable, "-m", "clinic", "web"), environment, open_log(settings, "web")),
        Program("worker", (sys.executable, "-m", "clinic", "worker"), environment, open_log(settings, "worker")),
    ]


def endpoints_of(settings: Settings) -> str:
    """The engine's endpoints: those of many machines when its database is not a file of this one."""
    if settings.tracker_url.startswith("sqlite:"):
        return "endpoints.yml"
    if missing := [name for name in SHARED if name not in os.environ]:
        raise SettingsError(
            "POINTE_TRACKER_URL names a database server, so the engine needs a lock store too: "
            f"set {', '.join(missing)} (docs/deploy.md, Many machines)."
        )
    return "engine/endpoints.production.yml"


def _environment(settings: Settings) -> dict[str, str]:
    return {
        "POINTE_ROOT": str(settings.root),
        "POINTE_VAR": str(settings.var),
        "POINTE_SECRET": settings.engine.secret,
        "POINTE_ACTIONS_PORT": str(settings.engine.actions_port),
        "PYTHONPATH": str(settings.root),
        "PYTHONUNBUFFERED": "1",
        "SANIC_HOST": "127.0.0.1",
        "RASA_TELEMETRY_ENABLED": "false",
        "OMP_NUM_THREADS": "1",
        "TOKENIZERS_PARALLELISM": "false",
        # What a publish or an index took is given back: glibc keeps it for each thread, and for all that grew once.
        "MALLOC_ARENA_MAX": "2",
        "MALLOC_MMAP_THRESHOLD_": "1048576",
    }
