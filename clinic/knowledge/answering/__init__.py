"""From a question and an index to an answer: page, section, sentences, or silence."""
