"""One part of a message on its way to an answer, as whoever asks why is told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic.knowledge.answering.answerability import Answerability
from clinic.knowledge.answering.ranked import RankedSentences
from clinic.knowledge.search.embedded_texts import mask_title
from clinic.knowledge.search.gazetteer import Mention
from clinic.knowledge.search.index import Index
from language.sub_questions import SubQuestion


@dataclass(frozen=True, slots=True)
class Step:
    """What was found for one part of a message before it was judged; for whoever asks why."""

    part: SubQuestion
    index: Index
    article: int
    standing: float
    choice: RankedSentences
    intents: Mapping[str, float]
    names: Sequence[Mention]
    strange: Answerability

    @property
    def bare(self) -> str:
        """The part's words without the article's own names."""
        return mask_title(self.index.articles[self.article], self.part.text)
