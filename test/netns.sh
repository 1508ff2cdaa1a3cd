#!/usr/bin/env bash
# Runs a command in a network and process namespace of its own: every port is free there, a kill cannot reach the rest
# of the machine, and whatever is still running when the command ends is killed with it.
#
#   test/netns.sh COMMAND [ARGUMENT...]
#
# Signals sent to this script reach the command, and its exit code is the command's. Needs Linux, root and util-linux;
# where that is missing it says why and exits 2, unless NO_NS=1 accepts a run without isolation.
set -uo pipefail

if (($# == 0)); then
  echo 'usage: test/netns.sh COMMAND [ARGUMENT...]' >&2
  exit 2
fi

# setpriv: the namespace also ends when this script is killed by SIGKILL.
enter=(setpriv --pdeathsig KILL unshare --net --pid --fork --kill-child=KILL --mount-proc)
if ! reason=$("${enter[@]}" ip link set lo up 2>&1); then
  [[ ${NO_NS:-} == 1 ]] && exec "$@"
  echo "test/netns.sh: no namespace to be had here: ${reason}. Run it as root, or set NO_NS=1 to run without one." >&2
  exit 2
fi

# Shared by the two shells: runs something, hands signals on to the process that `$receiver` prints, and ends with its
# exit code. Without job control (`set -m`) a shell would start it with SIGINT ignored.
supervise='
supervise() {
  set -m
  "$@" <&0 &
  set +m
  local main=$! interrupted=1 code name
  for name in HUP INT QUIT TERM USR1 USR2; do
    trap "interrupted=1; kill -s $name \"\$($receiver $main)\" 2>/dev/null" "$name"
  done
  while ((interrupted)); do
    interrupted=0
    wait "$main"
    code=$?
  done
  exit "$code"
}'

# As process 1 this shell also reaps orphans, which else would stay visible as zombies.
inside="$supervise"'
receiver=echo
ip link set lo up && supervise "$@"
exit 2'

eval "$supervise"
receiver='pgrep -P'
supervise "${enter[@]}" bash -c "$inside" netns "$@"
