"""A clinic brings its own pages in; the author's words stay as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clinic.knowledge.articles.files import read_article
from clinic.knowledge.importer.importer import Imported, Raw, import_articles, read_path
from clinic.knowledge.model import Article

PAGE = """Hilltop Physio Logo
Foot Pain

Bunion

Minute Read


Posted 3 months ago

Last updated: 07/01/2024

by Sam Example

What is a Bunion?

A bunion is a bony bump beside the big toe. It is *not* a growth_of new bone; 2.5 cm is large [sic].

Bunion Symptoms

The bump can be red, sore & swollen. Shoes rub on it.

A bunion is commonly seen in:

  • Ballet dancers
  • People with tight shoes

A clinical examination by a podiatrist is enough in most cases. An X-ray can confirm the diagnosis.

Related Article: Bunion Exercises

Bunion Treatment

Wide shoes take the pressure off. Surgery can straighten the toe.

Share this page"""

HTML = """<!doctype html><html><head><title>Shin splints | Hilltop</title>
<meta property="og:title" content="Shin splints"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/team">Our team</a></li></ul></nav>
<script>alert("x")</script><main><article><h1>Shin splints</h1>
<p>Shin splints is pain along the inner edge of the shin bone, common in runners who raise their mileage fast.</p>
<h2>Symptoms of shin splints</h2><p>The pain comes on during a run &amp; settles with rest. The shin is tender to
touch over a length of several centimetres.</p><h2>Treatment</h2>
<p>Fewer miles for <strong>2 to 6 weeks</strong> let the shin settle. Good shoes help. Calf strengthening follows.</p>
<img src=x onerror=alert(1)></article></main>
<footer>Copyright Hilltop. Call us on 020 7946 0000.</footer></body></html>"""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    made = tmp_path / "target"
    made.mkdir()
    return made


def bring(target: Path, text: str, kind: str, publish: bool = False, name: str = "page") -> Imported:
    return import_articles([Raw(name, text, kind)], target, publish)[0]


def words_of(article: Article) -> str:
    return " ".join(section.text for section in article.sections)


def test_page_text_becomes_sections_and_what_is_about_the_page_becomes_facts(target: Path) -> None:
    assert bring(target, PAGE, "text").outcome == "new"
    article = read_article(target / "bunion.md")
    assert (article.title, article.category, article.author) == ("Bunion", "Foot Pain", "Sam Example")
    assert (article.updated, article.related) == ("2024-01-07", ("Bunion Exercises",))
    assert not article.published
    assert [(one.heading, one.aspect) for one in article.sections] == [
        ("What is a Bunion?", "overview"),
        ("Bunion Symptoms", "symptoms"),
        ("Commonly seen in", "risk_groups"),
        ("Diagnosis", "diagnosis"),
        ("Bunion Treatment", "treatment"),
    ]
    assert not re.search(r"Minute Read|Share this|Posted|Logo", words_of(article))


def test_the_authors_wording_is_kept_to_the_letter(target: Path) -> None:
    bring(target, PAGE, "text")
    text = words_of(read_article(target / "bunion.md"))
    assert "It is *not* a growth_of new bone; 2.5 cm is large [sic]." in text
    assert "The bump can be red, sore & swollen. Shoes rub on it." in text


def test_an_html_page_loses_its_navigation_and_keeps_its_sentences(target: Path) -> None:
    assert bring(target, HTML, "html").slug == "shin-splints"
    article = read_article(target / "shin-splints.md")
    text = words_of(article)
    assert "The pain comes on during a run & settles with rest." in text
    assert "Fewer miles for 2 to 6 weeks let the shin settle." in text
    assert {"symptoms", "treatment"} <= {one.aspect for one in article.sections}
    assert not re.search(r"alert|onerror|Our team|Copyright", text)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<html><body><nav>" + "<a href='/a'>Home</a>" * 500 + "</nav></body></html>",
        "<script>" + "x" * 10_000 + "</script>",
        "<p>" * 5_000,
        "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><p>&b;</p>",
        "\x00\x01\x02 not html",
    ],
)
def test_a_page_without_an_article_is_refused_and_not_written(target: Path, html: str) -> None:
    result = bring(target, html, "html")
    assert result.outcome == "refused"
    assert result.reason
    assert not list(target.iterdir())


def test_markup_on_a_hostile_page_never_becomes_part_of_the_front_matter(target: Path) -> None:
    title = "Knee --- state: published"
    html = HTML.replace("Shin splints", title)
    result = bring(target, html, "html")
    assert result.outcome == "new"
    assert not read_article(target / f"{result.slug}.md").published


def test_the_same_page_again_is_unchanged_and_another_text_is_changed(target: Path) -> None:
    bring(target, PAGE, "text")
    assert bring(target, PAGE, "text").outcome == "unchanged"
    assert bring(target, PAGE.replace("Wide shoes", "Soft shoes"), "text").outcome == "changed"
    assert len(list(target.iterdir())) == 1


def test_an_import_never_takes_a_published_article_from_visitors(target: Path) -> None:
    assert bring(target, PAGE, "text", publish=True).outcome == "new"
    result = bring(target, PAGE.replace("Wide shoes", "Soft shoes"), "text")
    assert result.outcome == "refused"
    assert "--publish" in result.reason
    assert "Wide shoes" in (target / "bunion.md").read_text()


def test_two_pages_with_one_title_in_one_import_are_not_mixed(target: Path) -> None:
    results = import_articles([Raw("a", PAGE, "text"), Raw("b", PAGE + "\nMore.", "text")], target)
    assert [one.outcome for one in results] == ["new", "refused"]


def test_markdown_with_front_matter_keeps_its_body_byte_for_byte(target: Path) -> None:
    body = "\n## Symptoms {#s aspect=symptoms}\n\nIt *hurts* at the back.  \nOften.\n"
    bring(target, f"---\ntitle: Sore heel\n---\n{body}", "markdown")
    assert (target / "sore-heel.md").read_text().endswith(f"---\n{body}")


def test_a_folder_of_a_thousand_goes_in_and_the_broken_one_is_named(target: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for number in range(1000):
        (source / f"{number:04}.md").write_text(f"# Condition {number}\n\n## Symptoms\n\nIt hurts in place {number}.\n")
    (source / "0500.md").write_bytes(b"\xff\xfe")
    results = import_articles(read_path(source), target)
    assert len(list(target.glob("*.md"))) == 999
    assert [(one.name, one.outcome) for one in results if one.outcome != "new"] == [("0500.md", "refused")]
    refused = next(one for one in results if one.outcome == "refused")
    assert refused.reason.startswith("not UTF-8")  # its name stands before it already
