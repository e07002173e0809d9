"""Typing errors are read past; names, addresses and correct words are left alone."""

import pytest

from language.spelling import Change, Speller

DOMAIN = ["ankle", "heel", "pain", "swelling", "symptoms", "steroid", "stieda process", "orthotics"]


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(DOMAIN)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("simptoms plz", "symptoms please"),
        ("steeda prosess, r they both to blame", "stieda process, are they both to blame"),
        ("wot duz swellin do 2 ur ankel", "what does swelling do 2 your ankle"),
        ("orthotiks worth the muney??", "orthotics worth the money??"),
        ("WHY DOES MY ANKEL HURT", "WHY DOES MY ankle HURT"),
        ("ankelpain wen dancing", "ankle pain when dancing"),
        ("is it steriod or exersize", "is it steroid or exercise"),
        ("heal payn an ankel sweling simptoms", "heal pain an ankle swelling symptoms"),
    ],
)
def test_a_phone_typists_question_is_understood(speller: Speller, typed: str, read: str) -> None:
    assert speller.correct(typed).text == read


@pytest.mark.parametrize(
    "text",
    [
        "why does my heel hurt en pointe",
        "the colour of my physio's trainers, innit",
        "It is Siobhan Fitzherbrt, ring 07700 900123",
        "email me at jo+foo@examlpe.org or look at www.exmple.com/paeg",
        "my name is okonkwo",
        "ref AB12-XQZ9 and code k2tgt",
        "mi tobillo me duele mucho por la noche",
        "\u0645\u0627 \u0647\u0630\u0627",
        "",
        "  ??  ",
    ],
)
def test_correct_words_names_addresses_codes_and_other_languages_stay(speller: Speller, text: str) -> None:
    assert speller.correct(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "the haemorrhage, the oedema and the anaemia of my orthopaedic patient",
        "glossopharyngeal neuralgia and a bendectin tablet",
        "metoprolol and transposons, debriding, keratectomy",
        "the physiotherapist's colour, my mum's knee and jakub's foot",
        "i've practised at the theatre, it's a programme",
        "anorexia nervosa, plantar fasciitis, an osgood schlatter knee",
        "the earlobe, a boyfriend, the goodman family",
    ],
)
def test_correct_british_and_medical_words_stay(speller: Speller, text: str) -> None:
    assert speller.correct(text).text == text


def test_the_word_that_the_articles_use_most_is_meant() -> None:
    often = Speller(["the voice, a voice", "my voice"] * 50 + ["a vibe"])
    assert often.correct("losing my voibe").text == "losing my voice"
    assert Speller(["the ulcers"] + ["users"] * 900).correct("the ulers").text == "the users"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("anklepain and heelpayn", "ankle pain and heel pain"),
        ("alot of pane", "a lot of pane"),
    ],
)
def test_joined_words_are_read(speller: Speller, typed: str, read: str) -> None:
    assert speller.correct(typed).text == read


def test_what_was_changed_is_told_in_order(speller: Speller) -> None:
    assert speller.correct("ankel  simptoms").changes == (
        Change("ankel", "ankle"),
        Change("simptoms", "symptoms"),
    )


def test_a_word_of_the_domain_is_never_changed_though_english_has_one_like_it() -> None:
    assert Speller(["relevay"]).correct("in relevay").text == "in relevay"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("r ur ankels sore", "ankels"),
        ("wot about my ankel then", "ankel"),
        ("plz, ankelpain", "ankelpain"),
        ("the ankle n heel", "ankle"),
        ("why u r on yr ankel u know", "ankel"),
    ],
)
def test_what_is_found_in_the_corrected_text_is_shown_where_it_was_typed(
    speller: Speller, typed: str, found: str
) -> None:
    correction = speller.correct(typed)
    start = correction.text.index("ankle")
    first, last = correction.locate(start, start + len("ankle"))
    assert typed[first:last] == found


@pytest.mark.parametrize("text", ["qwpoeiruty", "zxczxc zx", "asdfgh", "LKJLKJ!!", "fghjk fghjk"])
def test_keys_struck_at_random_are_no_words(speller: Speller, text: str) -> None:
    assert speller.is_mashed(text)


@pytest.mark.parametrize(
    "text",
    [
        "hola",
        "bonjour",
        "Oyelaran",
        "Siobhan Keogh",
        "mri",
        "omg",
        "ankel",
        "pqrst heel",
        "x",
        "07700 900123",
        "?",
        "danke",
    ],
)
def test_a_name_a_foreign_word_and_a_slip_are_words(speller: Speller, text: str) -> None:
    assert not speller.is_mashed(text)
