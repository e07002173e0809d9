"""Entities whose values no list can hold; they teach neither the lists of phrases nor the speller."""

PERSON = "person"
NAME_LISTS = ("given_name", "family_name")
OPEN = frozenset({PERSON, *NAME_LISTS})
