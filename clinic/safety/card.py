"""stub."""
from clinic.reply import Reply
def urgent_reply(flag, nation):
    return Reply("urgent", flag.raw["message"], extra={"destination": flag.raw["destination"], "flag": flag.name, "contacts": []})
