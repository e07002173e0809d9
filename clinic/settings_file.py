"""Reads `settings.yml`; secrets and addresses of services come from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from clinic.settings import Settings, SettingsError
from clinic.settings_identity import NATIONS, Clinic, Facts, Privacy, Service
from clinic.settings_operation import ENCRYPTIONS, Engine, MailSettings, SignIn, Teaching, Web

Part = TypeVar("Part")


def here() -> Settings:
    """The settings of this checkout, or of POINTE_ROOT; raises SettingsError."""
    root = Path(os.environ.get("POINTE_ROOT") or Path(__file__).resolve().parents[1])
    return load_settings(root)


def load_settings(root: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """Read `settings.yml` under `root`; raises SettingsError in a sentence that says what to mend."""
    env = os.environ if environ is None else environ
    written = _read(settings_path(root, env))
    var = Path(env.get("POINTE_VAR") or root / "var")
    mail = {**_part(written, "mail"), "password": env.get("POINTE_MAIL_PASSWORD", "")}
    engine = {**_part(written, "engine"), "secret": env.get("POINTE_SECRET", "") or _secret(var)}
    for key, name in (("port", "POINTE_ENGINE_PORT"), ("actions_port", "POINTE_ACTIONS_PORT")):
        engine |= {key: int(env[name])} if name in env else {}
    sign_in = {**_part(written, "sign_in"), "client_secret": env.get("POINTE_SIGN_IN_SECRET", "")}
    web = {**_part(written, "web"), **({"port": int(env["POINTE_PORT"])} if "POINTE_PORT" in env else {})}
    settings = Settings(
        root=root,
        var=var,
        clinic=_build(Clinic, "clinic", _part(written, "clinic")),
        service=_build(Service, "service", _part(written, "service")),
        told=_build(Facts, "facts", _part(written, "facts")),
        privacy=_build(Privacy, "privacy", _part(written, "privacy")),
        web=_build(Web, "web", web),
        teaching=_build(Teaching, "teaching", _part(written, "teaching")),
        mail=_build(MailSettings, "mail", mail),
        engine=_build(Engine, "engine", engine),
        sign_in=_build(SignIn, "sign_in", sign_in),
        database_url=env.get("POINTE_DATABASE_URL") or f"sqlite:///{var / 'clinic.db'}",
        tracker_url=env.get("POINTE_TRACKER_URL") or f"sqlite:///{var / 'tracker.db'}",
        redis_url=env.get("POINTE_REDIS_URL", ""),
    )
    _check(settings)
    return settings


def live_files(settings: Settings) -> tuple[Path, ...]:
    """What settings and fixed sentences are read from: a running process reads them anew when one changes."""
    texts = ("responses.yml", "mails.yml", "red_flags.yml")
    return (settings_path(settings.root), *(settings.data / name for name in texts))


def settings_path(root: Path, environ: Mapping[str, str] | None = None) -> Path:
    """The settings file of a checkout, or the one that POINTE_SETTINGS names."""
    env = os.environ if environ is None else environ
    return Path(env.get("POINTE_SETTINGS", root / "settings.yml"))


def take_live(now: Settings, read: Settings) -> Settings:
    """The running settings with what may change without a restart: the clinic, its service, what it tells, privacy."""
    return replace(now, clinic=read.clinic, service=read.service, told=read.told, privacy=read.privacy)


def _read(path: Path) -> dict[str, Any]:
    try:
        written = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{path.name} is missing: copy it back from git, then set your clinic's name.") from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(f"{path.name}, line {line}: {error.problem}. Mend that line and start again.") from None
    if not isinstance(written, dict):
        raise SettingsError(f"{path.name} holds no settings: it must begin with `clinic:`.")
    return written


def _part(written: dict[str, Any], name: str) -> dict[str, Any]:
    part = written.get(name) or {}
    if not isinstance(part, dict):
        raise SettingsError(f"settings.yml: `{name}` must hold settings, one a line, indented by two spaces.")
    return part


def _build(kind: type[Part], name: str, values: dict[str, Any]) -> Part:
    known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]
    for key, value in values.items():
        if key not in known:
            raise SettingsError(f"settings.yml: `{name}.{key}` is not a setting. Known: {', '.join(known)}.")
        wanted = {"int": int, "bool": bool, "str": str}.get(str(known[key].type), list)
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            quoting = " Put it in quotes." if wanted is str else ""
            raise SettingsError(f"settings.yml: `{name}.{key}` is {value!r}, but must be {_SAYS[wanted]}.{quoting}")
    fixed = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    try:
        return kind(**fixed)
    except TypeError as error:
        raise SettingsError(f"settings.yml: `{name}` is not complete: {error}.") from None


_SAYS: dict[type, str] = {int: "a whole number", bool: "true or false", str: "text", list: "a list"}


def _secret(var: Path) -> str:
    """The engine's shared secret, made at set-up; empty before it."""
    path = var / "secret"
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""


def _check(settings: Settings) -> None:
    if settings.clinic.nation not in NATIONS:
        raise SettingsError(f"settings.yml: `clinic.nation` must be one of {', '.join(NATIONS)}.")
    if settings.mail.encryption not in ENCRYPTIONS:
        raise SettingsError(f"settings.yml: `mail.encryption` must be one of {', '.join(ENCRYPTIONS)}.")
    for name, days in (
        ("service.minutes", settings.service.minutes),
        ("privacy.retention_days", settings.privacy.retention_days),
        ("privacy.appointments_days", settings.privacy.appointments_days),
    ):
        if days < 1:
            raise SettingsError(f"settings.yml: `{name}` must be 1 or more.")
    if settings.teaching.resync_days < 0:
        raise SettingsError("settings.yml: `teaching.resync_days` must be 0 or more.")
    try:
        Decimal(settings.service.price)
    except InvalidOperation:
        raise SettingsError('settings.yml: `service.price` must be an amount such as "45.00".') from None
