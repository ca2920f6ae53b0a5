# shellcheck shell=bash
# Runs the parts of .ci/run, notes how each ended and how long it took, and goes on whatever happens. Sourced, not run.
# Each part leaves one line in $RESULTS/steps.tsv: kind, name, exit code, seconds, jest result file.

note() {
  printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "${5:-}" >>"$RESULTS/steps.tsv"
  printf '%s: %s after %s s\n' "$2" "$([ "$3" -eq 0 ] && echo ok || echo "FAILED ($3)")" "$4"
}

timed() {
  local kind=$1 name=$2 result=$3 started=$SECONDS code=0
  shift 3
  printf '\n=== %s\n' "$name"
  "$@" </dev/null || code=$?
  note "$kind" "$name" "$code" "$((SECONDS - started))" "$result"
}

# A part that counts as one check.
step() {
  local name=$1
  shift
  timed step "$name" "" "$@"
}

# A part whose failure only means that other parts check less.
report_only() {
  local name=$1
  shift
  timed report "$name" "" "$@"
}

# A jest run of at most 50 minutes; its tests are counted from the result file.
jest_step() {
  local name=$1 script=$2 file="$RESULTS/${2//:/-}.json"
  timed jest "$name" "$file" timeout 3000 npm run --silent "$script" -- --json --outputFile="$file"
}
