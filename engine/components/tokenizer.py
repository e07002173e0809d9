"""spaCy's English tokeniser and sentence splitter, with no model to download."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language
from spacy.tokens import Doc

from engine.components.spelling import CORRECTION

DOC = "spacy_doc"
CORRECTED_DOC = "corrected_spacy_doc"


@lru_cache(maxsize=1)
def blank_english() -> Language:
    """English with tokens and sentences alone, made once a process."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyTokenizer(Tokenizer):
    """Gives a message its tokens, and two spaCy documents with sentences.

    `spacy_doc` is of the text as typed, `corrected_spacy_doc` of the text as `SpellingCorrector` reads it
    (`correction.text`, whose spans `correction.locate` brings back to the text as typed).
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What Rasa's Tokenizer asks for; nothing here needs setting."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @staticmethod
    def required_packages() -> list[str]:
        """Packages whose version training depends on."""
        return ["spacy"]

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute, blanks left out; for the text also sets the documents."""
        text = message.get(attribute)
        doc = blank_english()(text)
        if attribute == TEXT:
            message.set(DOC, doc)
            message.set(CORRECTED_DOC, _corrected(message, doc))
        return [Token(token.text, token.idx) for token in doc if not token.is_space]


def _corrected(message: Message, doc: Doc) -> Doc:
    correction = message.get(CORRECTION)
    if correction is None or correction.text == doc.text:
        return doc
    return blank_english()(correction.text)
