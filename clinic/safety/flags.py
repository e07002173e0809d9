"""stub."""
from ruamel.yaml import YAML
from clinic.safety.model import RedFlag
class FlagsError(Exception): ...
def load_flags(path):
    raw = YAML(typ="safe").load(path.read_text())
    return {f["name"]: RedFlag(f["name"], f) for f in raw["flags"]}
