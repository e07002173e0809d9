"""Settings that say how the assistant runs: its address, mail, sign-in, the studio, the engine."""

from __future__ import annotations

from dataclasses import dataclass, field

ENCRYPTIONS = ("offered", "starttls", "tls")


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
