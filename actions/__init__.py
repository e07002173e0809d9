"""Rasa's calls turned into ours and back. No rules live here: they are in `clinic/`."""

from actions.answer import ActionAnswer, ActionFallback, ActionReadMore, ActionRepeat
from actions.consent import ActionAffirm, ActionDeny, ActionDeleteMyData
from actions.offer import ActionOffer
from actions.small_talk import ActionFact, ActionSmallTalk
from actions.urgent import ActionUrgent

__all__ = [
    "ActionAffirm",
    "ActionAnswer",
    "ActionDeleteMyData",
    "ActionDeny",
    "ActionFact",
    "ActionFallback",
    "ActionOffer",
    "ActionReadMore",
    "ActionRepeat",
    "ActionSmallTalk",
    "ActionUrgent",
]
