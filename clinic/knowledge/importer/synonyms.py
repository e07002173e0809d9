"""Other names that a page gives its subject in so many words: brackets, "also known as"."""

from __future__ import annotations

import re

from clinic.knowledge.model import Article

_ALSO = re.compile(
    r"\b(?:also|sometimes|often|commonly|formerly|previously|better|otherwise|generally)?\s*"
    r"(?:known as|called|referred to as|named)\s+(?:an?\s+|the\s+)?"
    r"[\"“‘']?(?P<name>[\w’'-]+(?:[ \t]+[\w’'-]+){0,4}?)[\"”’']?"
    r"(?=[.,;:)]|\s+(?:is|are|and|or|because|which|that|occurs?|happens?|can|in|when|by|has|affects?|causes?|due)\b)",
    re.IGNORECASE,
)
_WEAK = re.compile(r"^(?:a|an|it|this|that|the|your|my|our|one|something|what)\b", re.IGNORECASE)
_FIRST_SENTENCES = 4
_MOST = 5


def find_synonyms(article: Article) -> list[str]:
    """Names beside the title, each as the article writes it; for somebody to confirm."""
    lines = [line for one in article.sections for line in one.text.splitlines() if not line.startswith("- ")]
    text = " ".join(lines)
    sentences = re.split(r"(?<=[.!?])\s+", text)
    named = [
        one for at, one in enumerate(sentences)
        if at < _FIRST_SENTENCES or article.title.casefold() in one.casefold() or "this condition" in one.casefold()
    ]  # fmt: skip
    found = [*_in_title(article.title), *_abbreviations(article.title, text)]
    for sentence in named:
        if _speaks_of(sentence, article.title):
            found += [match.group("name") for match in _ALSO.finditer(sentence)]
    clean = dict.fromkeys(one.strip(" -'’") for one in found if len(one.strip()) > 1 and not _WEAK.match(one))
    return [one for one in clean if one.casefold() != article.title.casefold()][:_MOST]


def _speaks_of(sentence: str, title: str) -> bool:
    """Whether the sentence is about the page's subject, and not about a bone or a test that it names."""
    names = [title, re.sub(r"\s*\(.*?\)", "", title)]
    said = any(name.casefold() in sentence.casefold() for name in names if name)
    return said or bool(
        re.match(r"(?:it|this(?: condition| injury| problem)?|the condition)\s", sentence, re.IGNORECASE)
    )


def _in_title(title: str) -> list[str]:
    """`Runner's knee (patellofemoral pain)` and `Frozen shoulder: adhesive capsulitis` give both names."""
    if match := re.match(r"^(.+?)\s*\(([^()]{2,60})\)\s*$", title):
        return [match.group(1), match.group(2)]
    return []


def _abbreviations(title: str, text: str) -> list[str]:
    """`Complex regional pain syndrome (CRPS)`, where the letters are those of the title's words."""
    letters = [
        word[0].casefold() for word in re.findall(r"[A-Za-z]+", title) if word.casefold() not in ("of", "the", "and")
    ]
    short = re.findall(r"\(([A-Z][A-Za-z]{1,6})\)", text)
    beside = re.findall(rf"(?<!\w){re.escape(title)} \(([a-z][a-z’'-]+(?: [a-z’'-]+){{0,4}})\)", text, re.IGNORECASE)
    return [one for one in beside if one not in short][:1] + [
        one for one in short if "".join(letters).startswith(one.casefold()) or one.casefold() == "".join(letters)
    ]
