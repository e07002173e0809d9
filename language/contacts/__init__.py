"""E-mail addresses and phone numbers as people write them, and where they stand in a text."""

from language.contacts.email_address import is_email
from language.contacts.extraction import find_contacts
from language.contacts.model import Contact

__all__ = ["Contact", "find_contacts", "is_email"]
