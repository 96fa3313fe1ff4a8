#!/bin/bash
# One process, two ranks and four find the same; a rank that is killed ends the job, and the next start completes it.
#   Tests/Clusters/mpi.sh FOLDER      FOLDER holds neuristor and neuristor-mpi: .build/release
set -u
programs=$(realpath "${1:-.build/release}")
here=$(dirname "$(realpath "$0")")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
# A container's user is root.
[ "$(id -u)" = 0 ] && export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
cp "$here/rc.netlist" rc.cir
sweep=(sweep rc.cir --param r=1k:3k:100 --param c=1u,2u --keep 'v(out)' --quiet --out)

"$programs/neuristor" "${sweep[@]}" one.db || exit 1
for ranks in 1 2 4; do
  mpirun --oversubscribe -n $ranks "$programs/neuristor-mpi" "${sweep[@]}" $ranks.db || { echo "$ranks ranks failed"; exit 1; }
done
python3 "$here/same.py" one.db 1.db 2.db 4.db || exit 1

mpirun --oversubscribe -n 4 "$programs/neuristor-mpi" "${sweep[@]}" killed.db > killed.log 2>&1 &
job=$!
# As soon as some runs are kept, one of the ranks that do runs is killed.
until [ -s killed.db-wal ] && [ "$(stat -c %s killed.db-wal)" -gt 100000 ]; do sleep 0.05; done
ranks=($(pgrep -P $job -f neuristor-mpi))
kill -9 "${ranks[$((RANDOM % 3 + 1))]}"
wait $job && { echo 'the job went on without a rank'; exit 1; }
echo "the job ended: $(grep -m1 -iE 'signal|lost' killed.log)"
mpirun --oversubscribe -n 4 "$programs/neuristor-mpi" "${sweep[@]}" killed.db || exit 1
python3 "$here/same.py" one.db killed.db
