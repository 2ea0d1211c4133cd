#!/usr/bin/env bash
# Runs one step of the Makefile, so that whoever waits knows what for: says what it does and how long it usually takes,
# how long it took, and, when it fails, what failed and what to try.
#
#   step.sh [--log NAME] TITLE USUAL-TIME ADVICE -- COMMAND…
#
# With --log the command's output goes to .tools/log/NAME.log (steps that run side by side stay readable): a line of it
# is shown now and then, and its end when the step fails. Without, the output is shown as it comes.
set -uo pipefail

log=
if [ "$1" = --log ]; then
  mkdir -p .tools/log
  log=.tools/log/$2.log
  shift 2
fi
title=$1 usual=$2 advice=$3
shift 4

# make's own job slots are not for what it runs here: cargo would warn that it cannot reach them.
unset MAKEFLAGS MFLAGS MAKELEVEL

started=$SECONDS
printf '==> %s (usually %s)\n' "$title" "$usual"

if [ -n "$log" ]; then
  "$@" >"$log" 2>&1 </dev/null &
  command=$!
  trap 'kill "$command" 2>/dev/null; exit 130' INT TERM
  shown=$SECONDS
  while kill -0 "$command" 2>/dev/null; do
    sleep 0.2
    if [ $((SECONDS - shown)) -ge 30 ]; then
      shown=$SECONDS
      printf '    … %s, %s s: %s\n' "$title" $((SECONDS - started)) "$(tail -n 1 "$log" | tr '\r' '\n' | tail -n 1 | cut -c1-80)"
    fi
  done
  wait "$command"
else
  "$@"
fi
status=$?

if [ "$status" -eq 0 ]; then
  printf '    %s: done in %s s\n' "$title" $((SECONDS - started))
else
  {
    [ -z "$log" ] || { echo "--- the end of $log"; tail -n 40 "$log"; echo "---"; }
    printf '!!! %s: failed after %s s (exit status %s)\n    What to try: %s\n' "$title" $((SECONDS - started)) "$status" "$advice"
  } >&2
fi
exit "$status"
