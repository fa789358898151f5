#!/usr/bin/env bash
# Ends the program with `kill -9` at random moments, lets calls to the disk fail, and fills the disk, while a return is
# taken in, a period released, a person erased, and people merged. Afterwards nothing that was acknowledged may be gone
# and no half state may be left (Documentation/Guides/Robustness.md).
#
#   PROGRAM=…   the program; .build/release/meedoen, or .build/debug/meedoen without it
#   KILLS=200 FAULTS=120 FULL=40   how many of each
#   ACTIONS="submit release erase merge"   only these
#   SEED=1      what is drawn
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=${PROGRAM:-$PWD/.build/release/meedoen}
[[ -x $program ]] || program=$PWD/.build/debug/meedoen
[[ -x $program ]] || { echo "meedoen: there is no program to end; build it first." >&2; exit 2; }
program=$(realpath "$program")
kills=${KILLS:-200} faults=${FAULTS:-120} full=${FULL:-40}
RANDOM=${SEED:-1}

work=$(mktemp -d)
disk=
tidy() {
  [[ -z $disk ]] || umount "$disk" 2>/dev/null
  rm -rf "$work"
}
trap tidy EXIT
cd "$work" || exit 2
export LC_ALL=C.UTF-8 MEEDOEN_USER=steward

fail=0
wrong() {
  fail=$((fail + 1))
  echo "  $1"
}

# MARK: The four things that are interrupted

# Days are given, so that a command said twice says the same.
command_of() {
  case $1 in
    submit) words=(submit returns/late -w "$2" --received 2024-03-01) ;;
    release) words=(cycle release 2024-01 --on 2024-03-02 --by steward -w "$2") ;;
    erase) words=(person erase --number "$number" --provider "$provider" --yes --reason request -w "$2") ;;
    merge) words=(link merge "$first" "$second" --on 2024-03-02 --by steward --reason seen -w "$2") ;;
  esac
}

# state ACTION WORKSPACE: what can be seen of a workspace, and of what the action does to it.
state() {
  {
    "$program" register status -w "$2" --format json
    case $1 in
      submit | erase) "$program" submissions -w "$2" --format json ;;
      release) "$program" cycle status -w "$2" --on 2024-03-05 --format json ;;
      merge) "$program" link list -w "$2" --format json ;;
    esac
  } 2>&1 | md5sum
}

echo "Preparing a workspace with invented people."
prepare() {
  "$program" simulate duplicates --persons 60 --seed 8 --output data &&
    cp -r data/. . &&
    printf 'cycle: {every: month, due-day: 14, time-zone: Europe/Amsterdam}\n' >>model.yml &&
    mkdir -p later && mv returns/haven later/late && "$program" new fresh --model model.yml --synthetic &&
    "$program" submit returns -w fresh && mv later/late returns/late
} >prepare.log 2>&1
prepare || { cat prepare.log >&2; exit 2; }
pair=$("$program" link review --certain --limit 1 -w fresh --format json)
first=$(sed -n 's/.*"first" : "\([a-z0-9]\{20\}\)".*/\1/p' <<<"$pair" | head -1)
second=$(sed -n 's/.*"second" : "\([a-z0-9]\{20\}\)".*/\1/p' <<<"$pair" | head -1)
IFS=, read -r provider number _ < <(grep -v '^haven\|^provider' people.csv)

declare -A before after again length syncs writes
library=
if command -v clang >/dev/null; then compiler=clang; else compiler=cc; fi
if command -v $compiler >/dev/null && $compiler -shared -fPIC -O1 -o faults.so "$OLDPWD/Tests/Faults/faults.c" -ldl; then
  library=$work/faults.so
fi
read -ra actions <<<"${ACTIONS:-submit release erase merge}"
for action in "${actions[@]}"; do
  cp -a fresh "whole-$action"
  before[$action]=$(state "$action" fresh)
  command_of "$action" "whole-$action"
  start=$(date +%s%N)
  LD_PRELOAD=$library FAULT_LOG=$work/count "$program" "${words[@]}" >done.log 2>&1 ||
    { echo "meedoen: $action does not run:" >&2; cat done.log >&2; exit 2; }
  length[$action]=$((($(date +%s%N) - start) / 1000))
  [[ -z $library ]] || read -r "syncs[$action]" "writes[$action]" <count
  after[$action]=$(state "$action" "whole-$action")
  # Said twice: done already, or refused because it is.
  "$program" "${words[@]}" >again.log 2>&1
  again[$action]=$?
  [[ $(state "$action" "whole-$action") == "${after[$action]}" ]] || wrong "$action said twice changes something"
  [[ ${after[$action]} != "${before[$action]}" ]] || wrong "$action changes nothing that can be seen"
done

# MARK: What has to hold afterwards

# check ACTION WORKSPACE STATUS WHAT: STATUS is that of the program, 0 when it said that it was done.
check() {
  local action=$1 folder=$2 status=$3 what=$4 seen rerun
  "$program" audit verify -w "$folder" >verify.log 2>&1 || wrong "$what: the audit trail does not verify: $(tail -1 verify.log)"
  seen=$(state "$action" "$folder")
  if [[ $status == 0 && $seen != "${after[$action]}" ]]; then wrong "$what: it was acknowledged and is not there"; fi
  if [[ $seen != "${before[$action]}" && $seen != "${after[$action]}" ]]; then wrong "$what: a half state"; fi
  [[ $seen == "${before[$action]}" ]] && undone=$((undone + 1)) || finished=$((finished + 1))
  command_of "$action" "$folder"
  timeout 60 "$program" "${words[@]}" >rerun.log 2>&1
  rerun=$?
  if [[ $rerun != 0 && $rerun != "${again[$action]}" ]]; then
    wrong "$what: said again it ends with $rerun: $(tail -1 rerun.log)"
  fi
  [[ $(state "$action" "$folder") == "${after[$action]}" ]] || wrong "$what: said again it is not as it should be"
  "$program" audit verify -w "$folder" >verify.log 2>&1 || wrong "$what: the audit trail does not verify in the end"
}

draw() { echo $((((RANDOM << 15) + RANDOM) % $1)); }

# MARK: kill -9

undone=0 finished=0 acknowledged=0 running=0
[[ $kills == 0 ]] || echo "Ending the program at $kills random moments."
for ((n = 1; n <= kills; n++)); do
  action=${actions[(n - 1) % ${#actions[@]}]}
  rm -rf try && cp -a fresh try
  command_of "$action" try
  calls=$((${syncs[$action]:-0} + ${writes[$action]:-0}))
  if ((n / ${#actions[@]} % 2 || calls == 0)); then
    # By the clock: mostly while the program starts and reads.
    moment=$(draw $((length[$action] * 3 / 2)))
    what="$moment µs"
    "$program" "${words[@]}" >done.log 2>&1 &
    child=$!
    sleep "$(printf '%d.%06d' $((moment / 1000000)) $((moment % 1000000)))"
    kill -9 $child 2>/dev/null
    wait $child 2>/dev/null
    status=$?
  else
    # Just before a call to the disk: that is where half of something could be left.
    moment=$((1 + $(draw $calls)))
    what="call $moment of $calls"
    LD_PRELOAD=$library FAULT_CALL=any FAULT_AT=$moment FAULT_KIND=once FAULT_ERROR=kill \
      "$program" "${words[@]}" >done.log 2>&1 &
    wait $! 2>/dev/null
    status=$?
  fi
  ((status != 137)) || running=$((running + 1))
  [[ $status != 0 ]] || acknowledged=$((acknowledged + 1))
  check "$action" try $status "moment $n ($action, $what)"
done
echo "$kills moments: $running while it ran, $acknowledged acknowledged; $undone left as before, $finished finished."

# MARK: Calls that fail

undone=0 finished=0 acknowledged=0
if [[ -z $library ]]; then
  echo "There is no C compiler, so that no call to the disk is made to fail."
else
  [[ $faults == 0 ]] || echo "Letting calls to the disk fail, $faults times."
  for ((n = 1; n <= faults; n++)); do
    action=${actions[(n - 1) % ${#actions[@]}]}
    call=sync && ((n / 4 % 2)) && call=write
    kind=once && ((n / 8 % 2)) && kind=after
    error=io && ((n / 16 % 2)) && error=full
    most=${syncs[$action]}
    [[ $call == sync ]] || most=${writes[$action]}
    at=$((1 + $(draw $((most > 0 ? most : 1)))))
    rm -rf try && cp -a fresh try
    command_of "$action" try
    LD_PRELOAD=$library FAULT_CALL=$call FAULT_AT=$at FAULT_KIND=$kind FAULT_ERROR=$error \
      timeout 60 "$program" "${words[@]}" >done.log 2>&1
    status=$?
    [[ $status != 0 ]] || acknowledged=$((acknowledged + 1))
    ((status < 124)) || wrong "fault $n: the program ended with $status: $(tail -1 done.log)"
    check "$action" try $status "fault $n ($action, $call $at $kind, $error)"
  done
  echo "$faults faults: $acknowledged acknowledged all the same; $undone left as before, $finished finished."
fi

# MARK: A full disk

undone=0 finished=0 acknowledged=0
mkdir -p disk
if [[ $full == 0 ]]; then
  :
elif ! mount -t tmpfs -o size=4m meedoen disk 2>/dev/null; then
  echo "No small disk can be mounted here (that takes root), so that none is filled."
else
  disk=$work/disk
  echo "Filling the disk, $full times."
  for ((n = 1; n <= full; n++)); do
    action=${actions[(n - 1) % ${#actions[@]}]}
    rm -rf disk/* && cp -a fresh disk/try
    left=$(draw 400)
    free=$(df --output=avail -k disk | tail -1)
    head -c $(((free - left) * 1024)) /dev/zero >disk/filler 2>/dev/null
    command_of "$action" disk/try
    timeout 60 "$program" "${words[@]}" >done.log 2>&1
    status=$?
    [[ $status != 0 ]] || acknowledged=$((acknowledged + 1))
    ((status < 124)) || wrong "full disk $n: the program ended with $status: $(tail -1 done.log)"
    rm -f disk/filler
    check "$action" disk/try $status "full disk $n ($action, $left kB left)"
  done
  echo "$full full disks: $acknowledged acknowledged; $undone left as before, $finished finished."
fi

if ((fail)); then
  echo "$fail things do not hold."
  exit 1
fi
echo "Nothing acknowledged was lost, no half state was left, and every audit trail verifies."
