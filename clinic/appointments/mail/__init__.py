"""Mail about appointments: composed, queued, delivered."""
