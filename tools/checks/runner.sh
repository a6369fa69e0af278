# shellcheck shell=bash
# Runs the steps of ./check: each in a process of its own with a time limit, its output in a log,
# its tests counted. Sourced by ./check.

# A step is "NAME BUDGET": the function step_NAME (with - for _), and the seconds that it may take
# on two cores when warm. Only the hard limit stops a step: a busy machine is not a broken one.
readonly limit_factor=6
readonly limit_least=1500  # A build from nothing takes a good quarter of an hour.
# How much of a failed step's log is shown.
readonly tail_lines=120

passed=0
failed=0
table=()
step_process=

seconds_now() {
  printf '%(%s)T' -1
}

function_of() {
  printf 'step_%s' "${1//-/_}"
}

list_steps() {
  local step
  for step in "$@"; do
    # shellcheck disable=SC2086 # A step is two words.
    printf '%-20s %5d s\n' $step
  done
}

# Runs one step in the foreground; also how run_steps runs each, under a time limit.
run_one_step() {
  local name=$1
  if ! declare -F "$(function_of "$name")" >/dev/null; then
    echo "check: no step '$name' (see ./check --list)" >&2
    return 2
  fi
  "$(function_of "$name")"
}

run_steps() {
  local step status=0
  mkdir -p "$logs"
  trap 'end_step; print_end; exit 130' INT
  trap 'end_step; print_end; exit 143' TERM
  for step in "$@"; do
    # shellcheck disable=SC2086 # A step is two words.
    run_step $step || { status=1 && break; }
  done
  print_end
  return "$status"
}

end_step() {
  [[ -n $step_process ]] && kill "$step_process" 2>/dev/null
  wait
}

# Runs a step, counts, and adds its row to the table. Returns: 1 when it failed.
run_step() {
  local name=$1 budget=$2 log=$logs/$1.log
  local limit=$((budget * limit_factor > limit_least ? budget * limit_factor : limit_least))
  local begun status=0
  begun=$(seconds_now)
  printf '%-20s ' "$name"
  timeout --kill-after=20 "$limit" ./check --step "$name" </dev/null >"$log" 2>&1 &
  step_process=$!
  wait "$step_process" || status=$?
  step_process=
  add_row "$name" "$budget" "$(($(seconds_now) - begun))" "$status"
  if ((status == 124)); then
    echo "check: $name was ended after $limit s" >>"$log"
  fi
  if ((status != 0)); then
    show_failure "$name" "$log"
    return 1
  fi
}

# What a log says of its tests, as "PASSED FAILED"; a step without tests is one by itself.
counts_of() {
  awk -v status="$2" -f tools/checks/count.awk "$1"
}

add_row() {
  local name=$1 budget=$2 took=$3 status=$4 counts note=
  counts=$(counts_of "$logs/$name.log" "$status")
  passed=$((passed + ${counts% *}))
  failed=$((failed + ${counts#* }))
  if ((took > budget)); then
    note='over its budget'
  fi
  table+=("$(printf '%-20s %5d s of %5d  %6d passed %4d failed  %s' \
    "$name" "$took" "$budget" "${counts% *}" "${counts#* }" "$note")")
  printf '%5d s\n' "$took"
}

# The log's end, indented: no line of it can be taken for a line of ours.
show_failure() {
  printf '\n%s failed; the end of %s:\n' "$1" "$2"
  tail -n "$tail_lines" "$2" | sed 's/^/  | /'
}

print_end() {
  trap - INT TERM
  printf '\n'
  ((${#table[@]} == 0)) || printf '%s\n' "${table[@]}"
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
}
