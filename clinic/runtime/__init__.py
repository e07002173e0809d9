"""The processes of one machine: supervisor, scheduler, logging, readiness."""
