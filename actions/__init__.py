"""Rasa's calls turned into ours and back. No rules live here: they are in `clinic/`."""

from actions.again import ActionReadMore, ActionRepeat
from actions.answer import ActionAnswer, ActionFallback
from actions.appointment import (
    ActionAppointmentStatus,
    ActionSubmitAppointment,
    ActionWithdraw,
    ValidateAppointmentForm,
)
from actions.consent import ActionAffirm, ActionDeleteMyData, ActionDeny
from actions.details import ActionDetails
from actions.small_talk import ActionFact, ActionSmallTalk
from actions.urgent import ActionUrgent

__all__ = [
    "ActionAffirm",
    "ActionAnswer",
    "ActionAppointmentStatus",
    "ActionDeleteMyData",
    "ActionDeny",
    "ActionDetails",
    "ActionFact",
    "ActionFallback",
    "ActionReadMore",
    "ActionRepeat",
    "ActionSmallTalk",
    "ActionSubmitAppointment",
    "ActionUrgent",
    "ActionWithdraw",
    "ValidateAppointmentForm",
]
