#!/bin/bash
# A Slurm of one machine, started for this test alone, runs the script that 'sweep --slurm' prints: its array job finds what
# one process finds, and one that was cancelled goes on when it is submitted again.
#   Tests/Clusters/slurm.sh FOLDER      FOLDER holds neuristor and neuristor-batches: .build/release
# Needs Debian's slurm-wlm and munge, and root, in whose name the daemons run; neither systemd nor control groups.
set -u
programs=$(realpath "${1:-.build/release}")
here=$(dirname "$(realpath "$0")")
[ "$(id -u)" = 0 ] || { echo 'slurm.sh has to be run by root, who starts the daemons' >&2; exit 2; }
for program in munged slurmctld slurmd sbatch; do
  command -v $program >/dev/null || { echo "no $program: apt-get install slurm-wlm munge" >&2; exit 2; }
done

folder=$(mktemp -d)
daemons=()
finish() {
  for daemon in "${daemons[@]}"; do kill "$daemon" 2>/dev/null && wait "$daemon" 2>/dev/null; done
  rm -rf "$folder"
}
trap finish EXIT
chmod 711 "$folder"
cd "$folder" || exit 2

# $1 becomes true within a minute, or the logs are shown.
await() {
  for _ in $(seq 120); do eval "$1" && return; sleep 0.5; done
  echo "not in a minute: $1" >&2
  tail -n 20 ./*.log >&2
  exit 1
}

# A port that nobody listens on, from $1 on.
free_port() {
  local port=$1
  while (: < "/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  echo "$port"
}

dd if=/dev/urandom of=munge.key bs=128 count=1 status=none
chmod 400 munge.key
munged --foreground --force --key-file=munge.key --socket="$folder/munge.socket" --pid-file="$folder/munge.pid" \
  --log-file="$folder/munge.log" --seed-file="$folder/munge.seed" > munged.log 2>&1 &
daemons=($!)
await '[ -S munge.socket ]'

mkdir state spool
controller=$(free_port 26817)
cat > slurm.conf <<CONF
ClusterName=neuristor
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmctldPort=$controller
SlurmdPort=$(free_port $((controller + 1)))
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
NodeName=$(hostname -s) NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$folder/slurm.conf
slurmctld -D > slurmctld.log 2>&1 &
daemons=($! "${daemons[@]}")
slurmd -D > slurmd.log 2>&1 &
daemons=($! "${daemons[@]}")
await '[ "$(sinfo --noheader --format=%T 2>/dev/null)" = idle ]'

# With more steps than it needs, so that there is time to cancel it.
sed '/^\.tran/a .options maxstep=1u' "$here/rc.netlist" > rc.cir
sweep=(sweep rc.cir --param r=1k:3k:100 --param c=1u,2u --keep 'v(out)')
PATH=$programs:$PATH

neuristor "${sweep[@]}" --quiet --out one.db || exit 1
neuristor "${sweep[@]}" --slurm --out slurm.db > slurm.sh || exit 1
sbatch --wait slurm.sh || { echo 'the array job failed'; tail -n 5 slurm-*.out; exit 1; }
python3 "$here/same.py" one.db slurm.db || exit 1

# Cancelled when a few of its tasks have begun; what they have finished is not done again.
neuristor "${sweep[@]}" --slurm --out cancelled.db > cancelled.sh || exit 1
job=$(sbatch --parsable cancelled.sh)
await '[ "$(ls cancelled-*-of-16.db 2>/dev/null | wc -l)" -ge 4 ]'
scancel "$job"
await '[ -z "$(squeue --noheader)" ]'
[ -e cancelled.db ] && { echo 'the job was over before it was cancelled'; exit 1; }
echo "cancelled with $(ls cancelled-*-of-16.db.done 2>/dev/null | wc -l) of 16 tasks done"
sbatch --wait cancelled.sh || { echo 'the array job failed'; tail -n 5 slurm-*.out; exit 1; }
python3 "$here/same.py" one.db cancelled.db
