#!/bin/sh
# restore.sh BACKUP VAR: put a backup in the place of the databases; what was there is kept beside it. Stop Pointe first.
set -eu
umask 077
backup=$1 var=$2
for name in clinic tracker; do
  [ -f "$backup/$name.db" ] || { echo "There is no $backup/$name.db: nothing was changed." >&2; exit 1; }
done
mkdir -p "$var"
for name in clinic tracker; do
  for part in "" -wal -shm; do
    [ ! -e "$var/$name.db$part" ] || mv "$var/$name.db$part" "$var/$name.db$part.before-restore"
  done
  cp "$backup/$name.db" "$var/$name.db"
done
echo "restored into $var. Erase again what was erased since the backup: bin/clinic erase ID"
