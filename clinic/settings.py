"""What a clinic may set, as values; `clinic.settings_file` reads them from `settings.yml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from clinic.problem import Problem
from clinic.settings_identity import Clinic, Facts, Privacy, Service
from clinic.settings_operation import Engine, MailSettings, SignIn, Teaching, Web


class SettingsError(Problem):
    """A setting that cannot be used; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may be set, read once at start and passed along.

    `var` holds databases, logs and everything else that is not in git.
    """

    root: Path
    clinic: Clinic
    service: Service
    privacy: Privacy = field(default_factory=Privacy)
    told: Facts = field(default_factory=Facts)
    web: Web = field(default_factory=Web)
    mail: MailSettings = field(default_factory=MailSettings)
    teaching: Teaching = field(default_factory=Teaching)
    engine: Engine = field(default_factory=Engine)
    sign_in: SignIn = field(default_factory=SignIn)
    var: Path = Path("var")
    database_url: str = field(default="", repr=False)
    tracker_url: str = field(default="", repr=False)
    redis_url: str = field(default="", repr=False)

    @property
    def data(self) -> Path:
        """What the assistant has been taught."""
        return self.root / "data"

    @property
    def encoder(self) -> Path:
        """The folder of the sentence encoder."""
        return self.root / "models" / "encoder"

    @property
    def facts(self) -> dict[str, object]:
        """What any sentence of ours may name: the clinic, its people and its service."""
        return {
            "clinic_name": self.clinic.name,
            "clinician": self.clinic.clinician,
            "phone": self.clinic.phone,
            "email": self.clinic.email,
            "service_name": self.service.name,
            "price": self.service.price_text,
            "retention_days": self.privacy.retention_days,
        }
