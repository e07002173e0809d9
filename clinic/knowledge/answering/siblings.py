"""A condition no list knows, told by its name: "Fukuyama muscular dystrophy" is not what a page on Duchenne's is on."""

from __future__ import annotations

import re

from clinic.knowledge.model import Article
from clinic.knowledge.search.text import stem_words
from clinic.knowledge.search.title_match import titles_of
from language.english import english_words, skeleton

_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = 3  # words in which the name stands before what it shares with the page's
_EVERYDAY = 10**6  # of a trillion words of web text; a commoner word describes ("severe", "guitar") and names nothing
_LONG = 4


def names_sibling(question: str, article: Article, text_stems: str) -> bool:
    """Whether a word that neither the page nor everyday English has stands before the last word of the page's name.

    `text_stems` are the stems of all the page's text, each between blanks.
    """
    heads = {stems[-1] for name in titles_of(article) if len(stems := stem_words(name)) > 1}
    sounds = {skeleton(word.lower()) for name in titles_of(article) for word in _WORD.findall(name)}
    words = [word.lower() for word in _WORD.findall(question)]
    for place, word in enumerate(words):
        if heads.isdisjoint(stem_words(word)):
            continue
        before = words[max(0, place - _BEFORE) : place]
        if any(_is_strange(one, text_stems) and skeleton(one) not in sounds for one in before):
            return True
    return False


def _is_strange(word: str, text_stems: str) -> bool:
    if len(word) < _LONG or english_words().get(word, 0) >= _EVERYDAY:
        return False
    stems = stem_words(word)
    return bool(stems) and all(f" {stem} " not in text_stems for stem in stems)
