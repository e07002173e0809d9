"""Nobody's name is read as the word of an article that looks like it."""

import pytest

from language.name_guard import is_slip, is_slip_of_name
from language.spelling import Speller

ARTICLES = [
    "Graves' disease. Graves disease is of the thyroid.",
    "Alzheimer's disease is named after Alzheimer. Parkinson's disease. Marfan syndrome, Crohn's disease.",
    "Hodgkin lymphoma. Hoffman sign. Zimmerman. Hirayama disease. Raynaud phenomenon. Sever disease.",
    "Keratoconus. In keratoconus the cornea bulges. The Achilles tendon; achilles tendinopathy.",
    "The Stieda process and the os trigonum. Landing from a jump, the dancer feels pain at the ankle.",
]
# fmt: off
NAMES = [
    "Yusuf", "Kowalski", "Hughes", "Okonkwo", "Siobhan", "Fitzherbert", "Nguyen", "Zieliński", "Wójcik",
    "Oluwaseun", "Adebayo", "Ngozi", "Mohammed", "Khadija", "Harpreet", "Krishnamurthy", "Mukherjee",
    "Xiaoming", "Takahashi", "Hiroyama", "Giovanni", "Esposito", "Müller", "Schröder", "Hoffmann",
    "Zimmermann", "Dubois", "Lefebvre", "Rodriguez", "Gutierrez", "Kuznetsov", "Shevchenko",
    "Papadopoulos", "Achilleas", "Achille", "Johansson", "Virtanen", "Caoimhe", "Saoirse", "Llewellyn",
    "Angharad", "Eilidh", "Colquhoun", "Featherstonehaugh", "Stevensen", "Graveson", "Perkinson",
    "Marfin", "Crohne", "Hodgkins", "Severs", "Reynaud", "Raynauld", "Gravesy", "Stiedl", "Lansing",
    "Dancey", "Małgorzata", "Krzysztof", "Thabo", "Tesfaye", "Qureshi", "Hosseini", "Yıldız", "Öztürk",
    "Popescu", "Dvorak", "Oliveira", "Rabinowitz", "DeShawn", "O'Connor", "Smith-Jones",
]
# fmt: on


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(ARTICLES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "said",
    [
        "please tell {} that it hurts",
        "it is {}'s ankle that hurts",
        "my name is {}, and it hurts",
        "Mr {} said so",
        "write to {}@example.org or {}.ankel@example.com",
    ],
)
def test_a_name_stays(speller: Speller, name: str, said: str) -> None:
    text = said.format(name, name)
    assert speller.correct(text).text == text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("what is Graaves disease", "what is Graves disease"),
        ("is it Alzheimr's disease", "is it Alzheimer's disease"),
        ("can Alzehimer's be cured", "can Alzheimer's be cured"),
        ("could it be Keratooconus", "could it be Keratoconus"),
        ("is the Steida process to blame", "is the Stieda process to blame"),
        ("Alzheimr's, what is it", "Alzheimer's, what is it"),
        ("the cause of parkinsn's disease", "the cause of parkinson's disease"),
    ],
)
def test_a_term_of_the_articles_is_read_past_one_slip(speller: Speller, typed: str, read: str) -> None:
    assert speller.correct(typed).text == read


def test_a_term_that_no_article_uses_stays() -> None:
    assert Speller(["heel pain"]).correct("what is Graaves disease").text == "what is Graaves disease"


def test_an_everyday_word_with_a_capital_stays(speller: Speller) -> None:
    assert speller.correct("i saw Landng and Dacer").text == "i saw Landng and Dacer"


@pytest.mark.parametrize("word", ["graaves", "gravse", "grwves", "grves"])
def test_a_slip_is_told_from_a_name(word: str) -> None:
    assert is_slip_of_name(word, "graves")


@pytest.mark.parametrize("word", ["gravis", "grades", "gravves", "gravesy", "graveson"])
def test_a_name_is_told_from_a_slip(word: str) -> None:
    assert not is_slip_of_name(word, "graves")


@pytest.mark.parametrize("word", ["achille", "achilleas", "chilles", "bchilles", "achilles"])
def test_what_differs_as_names_do_is_no_slip(word: str) -> None:
    assert not is_slip(word, "achilles")
