"""A PDF that holds text is read like a page's text; one that does not says so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clinic.knowledge.articles.files import read_article
from clinic.knowledge.importer.importer import import_articles, read_path
from clinic.knowledge.importer.pdf import join_lines, read_pdf
from clinic.knowledge.model import ArticleError

LINES = (
    "Sore heel",
    "A sore heel hurts most with the first steps of the day and after",
    "a long walk. It is common in people who stand a lot at work.",
    "Treatment",
    "Cushioned shoes and calf stretches help most people within some",
    "weeks of patient daily work.",
    "• Stretch slowly",
    "• Rest when it is sore",
)


def make_pdf(lines: tuple[str, ...]) -> bytes:
    """One page with these lines, by hand."""
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 12 Tf 72 720 Td {shown} ET".encode("cp1252")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    return (
        made
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    )


def test_a_pdf_becomes_an_article_with_its_headings_and_list(tmp_path: Path) -> None:
    (tmp_path / "heel.pdf").write_bytes(make_pdf(LINES))
    (tmp_path / "out").mkdir()
    result = import_articles(read_path(tmp_path / "heel.pdf"), tmp_path / "out")[0]
    assert (result.outcome, result.slug) == ("new", "sore-heel")
    overview, treatment = read_article(tmp_path / "out" / "sore-heel.md").sections
    assert "first steps of the day and after a long walk." in overview.text
    assert treatment.heading == "Treatment"
    assert treatment.text.endswith("- Stretch slowly\n- Rest when it is sore")


@pytest.mark.parametrize(
    ("data", "told"), [(b"%PDF-1.4 nonsense", "cannot be read"), (make_pdf(()), "pictures of pages and no text")]
)
def test_a_pdf_without_text_says_so(data: bytes, told: str) -> None:
    with pytest.raises(ArticleError, match=told):
        read_pdf(data)


def test_a_word_broken_at_the_end_of_a_line_keeps_its_hyphen() -> None:
    assert join_lines(["Stand on the edge of a step for a self-", "made stretch of the calf, slowly."]) == (
        "Stand on the edge of a step for a self-made stretch of the calf, slowly."
    )


def test_a_process_that_reads_no_pdf_does_not_hold_what_reads_them() -> None:
    asked = "import sys, clinic.commands.serving; sys.exit('pypdf' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
