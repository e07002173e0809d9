#!/bin/sh
# backup.sh VAR TARGET: both databases of one machine, whole, while it runs. Keep what it makes encrypted.
set -eu
umask 077
var=$1 target=$2
mkdir -p "$target"
for name in clinic tracker; do
  python3 - "$var/$name.db" "$target/$name.db" <<'END'
import sqlite3, sys
source, target = (sqlite3.connect(path) for path in sys.argv[1:])
with target:
    source.backup(target)
problem = target.execute("PRAGMA quick_check").fetchone()[0]
sys.exit(0 if problem == "ok" else f"{sys.argv[2]} is damaged: {problem}")
END
done
echo "kept in $target: clinic.db and tracker.db"
