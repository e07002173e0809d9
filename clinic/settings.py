"""What a clinic may set, as values; `clinic.settings_file` reads them from `settings.yml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from clinic.problem import Problem

NATIONS = ("england", "scotland", "wales", "northern_ireland", "outside_uk")
ENCRYPTIONS = ("offered", "starttls", "tls")


class SettingsError(Problem):
    """A setting that cannot be used; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Clinic:
    """Who the assistant speaks for."""

    name: str
    clinician: str
    phone: str
    email: str
    address: str = ""
    website: str = ""
    time_zone: str = "Europe/London"
    nation: str = "england"


@dataclass(frozen=True, slots=True)
class Service:
    """What is offered after an answer; `price` is in whole units of `currency` with two decimals.

    `minutes` is how long an appointment lasts in calendars.
    """

    name: str
    price: str
    currency: str = "GBP"
    booking_page: str = ""
    minutes: int = 30

    @property
    def price_text(self) -> str:
        """The price as people say it: `£45`, `£45.50` or `45 EUR`."""
        short = self.price.removesuffix(".00")
        return f"£{short}" if self.currency == "GBP" else f"{short} {self.currency}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the clinic tells of itself, a sentence or two each; what is empty is answered with its phone."""

    opening_hours: str = ""
    directions: str = ""
    in_person: str = ""
    parking: str = ""
    insurers: str = ""
    nhs: str = ""
    referral: str = ""
    first_appointment: str = ""
    reply_time: str = ""
    cancellation: str = ""
    languages: str = ""
    age_limits: str = ""
    price_details: str = ""


@dataclass(frozen=True, slots=True)
class Privacy:
    """How long things are kept, in days and hours, and the version of the consent text."""

    retention_days: int = 90
    appointments_days: int = 365
    abandoned_details_hours: int = 24
    consent_version: str = "2026-11"


@dataclass(frozen=True, slots=True)
class Web:
    """The one public address and its limits."""

    host: str = "127.0.0.1"
    port: int = 8000
    allowed_origins: tuple[str, ...] = ()
    token_days: int = 30
    conversations_per_minute: int = 20
    messages_per_minute: int = 30
    trusted_proxies: tuple[str, ...] = ()
    public_url: str = ""
    metrics_host: str = "127.0.0.1"
    metrics_port: int = 0

    @property
    def site(self) -> str:
        """The address visitors reach us at, without a slash at its end; links in mails begin with it."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Outgoing mail over SMTP; `password` comes from POINTE_MAIL_PASSWORD.

    `encryption` is `offered` (STARTTLS where the server has it; without it no password is sent), `starttls` (no mail
    without it) or `tls` (encrypted from the first byte, usually port 465). Certificates are always checked.
    """

    enabled: bool = False
    host: str = "localhost"
    port: int = 25
    username: str = ""
    sender: str = ""
    encryption: str = "offered"
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SignIn:
    """The clinic's own sign-in for staff (OpenID Connect); off without an issuer.

    `name_claim` is what says whose account it is: a verified `email`, or another claim such as `preferred_username`.
    `client_secret` comes from POINTE_SIGN_IN_SECRET; without it only PKCE proves that it is us.
    """

    issuer: str = ""
    client_id: str = ""
    name_claim: str = "email"
    label: str = "Sign in with the clinic's account"
    client_secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Teaching:
    """What the studio does beside writing files; `commit_changes` makes each change a git commit.

    With `publish_by_two` whoever saved the last change may not publish. Articles imported from an address are looked
    at again every `resync_days`; 0 is never.
    """

    commit_changes: bool = False
    publish_by_two: bool = False
    resync_days: int = 0


@dataclass(frozen=True, slots=True)
class Engine:
    """Where the engine and the action server listen, always on loopback."""

    port: int = 5005
    actions_port: int = 5055
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may be set, read once at start and passed along.

    `var` holds databases, logs and everything else that is not in git.
    """

    root: Path
    clinic: Clinic
    service: Service
    privacy: Privacy = Privacy()
    told: Facts = Facts()
    web: Web = Web()
    mail: MailSettings = MailSettings()
    teaching: Teaching = Teaching()
    engine: Engine = Engine()
    sign_in: SignIn = SignIn()
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
