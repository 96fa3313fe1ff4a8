#!/bin/bash
# Batches on a disk that is full, and on one that cannot be written: a clear complaint, nothing lost, and the same command goes
# on when there is room.
#   Tests/Clusters/disks.sh FOLDER      FOLDER holds neuristor and neuristor-batches: .build/release
# Needs root, who mounts file systems in memory.
set -u
programs=$(realpath "${1:-.build/release}")
here=$(dirname "$(realpath "$0")")
[ "$(id -u)" = 0 ] || { echo 'disks.sh has to be run by root, who mounts file systems' >&2; exit 2; }
folder=$(mktemp -d)
trap 'umount "$folder/disk" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder" || exit 2
cp "$here/rc.netlist" rc.cir

sweep() {
  "$programs/neuristor" sweep rc.cir --param r=1k:3k:100 --param c=1u,2u --keep 'v(out)' --quiet "$@" > said.txt 2>&1
}
# $1 is the status that is expected, $2 what the complaint has to say.
expect() {
  local status=$?
  cat said.txt
  [ $status = "$1" ] && grep -q "$2" said.txt && return
  echo "the status is $status and not $1, or nothing is said of '$2'"
  exit 1
}
runs() { "$programs/neuristor" results "$1" | tail -n 1 | cut -d ' ' -f 1; }

sweep --out one.db || exit 1
mkdir disk
mount -t tmpfs -o size=700k tmpfs disk || exit 2
sweep --out disk/a.db
expect 3 'no room left'
kept=$(runs disk/a.db)
echo "$kept runs are kept"
[ "$kept" -gt 0 ] || exit 1
sweep --out disk/a.db
expect 3 'no room left'
[ "$(runs disk/a.db)" -ge "$kept" ] || { echo 'runs were lost'; exit 1; }
mount -o remount,size=16m disk
sweep --out disk/a.db || { cat said.txt; exit 1; }
python3 "$here/same.py" one.db disk/a.db || exit 1

mount -o remount,ro disk
for options in '--out disk/a.db' '--out disk/a.db --new' '--out disk/b.db'; do
  sweep $options
  expect 3 'cannot be written'
done
python3 "$here/same.py" one.db disk/a.db
