"""What reads visitors' questions, by the articles' words and those of the data folder as they are now."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from clinic.knowledge.answering.scene import Reader
from clinic.knowledge.answering.untaught import Reading
from clinic.knowledge.model import Article
from clinic.knowledge.search.embedded_texts import Vectors
from clinic.knowledge.search.gazetteer import Gazetteer
from clinic.knowledge.search.text import canonical
from clinic.knowledge.search.title_match import names_of
from language.lay_words import LayWords
from language.spelling import Speller

Parse = Callable[[str], Mapping[str, float]]


class LiveReader:
    """Holds a Reader and makes it anew; `now` is None until the first was made.

    `words` are what is known besides the articles': names, and lay words.
    """

    def __init__(
        self, vectors: Vectors, words: tuple[Gazetteer, LayWords], parse: Parse | None, reading: Reading
    ) -> None:
        self.words = words
        self.now: Reader | None = None
        self._vectors = vectors
        self._parse = parse
        self._reading = reading
        self._speller: Speller | None = None
        self._spelt: tuple[list[str], list[str]] = ([], [])

    def renew(self, articles: tuple[Article, ...], *, spell: bool = True) -> None:
        """Put what reads questions together; with `spell`, with a speller of the words as they are now.

        A speller takes seconds to make.
        """
        names, lay = self.words
        titles = {canonical(one) for article in articles for one in names_of(article)}
        spelt = words_of(articles), sorted(lay.clinical_words)
        speller = self._speller
        if speller is None or (spell and spelt != self._spelt):
            speller = Speller([*spelt[0], *spelt[1]])
            self._speller, self._spelt = speller, spelt
        self.now = Reader(
            self._vectors,
            names,
            correct=lambda text: speller.correct(lay.rename(text, lambda said: canonical(said) in titles)).text,
            expand=lay.expand,
            parse=self._parse or (lambda text: {}),
            reading=self._reading,
        )


def words_of(articles: tuple[Article, ...]) -> list[str]:
    """The articles' texts, for whoever corrects spelling by their words: how often each stands there counts."""
    texts = []
    for article in articles:
        texts += [article.title, *article.synonyms]
        for section in article.sections:
            texts += [section.heading, section.text]
    return texts
