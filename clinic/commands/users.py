"""Who may sign in to the staff console and the studio."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from clinic.accounts.audit_store import AuditLog
from clinic.accounts.model import ROLES, AccountError, check_role
from clinic.accounts.store import Accounts
from clinic.composition import here, sessions_of

app = typer.Typer(help="Who may sign in.", no_args_is_help=True)
Role = Annotated[str, typer.Option(help=f"One of {', '.join(ROLES)}: each may do what those before it may.")]
FromInput = Annotated[bool, typer.Option("--stdin", help="Read the password from standard input, unasked.")]


def _open() -> tuple[Accounts, AuditLog]:
    sessions = sessions_of(here())
    return Accounts(sessions), AuditLog(sessions)


@app.command("add")
def add(name: str, role: Role = "staff", stdin: FromInput = False) -> None:
    """Add somebody; the password is asked for twice and never shown."""
    accounts, audit = _open()
    made = accounts.add(name, check_role(role), _password(stdin))
    audit.add("command line", "account added", f"{made.name} ({made.role})")
    typer.echo(f"{made.name} may sign in as {made.role}: {here().web.site}/login")


@app.command("list")
def list_accounts() -> None:
    """Everybody who may sign in."""
    found = _open()[0].all()
    if not found:
        typer.echo("Nobody can sign in yet: bin/clinic users add NAME --role admin")
    for one in found:
        locked = f"  locked until {one.locked_until:%H:%M} UTC" if one.locked_until else ""
        typer.echo(f"{one.name:24}  {one.role:10}  since {one.added:%Y-%m-%d}{locked}")


@app.command("password")
def password(name: str, stdin: FromInput = False) -> None:
    """Set a new password; whoever is signed in as this name is signed out everywhere."""
    accounts, audit = _open()
    accounts.set_password(name, _password(stdin))
    audit.add("command line", "password set", name.strip().lower())
    typer.echo(f"{name} has a new password and is signed out everywhere.")


@app.command("role")
def role(name: str, role: str) -> None:
    """Give somebody another role."""
    accounts, audit = _open()
    accounts.set_role(name, check_role(role))
    audit.add("command line", "role set", f"{name.strip().lower()} ({role})")
    typer.echo(f"{name} is {role} now.")


@app.command("remove")
def remove(name: str) -> None:
    """Remove somebody, with every session and token."""
    accounts, audit = _open()
    accounts.remove(name)
    audit.add("command line", "account removed", name.strip().lower())
    typer.echo(f"{name} can no longer sign in.")


@app.command("token")
def token(name: str, revoke: Annotated[bool, typer.Option(help="Make all of them worthless.")] = False) -> None:
    """Make a token with which another system reads as this account; it is shown once."""
    accounts, audit = _open()
    if revoke:
        typer.echo(f"{accounts.revoke_tokens(name)} tokens of {name} are worthless now.")
        audit.add("command line", "tokens revoked", name.strip().lower())
        return
    made = accounts.make_token(name)
    audit.add("command line", "token made", name.strip().lower())
    typer.echo(made)


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("The same again: "):
        raise AccountError("The two passwords are not the same.")
    return first
