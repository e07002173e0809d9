"""From the Markdown of an article to its sections; headings may carry `{#anchor aspect=... facet=...}`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from clinic.knowledge.articles.segmentation import Block, join_blocks
from clinic.knowledge.model import ASPECTS, ArticleError, Section

_ATTRIBUTES = re.compile(r"\s*\{([^{}]*)\}\s*$")
_GUESSES = (
    ("service", r"appointment|\bbook|consultation|physiotherapy with|contact|about us|our (?:team|clinic)"),
    ("anatomy", r"anatom|structure"), ("exercises", r"exercis|stretch"), ("prevention", r"prevent|avoid"),
    ("risk_groups", r"commonly seen|who gets|at risk|risk factor|affects"),
    ("recovery", r"recover|outlook|prognos|how long|rehab|return"),
    ("diagnosis", r"diagnos|test|scan|imaging|examination"),
    ("treatment", r"treat|manag|surg|inject|therapy|relief|self.?care"),
    ("causes", r"cause|why "), ("symptoms", r"symptom|signs|feel like"),
)  # fmt: skip


# What a question asks for, by its words; a question may ask for several things.
_ASKED = (
    ("treatment", r"\btreat|\btherap|\bcur(?:e|ed|es|ing)\b|\bsurg(?:ery|ical)|\bmedic(?:ation|ine)|\bdrugs?\b"
                  r"|\bmanag(?:e|ing)|\breliev|\brelief\b|\bremed|\binject|\boperation|\btransplant|\bfix(?:ed)?\b"),
    ("causes", r"\bcaus|\bwhy\b|\btrigger|\binherit|\bgenetic|\bhereditary|\bruns? in|\breasons? for|\bdue to\b"
               r"|\bbring(?:s|ing)? (?:it|this) on|\bmakes? (?:it|this) worse|\bexacerbat"),
    ("symptoms", r"\bsymptom|\bsigns?\b|\bfeels? like"),
    ("diagnosis", r"\bdiagnos|\btest(?:s|ed|ing)?\b|\bscans?\b|\bx-?rays?\b|\bmri\b|\bdetect|\bstages?\b|\bscreening"),
    ("recovery", r"\bprogno|\boutlook|\blife expectancy|\bhow long\b|\brecover|\bsurviv|\blong[- ]term|\bheal\b"
                 r"|\bheals\b|\bhealing\b|\bcomplications?\b"),
    ("prevention", r"\bprevent|\bavoid"), ("exercises", r"\bexercises\b|\bstretch"),
    ("risk_groups", r"\bwho (?:gets|is|are)\b|\bat risk\b|\brisk factor|\bhow common|\brisk of (?:getting|developing)"),
)  # fmt: skip


@dataclass(slots=True)
class _Draft:
    heading: str = "Overview"
    anchor: str = "overview"
    aspect: str = "overview"
    blocks: list[Block] = field(default_factory=list)


def read_sections(body: str, name: str, offset: int = 0) -> tuple[Section, ...]:
    """The sections of a Markdown body; `name` and `offset` (lines before it) are for messages.

    Text before the first heading becomes an overview. A heading without an aspect has it guessed from its words.
    Raises ArticleError for an unknown aspect and for an anchor used twice.
    """
    drafts, sub, item = [_Draft()], ("", ""), 0
    tokens = MarkdownIt("commonmark").parse(body)
    for index, token in enumerate(tokens):
        item += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type != "inline":
            continue
        before = tokens[index - 1]
        if before.type == "heading_open":
            heading, given = _read_heading(token, f"{name}:{offset + (token.map or [0])[0] + 1}")
            if before.tag in ("h1", "h2"):
                drafts.append(_Draft(heading, given.get("id", slugify(heading)), given["aspect"]))
                sub = ("", given.get("facet", ""))
            else:
                sub = (heading, given.get("facet", ""))
        elif text := _plain(token):
            drafts[-1].blocks.append(Block(text, *sub, item=item > 0))
    return _close(drafts, name)


def guess_aspect(heading: str) -> str:
    """The aspect a heading speaks of, by its words; `overview` when none is plain."""
    low = heading.casefold()
    return next((aspect for aspect, pattern in _GUESSES if re.search(pattern, low)), "overview")


def asked_aspects(question: str) -> frozenset[str]:
    """The aspects a question asks for, by its words; none when it does not say."""
    low = question.casefold()
    return frozenset(aspect for aspect, pattern in _ASKED if re.search(pattern, low))


def slugify(text: str) -> str:
    """Small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold().replace("'", "").replace("’", "")).strip("-") or "section"


def _close(drafts: list[_Draft], name: str) -> tuple[Section, ...]:
    sections: list[Section] = []
    anchors: set[str] = set()
    for draft in drafts:
        if not draft.blocks:
            continue
        if draft.anchor in anchors:
            draft.anchor = f"{draft.anchor}-{len(sections) + 1}"
        anchors.add(draft.anchor)
        sections.append(Section(draft.anchor, draft.heading, draft.aspect, *join_blocks(draft.blocks)))
    return tuple(sections)


def _read_heading(token: Token, where: str) -> tuple[str, dict[str, str]]:
    text = _plain(token)
    given: dict[str, str] = {}
    if match := _ATTRIBUTES.search(text):
        text = text[: match.start()]
        for word in match.group(1).split():
            key, _, value = word.partition("=")
            given["id" if key.startswith("#") else key] = key[1:] if key.startswith("#") else value
    if given.get("aspect", "overview") not in ASPECTS:
        raise ArticleError(f"{where}: unknown aspect `{given['aspect']}`: use one of {', '.join(ASPECTS)}")
    given.setdefault("aspect", guess_aspect(text))
    return text, given


def _plain(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type in ("text", "code_inline"):
            parts.append(child.content)
    return " ".join("".join(parts).split())
