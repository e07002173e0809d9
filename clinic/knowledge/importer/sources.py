"""What there is to import: the files of a folder, each with its text; a refusal where one is no text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from clinic.knowledge.articles.files import read_text
from clinic.knowledge.importer.decoding import decode_page
from clinic.knowledge.importer.page import Loss
from clinic.knowledge.importer.pdf import read_pdf
from clinic.knowledge.importer.review import ArticleReview
from clinic.knowledge.model import ArticleError

KINDS = {
    ".md": "markdown", ".markdown": "markdown", ".mdx": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".txt": "text", ".pdf": "text",
}  # fmt: skip
LARGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class Raw:
    """Something to import: its name for messages, its text, what kind it is, and the address it came from."""

    name: str
    text: str
    kind: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one thing: `new`, `changed`, `unchanged` or `refused` with a reason.

    `lost` and `notes` tell what was not taken and what was changed; `draft` says that somebody should look at it
    first; `review` is empty for what was refused.
    """

    name: str
    outcome: str
    slug: str = ""
    reason: str = ""
    words: int = 0
    lost: Loss = field(default_factory=Loss)
    notes: tuple[str, ...] = ()
    draft: bool = True
    review: ArticleReview | None = None


def read_path(path: Path) -> Iterable[Raw | Imported]:
    """What a file or the files of a folder hold, in the order of their names; a refusal where one is no text."""
    files = sorted(one for one in path.rglob("*") if one.suffix.lower() in KINDS) if path.is_dir() else [path]
    for one in files:
        try:
            yield Raw(one.name, *_read(one))
        except (ArticleError, OSError) as error:
            yield Imported(one.name, "refused", reason=str(error).removeprefix(f"{one.name}: "))


def _read(path: Path) -> tuple[str, str]:
    """The text of a file and its kind; raises ArticleError."""
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise ArticleError(f"{path.name}: not Markdown, HTML, PDF or plain text (.md, .html, .pdf, .txt)")
    if kind == "markdown":
        return read_text(path), kind
    if path.stat().st_size > LARGEST:
        raise ArticleError(f"{path.name}: larger than {LARGEST // 1_000_000} MB")
    data = path.read_bytes()
    if path.suffix.lower() == ".pdf" or data.startswith(b"%PDF"):
        return read_pdf(data), "text"
    text = decode_page(data)
    if "\x00" in text:
        raise ArticleError(f"{path.name}: holds binary data: is it a text file?")
    return text, kind
