"""stub."""
def should_remind(flag): return bool(flag) and not flag["reminded"]
