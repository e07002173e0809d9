"""Pages of many makes keep their words, their headings and their dates; what is lost is named."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from clinic.db import Sessions
from clinic.knowledge import store
from clinic.knowledge.answering.intent_aspects import fit
from clinic.knowledge.answers import Quote
from clinic.knowledge.articles.files import read_article
from clinic.knowledge.importer.html import read_html
from clinic.knowledge.importer.importer import Imported, Raw, import_articles, read_path
from clinic.knowledge.synchronisation import sync_folder
from tests.knowledge.conftest import WordVectors

PAGES = Path(__file__).with_name("pages")
EXPECTED: dict[str, Any] = YAML(typ="safe").load((PAGES / "expected.yml").read_text("utf-8"))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    made = tmp_path / "target"
    made.mkdir()
    return made


def bring(target: Path, html: str, kind: str = "html", publish: bool = False) -> Imported:
    return import_articles([Raw("page", html, kind)], target, publish)[0]


def page(body: str, head: str = "") -> str:
    filler = "The heel is sore after a long walk, and it settles with rest. " * 5
    return f"<html><head>{head}</head><body><h1>Sore heel</h1><p>{filler}</p>{body}</body></html>"


def text_of(target: Path, slug: str = "sore-heel") -> str:
    return "\n".join(f"{one.heading}\n{one.text}" for one in read_article(target / f"{slug}.md").sections)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_page_of_any_make_keeps_its_words_and_headings_and_gets_no_date_of_ours(target: Path, name: str) -> None:
    wanted = EXPECTED[name]
    result = import_articles(read_path(PAGES / name), target)[0]
    article = read_article(target / f"{result.slug}.md")
    headings = [one.heading for one in article.sections]
    headings += [passage.heading for one in article.sections for passage in one.passages if passage.heading]
    assert (article.title, article.updated, article.author) == (wanted["title"], wanted["updated"], wanted["author"])
    assert sorted(set(headings) - {"Overview"}) == sorted(wanted["headings"])
    text = " ".join(one.text for one in article.sections)
    assert [one for one in wanted["sentences"] if one not in re.sub(r"\n(?:- )?", " ", text)] == []
    assert len(re.findall(r"\w+", text)) == len(re.findall(r"\w+", " ".join(wanted["sentences"])))  # and no others


def test_what_was_not_taken_is_counted_and_named_and_the_page_waits_for_somebody(target: Path) -> None:
    menu = "".join(f"<p>Injury number {number} of our list</p>" for number in range(12))
    html = page("").replace("<h1>", f"{menu}<h2>Injuries we see</h2><h1>")
    result = bring(target, html, publish=True)
    assert result.draft
    assert re.search(
        r"1 of 2 headings and \d+ of \d+ words were not taken: “Injuries we see”, “Injury", str(result.lost)
    )
    assert not read_article(target / "sore-heel.md").published


@pytest.mark.parametrize(
    "told",
    [
        "<footer>© 2016 Example Clinic</footer>",
        "<p>A large study in 2009 found the same.</p>",
        "<p>Smith. Journal of Feet 1999 Nov-Dec;38.</p>",
        "<p>Posted 10 months ago</p>",
        "<p>Last reviewed: March 2024</p>",
    ],
)
def test_a_year_on_the_page_is_no_date_of_the_article(target: Path, told: str) -> None:
    bring(target, page(told))
    assert read_article(target / "sore-heel.md").updated == ""


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("<p>Last updated: 03/10/2022</p>", "2022-10-03"),
        ("<p>Reviewed on 4th June 2021</p>", "2021-06-04"),
        ("<p>Published <time datetime='2020-02-01T10:00'>1 Feb</time></p>", "2020-02-01"),
        ('<script type="application/ld+json">{"@type":"Article","dateModified":"2023-01-09"}</script>', "2023-01-09"),
    ],
)
def test_a_date_beside_updated_or_in_the_metadata_is_the_articles(target: Path, told: str, day: str) -> None:
    bring(target, page(told))
    assert read_article(target / "sore-heel.md").updated == day


def test_causes_and_risk_factors_are_both_in_the_file_and_out_of_it(target: Path) -> None:
    bring(target, page("<h2>Causes and risk factors</h2><p>New shoes and a lot of standing.</p>"))
    assert read_article(target / "sore-heel.md").sections[-1].aspects == ("causes", "risk_groups")


def test_words_never_run_into_one_another_and_links_are_words(target: Path) -> None:
    bring(
        target, page('<div class="rich">It brings <b>pain with overhead work</b> or <a href="/r">reaching</a>.</div>')
    )
    assert "It brings pain with overhead work or reaching." in text_of(target)


def test_a_page_in_another_language_is_said_to_be_and_never_served_unseen(target: Path) -> None:
    german = "Der Tennisarm ist eine Reizung der Sehnen und wird mit Ruhe und mit Übungen behandelt. " * 6
    result = bring(target, f"<h1>Tennisarm</h1><p>{german}</p>", publish=True)
    assert result.draft
    assert "German" in result.notes[0]


@pytest.mark.parametrize("depth", [200, 5_000])
def test_a_page_nested_without_end_is_read_or_refused(target: Path, depth: int) -> None:
    html = "<h1>Deep</h1>" + "<div>" * depth + "<p>" + "word " * 60 + "</div>" * depth
    assert bring(target, html).outcome in ("new", "refused")


def test_a_page_of_twenty_thousand_words_is_taken_whole_and_said_to_be_long(target: Path) -> None:
    body = "".join(f"<h2>Part {number}</h2><p>{'The heel is sore. ' * 50}</p>" for number in range(100))
    result = bring(target, page(body))
    assert result.words > 20_000
    assert "found more surely" in result.notes[0]


def test_what_many_pages_share_is_left_out_and_their_own_words_stay(target: Path) -> None:
    blurb = "<h2>Why choose us</h2><p>Our friendly clinic has helped runners since it opened its doors.</p>"
    pages = [
        page(f"<p>Number {n} of all has its own story.</p>{blurb}").replace("Sore heel", f"Ache {n}") for n in range(6)
    ]
    pages = [one.replace("The heel is sore", f"Place {n} is sore") for n, one in enumerate(pages)]
    results = import_articles([Raw(f"p{n}", one, "html") for n, one in enumerate(pages)], target)
    assert "that many of these pages share" in results[3].notes[0]
    told = text_of(target, "ache-3")
    assert "Number 3 of all has its own story." in told
    assert "friendly clinic" not in told
    assert "Why choose us" not in told


def test_two_pages_with_one_title_are_named_both(target: Path) -> None:
    results = import_articles([Raw("a.html", page(""), "html"), Raw("b.html", page("<p>More.</p>"), "html")], target)
    assert [one.outcome for one in results] == ["new", "refused"]
    assert results[1].reason == "it has the same title as a.html, “Sore heel”: give one of them another"


def test_other_names_are_offered(target: Path) -> None:
    html = page("").replace("<p>The", "<p>Sore heel (SH) is also known as policeman's heel. The", 1)
    review = bring(target, html).review
    assert review
    assert set(review.synonyms) == {"SH", "policeman's heel"}


def test_an_owner_hears_what_to_try_and_what_the_page_is_silent_on(target: Path) -> None:
    review = bring(target, page("<h2>Symptoms</h2><p>It is sore in the morning.</p>")).review
    assert review
    assert review.questions == ("What are the symptoms of sore heel?",)
    assert "What causes sore heel?" in review.silent


def test_markdown_of_another_generator_is_mapped_and_the_rest_named(target: Path) -> None:
    text = "---\ntitle: Sore tendon\nlayout: page\ndate: 2021-03-04\n---\n# Sore tendon\n\n## Symptoms\n\nIt is sore.\n"
    result = bring(target, text, "markdown")
    assert result.notes == ("fields that were left out: layout",)
    assert read_article(target / "sore-tendon.md").updated == "2021-03-04"


def test_the_plain_walk_takes_what_stands_outside_the_marked_content() -> None:
    html = page("<article><p>A short note inside an article.</p></article><div>Bare text outside of it.</div>")
    told = [line for part in read_html(html).parts for line in part.lines]
    assert "A short note inside an article." in told
    assert "Bare text outside of it." in told


def test_what_was_taken_for_a_frame_of_the_page_is_named(target: Path) -> None:
    quote = "I came in limping and I went out dancing, and I tell everybody about it, says one of our visitors."
    result = bring(target, page(f'<div class="testimonials"><p>{quote}</p></div>'))
    assert result.notes == ("left out as not the article's: “I came in limping and I went out …”",)


def test_a_line_that_names_who_wrote_it_gives_the_author_and_a_box_about_them_does_not(target: Path) -> None:
    bring(target, page("<p>Posted by Sam Example</p><p>About the author: Jo Example is a physiotherapist.</p>"))
    assert read_article(target / "sore-heel.md").author == "Sam Example"


def test_items_of_a_list_stand_on_lines_of_their_own_in_what_is_quoted(target: Path) -> None:
    items = "".join(f"<li>Sign number {number}, which is described here in ten plain words</li>" for number in range(8))
    bring(target, page(f"<h2>Symptoms</h2><p>There are several signs of it:</p><ul>{items}</ul>"))
    article = read_article(target / "sore-heel.md")
    section = article.sections[-1]
    quote = Quote(article, section, (section.sentences[0], *section.sentences[2:4]))
    assert quote.text.splitlines() == [
        "There are several signs of it:",
        "- Sign number 1, which is described here in ten plain words",
        "- Sign number 2, which is described here in ten plain words",
    ]


def test_a_section_about_two_things_is_about_both_after_the_database(target: Path, sessions: Sessions) -> None:
    bring(target, page("<h2>Causes and risk factors</h2><p>New shoes and a lot of standing.</p>"), publish=True)
    sync_folder(sessions, target, WordVectors())
    section = store.load_articles(sessions)[0].sections[-1]
    assert section.aspects == ("causes", "risk_groups")
    causes, who = (fit(intent, section, section.passages[0]) for intent in ("ask_causes", "ask_risk_groups"))
    assert causes == who == 1


@pytest.mark.parametrize(
    "line",
    [
        "<p class=MsoNormal><b>How long it takes<o:p></o:p></b></p>",
        "<p><b><span>How long it takes</span></b></p>",
        '<p style="font-weight: 700">How long it takes</p>',
        '<p><span class="fw-bold">How long it takes</span></p>',
        "<p><u>How long it takes</u></p>",
        '<p><font size="+1">How long it takes</font></p>',
        "<p>HOW LONG IT TAKES</p>",
    ],
)
def test_a_line_that_only_looks_like_a_heading_is_one(target: Path, line: str) -> None:
    bring(target, page(f"{line}<p>Most heels are better within six weeks, some take twelve.</p>"))
    found = {one.heading.casefold(): one.text for one in read_article(target / "sore-heel.md").sections}
    assert found["how long it takes"] == "Most heels are better within six weeks, some take twelve."


def test_a_bold_sentence_is_none(target: Path) -> None:
    bring(target, page("<p><b>Do not run on it.</b></p><p>Most heels are better within six weeks.</p>"))
    assert "Do not run on it." in read_article(target / "sore-heel.md").sections[0].text


WORD = """<html><head><title>{told}</title></head><body><div class=WordSection1>{top}
<p class=MsoNormal><b>What is it?<o:p></o:p></b></p><p class=MsoNormal>The pad under the heel is sore after long days on
hard floors and settles with rest, as a rule within some weeks of sensible care at home.</p>
<p class=MsoNormal><b>What helps<o:p></o:p></b></p><p class=MsoNormal>Cushioned shoes and shorter walks help most of the
people we see, and a gel pad under the heel is cheap to try for a week or two.</p></div></body></html>"""


@pytest.mark.parametrize(
    ("told", "top", "title"),
    [
        ("", "<p class=MsoTitle><b>Sore heel</b></p>", "Sore heel"),
        ("heel.doc", "<p class=MsoTitle>Sore heel</p>", "Sore heel"),
        (
            "Sore heel | Some Clinic",
            "<p>Many people ask us about pain that sits in the middle of the heel.</p>",
            "Sore heel",
        ),
        ("Untitled document", "", "What is it?"),
        ("Some Clinic", "<p>Many people ask us about pain that sits in the middle of the heel.</p>", "What is it?"),
    ],
)
def test_a_page_without_a_heading_of_its_own_is_called_what_stands_on_top_or_in_the_tab(
    told: str, top: str, title: str
) -> None:
    assert read_html(WORD.format(told=told, top=top)).title == title


def test_a_line_of_links_to_other_pages_is_no_text_of_this_one(target: Path) -> None:
    result = bring(target, page("<p>See also: <a href='/a'>Housemaid's knee</a> - <a href='/b'>Jaw pain</a></p>"))
    assert "See also" not in text_of(target)
    assert result.outcome != "refused"
