"""The cures as the page offers them: what each is called, what it costs, and the change it makes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from clinic.teaching import cures
from clinic.teaching.change_model import Change, ChangeRefused, Draft
from clinic.teaching.lay_word_lines import add_entry
from clinic.teaching.utterance_index import UtteranceIndex
from clinic.teaching.utterances import add, need_intent, tidy
from clinic.teaching.workspace import Build, Workspace

LEARN = "Learned in about 3 seconds with the next publish."
AT_ONCE = "Nothing is learned: visitors are answered so in about 2 seconds."
WORD = (
    "Visitors are answered by it in about a second, without a publish; only the spelling of a new clinical word "
    "waits for the next whole training."
)
FLAG = (
    "Learned in about 20 seconds with the next publish, which asks every known emergency again; the first since you "
    "opened the studio takes about a minute."
)
WHOLE = "A whole training of about 2 minutes, at low priority, with the next publish."
LEARNED = {"at_once": AT_ONCE, "seconds": FLAG, "whole": WHOLE}
COSTS = {
    "utterance": LEARN,
    "question": AT_ONCE,
    "unanswerable": AT_ONCE,
    "name": AT_ONCE,
    "lay": WORD,
    "flag": FLAG,
    "look_alike": FLAG,
}
REASONS = {
    "other_condition": "it names a condition that the article does not speak of",
    "other_body_part": "it names a part of the body that the article does not speak of",
    "other_thing": "it names a thing that the article does not speak of",
    "beyond": "it was taken for a kind of question that articles never answer",
    "weak": "no sentence was close enough",
    "no_amount": "a number was asked for and the sentence holds none",
    "which_article": "more than one article would answer, and it does not say which is meant",
    "no_articles": "there are no articles",
    "": "",
}


class Cures:
    """Makes the change of one cure."""

    def __init__(self, workspace: Workspace, index: UtteranceIndex) -> None:
        self._workspace = workspace
        self._index = index

    def make(self, fields: Mapping[str, str], who: str) -> Change:
        """Write the change that a form asks for; raises ChangeRefused."""
        return self._workspace.apply(who, self._build(fields))

    def find(self, change_id: str) -> Change | None:
        """A change by its id."""
        return self._workspace.changes.find(change_id) if change_id else None

    def cards(self) -> list[tuple[str, str]]:
        """Red-flag cards by key with their titles."""
        return cures.card_names(self._workspace.root)

    def _build(self, fields: Mapping[str, str]) -> Build:
        root, kind = self._workspace.root, fields.get("kind", "")
        text, slug = fields.get("text", ""), fields.get("slug", "")
        if "[" in text or "]" in text:
            raise ChangeRefused("Put other words in the place of what stands in square brackets: it was a detail.")
        if kind == "utterance":
            return partial(self._utterance, fields.get("intent", ""), text)
        if kind == "question":
            return partial(cures.draft_question, root, slug, fields.get("sentence", ""), text)
        if kind == "unanswerable":
            return partial(cures.draft_unanswerable, root, slug, text)
        if kind == "lay":
            return partial(add_entry, root, [fields.get("said", "")], fields.get("means", ""))
        if kind == "name":
            return partial(cures.draft_no_condition, root, fields.get("name", ""))
        if kind in ("flag", "look_alike"):
            card = fields.get("card", "")
            return partial(cures.draft_flag_example, root, card, text, look_alike=kind == "look_alike")
        raise ChangeRefused("The form did not say what to do.")

    def _utterance(self, intent: str, text: str) -> Draft:
        snapshot = self._index.snapshot()
        need_intent(intent, snapshot.by_intent)
        if same := snapshot.same_words(text):
            raise ChangeRefused(f"{same[0].key}: that is an example of {same[0].intent} already.")
        return add(snapshot, intent, [tidy(text)], "inbox")
