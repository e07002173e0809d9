"""stub."""
from dataclasses import dataclass
@dataclass(frozen=True)
class RedFlag:
    name: str
    raw: dict
