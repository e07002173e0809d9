"""Every contact detail of a text."""

from __future__ import annotations

from language.contacts.email_address import close_up, find_emails
from language.contacts.model import Contact
from language.contacts.phone_number import find_phones, write_digits
from language.contacts.rewriting import Rewritten


def find_contacts(text: str) -> tuple[Contact, ...]:
    """Addresses and numbers with their places in `text`; the figures of an address are no number."""
    read = write_digits(close_up(Rewritten.of(text.replace("’", "'"))))
    emails = list(find_emails(read))
    taken = [one for one in emails if one.manner in ("written", "part")]
    phones = [
        one for one in find_phones(read) if not any(one.start < other.end and other.start < one.end for other in taken)
    ]
    return (*emails, *phones)
